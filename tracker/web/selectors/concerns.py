"""What concerns a person: where they were named, and what they are to look after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.verification.selectors.talk import list_assignments, list_mentions

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident
    from tracker.verification.models import ReviewTask
    from tracker.verification.selectors.closed import Closed

_MOST = 30
_READ = 20
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Concern:
    """One line of the desk; ``words`` "" = there are none to show."""

    kind: str
    pk: int
    who: str
    at: datetime
    title: str
    language: str
    url: str
    words: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Concerns:
    """Unread ones first; ``read`` are the latest of the others."""

    unread: list[Concern]
    read: list[Concern]


def concerns_of(viewer: Actor, *, closed: Closed) -> Concerns:
    """What concerns the viewer and is not closed to them now, the latest first."""
    found = [*_mentions(viewer, closed), *_assignments(viewer, closed)]
    found.sort(key=lambda concern: concern.at, reverse=True)
    return Concerns(
        unread=[concern for concern in found if not concern.is_read],
        read=[concern for concern in found if concern.is_read][:_READ],
    )


def talk_url(task: ReviewTask | None, incident: Incident | None) -> str:
    """The page of the comments on a task or an incident."""
    if task is not None:
        return reverse("task_talk", args=[task.pk])
    return reverse("incident_talk", args=[str(incident)])


def _mentions(viewer: Actor, closed: Closed) -> list[Concern]:
    return [
        Concern(
            kind="mention",
            pk=mention.pk,
            who=mention.comment.author.alias,
            at=mention.comment.at,
            title=_title(mention.comment.task, mention.comment.incident),
            language=_language(mention.comment.task),
            url=f"{talk_url(mention.comment.task, mention.comment.incident)}#comment-"
            f"{mention.comment_id}",
            words=mention.comment.words.text[:_SHOWN],
            is_read=mention.read_at is not None,
        )
        for mention in list_mentions(viewer=viewer, closed=closed)[:_MOST]
    ]


def _assignments(viewer: Actor, closed: Closed) -> list[Concern]:
    return [
        Concern(
            kind="assignment",
            pk=assignment.pk,
            who=assignment.by.alias,
            at=assignment.at,
            title=_title(assignment.task, assignment.incident),
            language=_language(assignment.task),
            url=reverse("task", args=[assignment.task_id])
            if assignment.task_id is not None
            else reverse("incident", args=[str(assignment.incident)]),
            words="",
            is_read=assignment.read_at is not None,
        )
        for assignment in list_assignments(viewer=viewer, closed=closed)[:_MOST]
    ]


def _title(task: ReviewTask | None, incident: Incident | None) -> str:
    if task is not None:
        return task.article.title or _("Article without a title")
    return incident.title if incident is not None else ""


def _language(task: ReviewTask | None) -> str:
    return task.article.language if task is not None and task.article.title else ""
