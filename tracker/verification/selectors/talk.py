"""What is said about a task or an incident, who looks after it, and what concerns one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Subquery

from tracker.accounts.models import Person
from tracker.accounts.permissions import RIGHTS, Right, require_right
from tracker.core.errors import NotFound
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Incident
from tracker.verification.choices import CLOSED_STATES
from tracker.verification.models import Assignment, Comment, Mention, ReviewTask
from tracker.verification.selectors.closed import refuse_blind, refuse_closed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.core.actor import Actor
    from tracker.verification.selectors.closed import Closed

_LISTED = 200
_UNREAD_FIRST = F("read_at").desc(nulls_first=True)
_OPEN_TASK = ~Q(task__state__in=CLOSED_STATES)
_ABOUT = ("task__article", "incident")


@dataclass(frozen=True, slots=True)
class About:
    """One task or one incident."""

    task_id: int | None = None
    incident_id: int | None = None

    @property
    def row(self) -> dict[str, int | None]:
        """The columns that name it."""
        return {"task_id": self.task_id, "incident_id": self.incident_id}

    @property
    def right(self) -> Right:
        """What somebody needs who looks after it."""
        return Right.DECIDE_CLAIMS if self.task_id is not None else Right.EDIT_INCIDENTS


@dataclass(frozen=True, slots=True)
class TalkCount:
    """How many comments stand, and who looks after it; "" = nobody."""

    comments: int
    assigned_to: str


def require_about(about: About, *, viewer: Actor) -> None:
    """Raise NotFound where there is no such thing, NotAllowed for who codes the task blind, or an
    article that the incident rests on."""
    require_right(viewer, Right.READ)
    if about.task_id is not None:
        refuse_blind(task_id=about.task_id, viewer=viewer)
        if not ReviewTask.objects.filter(pk=about.task_id).exists():
            raise NotFound(f"There is no task {about.task_id}.")
        return
    if not Incident.objects.filter(pk=about.incident_id or 0).exists():
        raise NotFound("There is no such incident.")
    refuse_closed([about.incident_id or 0], viewer=viewer)


def list_comments(about: About, *, viewer: Actor) -> list[Comment]:
    """The latest comments, the oldest of them first, with their words where they stand."""
    require_about(about, viewer=viewer)
    found = Comment.objects.filter(**about.row).select_related("author", "words")
    latest = found.prefetch_related("mentions__person").order_by("-at", "-id")[:_LISTED]
    return list(latest)[::-1]


def find_assignment(about: About) -> Assignment | None:
    """The one in force."""
    return (
        Assignment.objects.filter(**about.row, ended_at__isnull=True)
        .select_related("person", "by")
        .first()
    )


def count_talk(about: About) -> TalkCount:
    """For the link to the comments."""
    things: QuerySet[ReviewTask] | QuerySet[Incident]
    if about.task_id is not None:
        things = ReviewTask.objects.filter(pk=about.task_id)
    else:
        things = Incident.objects.filter(pk=about.incident_id or 0)
    assigned = Assignment.objects.filter(**about.row, ended_at__isnull=True)
    found = (
        things.annotate(
            said=Count("comments", filter=Q(comments__withdrawn_at__isnull=True)),
            assigned_to=Subquery(assigned.values("person__alias")[:1]),
        )
        .values_list("said", "assigned_to")
        .first()
    )
    said, assigned_to = found or (0, None)
    return TalkCount(comments=said, assigned_to=assigned_to or "")


def assignees(task_ids: list[int]) -> dict[int, str]:
    """Who looks after which of these tasks."""
    found = Assignment.objects.filter(task__in=task_ids, ended_at__isnull=True)
    return {
        task_id: alias
        for task_id, alias in found.values_list("task_id", "person__alias")
        if task_id is not None
    }


def list_assignable(about: About) -> QuerySet[Person]:
    """People who could look after it."""
    roles = [role.value for role, rights in RIGHTS.items() if about.right in rights]
    return Person.objects.filter(is_active=True, role__in=roles).order_by("alias", "id")


def list_mentions(*, viewer: Actor, closed: Closed) -> QuerySet[Mention]:
    """Where the viewer was named in a comment that stands: not read ones first, then the latest.

    Nothing of what is ``closed`` to them: the words may tell of a first coding.
    """
    return (
        Mention.objects.filter(person_id=viewer.person_id, comment__withdrawn_at__isnull=True)
        .exclude(comment__task__in=closed.tasks)
        .exclude(comment__incident__in=closed.incidents)
        .select_related("comment__author", "comment__words", *(f"comment__{a}" for a in _ABOUT))
        .defer("comment__task__article__text")
        .order_by(_UNREAD_FIRST, "-id")
    )


def list_assignments(*, viewer: Actor, closed: Closed) -> QuerySet[Assignment]:
    """What the viewer is to look after and is neither done nor ``closed`` to them: not read first,
    then the latest."""
    standing = Q(incident__isnull=False) & ~Q(incident__status=IncidentStatus.MERGED)
    return (
        Assignment.objects.filter(person_id=viewer.person_id, ended_at__isnull=True)
        .filter(Q(task__isnull=False) & _OPEN_TASK | standing)
        .exclude(task__in=closed.tasks)
        .exclude(incident__in=closed.incidents)
        .select_related("by", *_ABOUT)
        .defer("task__article__text")
        .order_by(_UNREAD_FIRST, "-id")
    )
