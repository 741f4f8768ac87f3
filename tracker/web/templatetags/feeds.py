"""Settings of a feed and lengths of time, in the reader's words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.accounts.models import Person
from tracker.sources.choices import FeedKind, FeedState
from tracker.web.selectors.feeds import SETTING_WORDS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

register = template.Library()
_HOUR, _DAY = 60, 24 * 60


@register.filter
def length_words(length: timedelta) -> str:
    """A length of time in the largest unit that says it without a rest."""
    minutes = max(round(length.total_seconds() / 60), 1)
    if minutes % _DAY == 0:
        days = minutes // _DAY
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if minutes % _HOUR == 0:
        hours = minutes // _HOUR
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@register.filter
def setting_words(name: str) -> str | _StrPromise:
    """The name of a setting."""
    return SETTING_WORDS[name]


@register.filter
def setting_value(value: object, name: str) -> str:
    """A setting's value; nothing set is said to be nothing."""
    if value is None or value == "":
        return _("none")
    if isinstance(value, timedelta):
        return length_words(value)
    if isinstance(value, Person):
        return value.alias
    if name == "kind":
        return _(str(FeedKind(str(value)).label))
    if name == "state":
        return _(str(FeedState(str(value)).label))
    return str(value)
