"""A reply that is overdue is told to people, once, until somebody enters what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.incidents.models import PartyRequest
from tracker.incidents.rules.requests import OVERDUE, reminder_of
from tracker.incidents.selectors.requests import overdue_ids
from tracker.watching.choices import AlarmKind
from tracker.watching.services.alarms import clear_alarm, raise_alarm

if TYPE_CHECKING:
    from datetime import datetime


def look_at_requests(*, now: datetime) -> None:
    """Raise the alarm of every request whose reply is overdue; a step clears it."""
    for request_id in overdue_ids(today=now.date()):
        with transaction.atomic():
            # Locked and asked anew: a reply may have been entered since the list was made.
            tell_overdue(PartyRequest.objects.select_for_update().get(pk=request_id), now=now)


def tell_overdue(request: PartyRequest, *, now: datetime) -> None:
    """Raise the alarm where the reply is overdue, else clear it; the caller holds the row."""
    key = f"request-{request.pk}"
    today = now.date()
    if reminder_of(awaited=request.is_awaited, due_on=request.due_on, today=today) != OVERDUE:
        clear_alarm(key=key, now=now)
        return
    raise_alarm(
        key=key,
        kind=AlarmKind.REPLY_OVERDUE,
        sentence=(
            f"{request.party.name} was to reply to request {request.pk} "
            f"({request.incident}) by {request.due_on}; ask again, or close it with a reason."
        ),
        now=now,
    )
