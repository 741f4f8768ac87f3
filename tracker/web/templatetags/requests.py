"""The state of a request and the day of its reply, by shape and word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tracker.incidents.choices import RequestState
from tracker.incidents.rules.requests import OVERDUE, SOON_DUE, reminder_of

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from tracker.incidents.models import PartyRequest

register = template.Library()

_CLASSES = {
    RequestState.DRAFT: "wait",
    RequestState.SENT: "wait",
    RequestState.ACKNOWLEDGED: "wait",
    RequestState.ANSWERED: "ok",
    RequestState.CLOSED: "off",
    RequestState.REOPENED: "wait",
}
_REMINDERS = {OVERDUE: "late", SOON_DUE: "wait"}


@register.simple_tag
def request_state(state: str) -> SafeString:
    """Not sent yet, sent, receipt confirmed, answered, closed, reopened."""
    known = RequestState(state)
    return _marked(_CLASSES[known], _(str(known.label)))


@register.simple_tag
def due(asked: PartyRequest, today: date) -> str:
    """The day a reply is due; marked where it is overdue or soon due, "" where none is awaited."""
    if not asked.is_awaited or asked.due_on is None:
        return ""
    day = str(template.defaultfilters.date(asked.due_on, "j M Y"))
    reminder = reminder_of(awaited=True, due_on=asked.due_on, today=today)
    if not reminder:
        return day
    words = _("overdue: was due on %(day)s") if reminder == OVERDUE else _("due on %(day)s")
    return _marked(_REMINDERS[reminder], words % {"day": day})


def _marked(kind: str, words: str) -> SafeString:
    return format_html('<span class="t-state t-state--{}">{}</span>', kind, words)
