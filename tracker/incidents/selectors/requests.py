"""Requests to belligerents: those that wait, those that are due, those that were answered."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.core.errors import NotFound
from tracker.incidents.choices import AWAITING_STATES, RequestState
from tracker.incidents.models import PartyRequest
from tracker.incidents.rules.requests import last_soon_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from tracker.core.actor import Actor

PAGE = 50


class Show(StrEnum):
    """What the list shows; a request may stand under several."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"


def list_requests(
    *, viewer: Actor, show: Show, today: date, limit: int = PAGE, skip: int = 0
) -> QuerySet[PartyRequest]:
    """Those that are due first on top, drafts last. Raises NotAllowed."""
    require_right(viewer, Right.READ)
    return _named().filter(_condition(show, today))[skip : skip + limit]


def count_requests(*, viewer: Actor, today: date) -> dict[Show, int]:
    """How many stand under each. Raises NotAllowed."""
    require_right(viewer, Right.READ)
    counts = PartyRequest.objects.aggregate(
        **{show.value: Count("id", filter=_condition(show, today)) for show in Show}
    )
    return {show: counts[show.value] for show in Show}


def requests_of(members: Collection[int]) -> QuerySet[PartyRequest]:
    """What was asked about an incident and those merged into it, in the order it was opened."""
    return _named().filter(incident__in=members).order_by("id")


def get_request(pk: int, *, viewer: Actor) -> PartyRequest:
    """One request with its incident, party and owner. Raises NotAllowed, NotFound."""
    require_right(viewer, Right.READ)
    request = _named().filter(pk=pk).first()
    if request is None:
        raise NotFound(f"There is no request {pk}.")
    return request


def requests_to_remind_of(*, viewer: Actor, today: date, limit: int = PAGE) -> list[PartyRequest]:
    """Overdue or due within a week: a person's own, all of them for those who oversee requests."""
    if not has_right(viewer, Right.EDIT_INCIDENTS):
        return []
    due = _named().filter(_awaited() & Q(due_on__lte=last_soon_day(today)))
    if not has_right(viewer, Right.OVERSEE_REQUESTS):
        due = due.filter(owner_id=viewer.person_id)
    return list(due[:limit])


def overdue_ids(*, today: date) -> list[int]:
    """Those whose reply is overdue, by id."""
    overdue = PartyRequest.objects.filter(_condition(Show.OVERDUE, today))
    return list(overdue.order_by("id").values_list("id", flat=True))


def _named() -> QuerySet[PartyRequest]:
    return PartyRequest.objects.select_related("incident", "party", "owner").order_by(
        F("due_on").asc(nulls_last=True), "id"
    )


def _awaited() -> Q:
    return Q(state__in=AWAITING_STATES)


def _condition(show: Show, today: date) -> Q:
    """The same days as ``rules.requests.reminder_of``."""
    return {
        Show.OPEN: _awaited() | Q(state=RequestState.DRAFT),
        Show.DUE: _awaited() & Q(due_on__gte=today, due_on__lte=last_soon_day(today)),
        Show.OVERDUE: _awaited() & Q(due_on__lt=today),
        Show.ANSWERED: Q(state=RequestState.ANSWERED),
        Show.CLOSED: Q(state=RequestState.CLOSED),
        Show.ALL: Q(),
    }[show]
