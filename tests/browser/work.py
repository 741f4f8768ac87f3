"""Pages of the work of reviewers with something on them: second coding, comments, filters."""

from __future__ import annotations

from django.utils import timezone

from tests.verification.coded import coded_fields, coded_twice, drawn
from tracker.accounts.models import Person
from tracker.core.actor import Role
from tracker.incidents.models import Incident
from tracker.verification.models import ReviewTask
from tracker.verification.selectors.queue_filters import Criteria
from tracker.verification.selectors.talk import About
from tracker.verification.services.assign import assign
from tracker.verification.services.queue_filters import keep_filter
from tracker.verification.services.resolve_coding import resolve_difference
from tracker.verification.services.second_coding import add_find, code_proposal, take_coding
from tracker.verification.services.talk import add_comment, withdraw_comment


def work() -> list[tuple[str, str, int]]:
    """Addresses, who looks at them, and the status they answer with."""
    return [*_codings(), *_talk(), *_filters()]


def _person(role: Role) -> Person:
    return Person.objects.filter(role=role).earliest("pk")


def _codings() -> list[tuple[str, str, int]]:
    """One waits, one is in the reviewer's hands half done, two are coded twice."""
    now = timezone.now()
    first, second = _person(Role.RESEARCHER), _person(Role.REVIEWER)
    drawn(first, now=now, title="Market struck")
    held = drawn(first, now=now, title="Market struck again")
    actor = second.as_actor()
    take_coding(coding_id=held.pk, actor=actor, now=now)
    killed, wounded = held.task.article.claims.order_by("start")
    code_proposal(coding_id=held.pk, claim_id=killed.pk, fields=None, actor=actor, now=now)
    fields = coded_fields(outcome="MISSING", minimum=2, maximum=2, place="Ardesh")
    quote = "two missing children"
    add_find(coding_id=held.pk, quote=quote, fields=fields, actor=actor, now=now)
    done = coded_twice(first, second, now=now)
    coordinator = _person(Role.COORDINATOR)
    resolve_difference(
        coding_id=done.pk,
        row_id=done.rows.filter(coder="FIRST").order_by("start")[0].pk,
        verdict="SECOND",
        note="The text says seven.",
        actor=coordinator.as_actor(),
        now=now,
    )
    return [
        ("/second/", "reviewer", 200),
        (f"/second/{held.pk}/?claim={wounded.pk}", "reviewer", 200),
        (f"/second/{held.pk}/?add=1", "reviewer", 200),
        ("/second/agreement/", "coordinator", 200),
        (f"/second/{done.pk}/compare/", "coordinator", 200),
    ]


def _talk() -> list[tuple[str, str, int]]:
    """Comments that stand and one that doesn't, read and not read, and work that was given."""
    now = timezone.now()
    writer, coordinator = _person(Role.RESEARCHER), _person(Role.COORDINATOR)
    task = ReviewTask.objects.filter(state="QUEUED").earliest("pk")
    incident = Incident.objects.earliest("pk")
    about = About(task_id=task.pk)
    for thing in (about, About(incident_id=incident.pk)):
        text = f"Is this the same strike, @{writer.alias}?\n\nThe outlet says otherwise."
        add_comment(about=thing, text=text, actor=coordinator.as_actor(), now=now)
    said = add_comment(about=about, text="No.", actor=writer.as_actor(), now=now)
    gone = add_comment(about=about, text="Yes.", actor=writer.as_actor(), now=now)
    withdraw_comment(comment_id=gone.pk, actor=writer.as_actor(), now=now)
    assign(about=about, person_id=writer.pk, actor=coordinator.as_actor(), now=now)
    return [
        ("/", "researcher", 200),
        (f"/task/{task.pk}/comments/", "researcher", 200),
        (f"/task/{task.pk}/comments/?shred={said.pk}", "coordinator", 200),
        (f"/incidents/{incident}/comments/", "viewer", 200),
    ]


def _filters() -> list[tuple[str, str, int]]:
    """Kept filters, one that is on, one that can't be."""
    now = timezone.now()
    for role, name, is_shared in (
        (Role.COORDINATOR, "Arabic, likely", True),
        (Role.RESEARCHER, "Mine", False),
    ):
        criteria = Criteria(language="ar", min_relevance=60)
        actor = _person(role).as_actor()
        keep_filter(name=name, criteria=criteria, is_shared=is_shared, actor=actor, now=now)
    return [
        ("/queue/?language=en&relevance=10&assigned=NOBODY", "researcher", 200),
        ("/queue/?langage=en", "researcher", 400),
    ]
