"""Who looks after a task or an incident, and what of it a person has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right, has_right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Incident
from tracker.verification.choices import CLOSED_STATES
from tracker.verification.models import Assignment, Mention, ReviewTask
from tracker.verification.selectors.closed import blind_task_ids
from tracker.verification.selectors.talk import About, find_assignment, require_about

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


class UnableToAssign(DomainError):
    """It can't be given to this person; the message says why."""

    code = "unable_to_assign"


@transaction.atomic
def assign(*, about: About, person_id: int, actor: Actor, now: datetime) -> Assignment:
    """Let a person look after a task or an incident: a coordinator anybody, all others themselves.

    Whoever looked after it before is relieved, by coordinators only. Raises NotAllowed, NotFound,
    InvalidInput, UnableToAssign.
    """
    require_about(about, viewer=actor)
    _lock(about)
    oversees = has_right(actor, Right.ASSIGN)
    if not oversees:
        require_right(actor, about.right)
        if person_id != actor.id:
            raise NotAllowed("Only a coordinator gives work to others; you may take it yourself.")
    person = _able(about, person_id)
    former = find_assignment(about)
    if former is not None:
        if former.person_id == person_id:
            raise UnableToAssign(f"{person} looks after it already.")
        if not oversees:
            raise UnableToAssign(f"{former.person} looks after it; ask them or a coordinator.")
        _end(former, actor, now)
    read_at = now if person_id == actor.id else None
    made = Assignment.objects.create(
        **about.row, person=person, by_id=actor.person_id, at=now, read_at=read_at
    )
    before = former.person_id if former is not None else None
    record_event(
        actor=actor,
        action="assignment.make",
        target=made,
        now=now,
        changes={**about.row, "person": [_text(before), _text(person.pk)]},
    )
    return made


@transaction.atomic
def end_assignment(*, about: About, actor: Actor, now: datetime) -> Assignment:
    """Nobody looks after it from now on. By the person or a coordinator.

    Raises NotAllowed, NotFound where nobody does.
    """
    require_about(about, viewer=actor)
    _lock(about)
    assignment = find_assignment(about)
    if assignment is None:
        raise NotFound("Nobody looks after it.")
    if assignment.person_id != actor.id and not has_right(actor, Right.ASSIGN):
        raise NotAllowed("Only who looks after it or a coordinator ends that.")
    _end(assignment, actor, now)
    record_event(
        actor=actor,
        action="assignment.end",
        target=assignment,
        now=now,
        changes={**about.row, "person": [_text(assignment.person_id), None]},
    )
    return assignment


@transaction.atomic
def mark_mention(*, mention_id: int, is_read: bool, actor: Actor, now: datetime) -> None:
    """Say that one has read where one is named, or not yet. Raises NotFound."""
    mine = Mention.objects.filter(pk=mention_id, person_id=actor.person_id)
    if not mine.update(read_at=now if is_read else None):
        raise NotFound("Nobody named you there.")


@transaction.atomic
def mark_assignment(*, assignment_id: int, is_read: bool, actor: Actor, now: datetime) -> None:
    """The same of what one is to look after. Raises NotFound."""
    mine = Assignment.objects.filter(pk=assignment_id, person_id=actor.person_id)
    if not mine.update(read_at=now if is_read else None):
        raise NotFound("You are not to look after this.")


def _lock(about: About) -> None:
    """One assignment at a time."""
    if about.task_id is not None:
        ReviewTask.objects.select_for_update(of=("self",)).get(pk=about.task_id)
    else:
        Incident.objects.select_for_update(of=("self",)).get(pk=about.incident_id or 0)


def _able(about: About, person_id: int) -> Person:
    """The person, where they can look after it and there is something to look after."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise InvalidInput("There is no such person, or they can't sign in any more.")
    if not has_right(person.as_actor(), about.right):
        raise UnableToAssign(f"The role of {person} does not reach this work.")
    if about.task_id is not None:
        if ReviewTask.objects.filter(pk=about.task_id, state__in=CLOSED_STATES).exists():
            raise UnableToAssign("This task is closed; nothing waits in it.")
        if about.task_id in blind_task_ids(person.as_actor()):
            raise UnableToAssign(f"{person} can't look after this task now.")
    elif Incident.objects.filter(pk=about.incident_id or 0, status=IncidentStatus.MERGED).exists():
        raise UnableToAssign("This incident is merged away; look after the one that stands.")
    return person


def _end(assignment: Assignment, actor: Actor, now: datetime) -> None:
    assignment.ended_at = now
    assignment.ended_by_id = actor.person_id
    assignment.save(update_fields=["ended_at", "ended_by"])


def _text(person_id: int | None) -> str | None:
    return None if person_id is None else str(person_id)
