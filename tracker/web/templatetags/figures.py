"""Figures, grades, ratings and states as every page shows them: shape and word, never colour alone.

Unknown is not zero: no figure, a stated none, silence and "not rated" are four different texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from tracker.incidents.choices import ClaimState, Grade, IncidentStatus, Outcome, Polarity
from tracker.places.choices import PlaceKind
from tracker.verification.choices import TaskState, WaitsFor
from tracker.web.languages import language_words as words_of_language

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.utils.safestring import SafeString

    from tracker.incidents.models import Claim

register = template.Library()

_GRADE_CLASSES = {
    Grade.CONFIRMED: "confirmed",
    Grade.FAIR: "fair",
    Grade.WEAK: "weak",
    Grade.CONTESTED: "contested",
    Grade.DISCOUNTED: "discounted",
    Grade.UNASSESSED: "none",
}
_CLAIM_CLASSES = {
    ClaimState.PROPOSED: "wait",
    ClaimState.ACCEPTED: "ok",
    ClaimState.REJECTED: "off",
    ClaimState.RETRACTED: "off",
}
_TASK_CLASSES = {
    TaskState.QUEUED: "wait",
    TaskState.LEASED: "wait",
    TaskState.IRRELEVANT: "off",
    TaskState.DUPLICATE: "off",
    TaskState.CODED: "ok",
}
_INCIDENT_CLASSES = {
    IncidentStatus.DRAFT: "wait",
    IncidentStatus.IN_REVIEW: "wait",
    IncidentStatus.RETURNED: "late",
    IncidentStatus.PUBLISHED: "ok",
    IncidentStatus.UNDER_REVISION: "late",
    IncidentStatus.MERGED: "off",
    IncidentStatus.DISCARDED: "off",
}
_LATE_MINUTES = 5
_HOLD_MINUTES = 20
_RING = 30
_MINUTES_OF_DAY = 24 * 60
# Left-to-right isolate and its end, for text that is no markup.
_LRI, _PDI = "\u2066", "\u2069"


def figure_words(minimum: int | None, maximum: int | None) -> str:
    """A range as people write it: 7, 7+, 6–14, up to 30, or "" where no figure is stated."""
    if minimum is None and maximum is None:
        return ""
    if minimum is None:
        return _("up to %(most)s") % {"most": maximum}
    if maximum is None:
        return f"{minimum}+"
    return str(minimum) if minimum == maximum else f"{minimum}–{maximum}"


def figure_in_text(minimum: int | None, maximum: int | None) -> str:
    """The same inside a sentence: an isolate, so that 6–14 and 7+ stay so in Arabic."""
    words = figure_words(minimum, maximum)
    return f"{_LRI}{words}{_PDI}" if words and get_language_bidi() else words


@register.simple_tag
def figure(minimum: int | None, maximum: int | None, polarity: str = "") -> SafeString:
    """A range in its own left-to-right isolate; nothing stated reads "no figure", never 0."""
    if polarity == Polarity.SILENT:
        return silent()
    if polarity == Polarity.CANNOT_DETERMINE:
        return format_html('<span class="t-silent">{}</span>', _("can't tell"))
    if polarity == Polarity.ASSERTS_NO_HARM:
        return format_html('<span class="t-range">{}</span>', _("0 said"))
    words = figure_words(minimum, maximum)
    if not words:
        return format_html('<span class="t-silent">{}</span>', _("no figure"))
    return format_html('<span class="t-range">{}</span>', words)


@register.simple_tag
def silent() -> SafeString:
    """Not mentioned by this speaker."""
    return format_html('<span class="t-silent">{}</span>', _("silent"))


@register.simple_tag
def claim_figure(claim: Claim) -> SafeString:
    """The figure of a claim as its speaker states it."""
    return figure(claim.minimum, claim.maximum, claim.polarity)


@register.simple_tag
def sub_figure(minimum: int | None, maximum: int | None) -> SafeString:
    """A sub-count: silence where nothing is said, "0 said" where none is said."""
    if minimum is None and maximum is None:
        return silent()
    if minimum == 0 and maximum == 0:
        return format_html('<span class="t-range">{}</span>', _("0 said"))
    return figure(minimum, maximum)


@register.simple_tag
def harm(outcome: str, polarity: str = "") -> SafeString:
    """What happened, with its mark: killed filled, everything else hollow, none dashed."""
    kind = "killed" if outcome == Outcome.KILLED else "injured"
    words = _label(Outcome(outcome).label)
    if polarity == Polarity.ASSERTS_NO_HARM:
        kind = "none"
    return format_html('<span class="t-harm t-harm--{}">{}</span>', kind, words)


@register.simple_tag
def grade(value: str, box: bool = False) -> SafeString:  # noqa: FBT001, FBT002  # a template tag's flag
    """A grade by shape and word."""
    known = Grade(value)
    extra = " t-grade--box" if box else ""
    return format_html(
        '<span class="t-grade t-grade--{}{}">{}</span>',
        _GRADE_CLASSES[known],
        extra,
        _label(known.label),
    )


@register.simple_tag
def rating(reliability: str | None, credibility: int | None) -> SafeString:
    """Square letter of the source, round digit of the claim; dashes where nobody has looked."""
    return format_html(
        '<span class="t-rate">{}{}</span>',
        _mark(_("Reliability"), reliability),
        _mark(_("credibility"), credibility),
    )


@register.simple_tag
def reliability(value: str | None) -> SafeString:
    """The square letter alone."""
    return format_html('<span class="t-rate">{}</span>', _mark(_("Reliability"), value))


def _mark(name: str, value: str | int | None) -> SafeString:
    if value is None:
        return format_html(
            '<span class="is-unrated"><span class="visually-hidden">{} </span>'
            '<span aria-hidden="true">–</span><span class="visually-hidden">{} </span></span>',
            name,
            _("not rated"),
        )
    return format_html('<span><span class="visually-hidden">{} </span>{}</span>', name, value)


@register.simple_tag
def claim_state(state: str) -> SafeString:
    """Open, accepted, rejected or retracted."""
    known = ClaimState(state)
    return _state(_CLAIM_CLASSES[known], _label(known.label))


@register.simple_tag
def task_state(state: str) -> SafeString:
    """Waiting, being reviewed, set aside, irrelevant, duplicate, done."""
    if state in WaitsFor.values:
        return _state("late", _label(WaitsFor(state).label))
    known = TaskState(state)
    return _state(_TASK_CLASSES[known], _label(known.label))


@register.simple_tag
def incident_status(status: str) -> SafeString:
    """Draft, in review, returned, published, under revision, merged away, discarded."""
    known = IncidentStatus(status)
    return _state(_INCIDENT_CLASSES[known], _label(known.label))


def _state(kind: str, words: str) -> SafeString:
    return format_html('<span class="t-state t-state--{}">{}</span>', kind, words)


@register.filter
def label(choice: object) -> str:
    """The words of a choice in the reader's language."""
    return _label(str(choice))


@register.simple_tag
def place_kind(kind: str) -> str:
    """A country, a region, a settlement."""
    return _label(PlaceKind(kind).label)


@register.filter
def relevance_reason(reason: str) -> SafeString:
    """What speaks for harm, or against it, as the reading said."""
    side, _colon, words = reason.partition(": ")
    return format_html('<span class="t-chip t-chip--{}">{}</span>', side, _label(words))


@register.filter
def language_words(language: str) -> str:
    """The name of a language."""
    return words_of_language(language)


def _label(words: object) -> str:
    text = str(words)
    return _(text) if text else ""


@register.simple_tag
def hold(until: datetime, now: datetime, alias: str = "") -> SafeString:
    """How long a hold lasts; ``alias`` "" = the reader's own."""
    minutes = max(0, int((until - now).total_seconds() // 60))
    shown = min(_RING, minutes * _RING // _HOLD_MINUTES)
    ring = format_html(
        '<svg class="t-ring" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7"/>'
        '<circle cx="10" cy="10" r="7" pathLength="{}" stroke-dasharray="{} {}"/></svg>',
        _RING,
        shown,
        _RING,
    )
    if not alias:
        words = ngettext("Yours for %(n)s more min", "Yours for %(n)s more min", minutes)
        return format_html(
            '<span class="t-lease t-lease--mine">{}{}</span>', ring, words % {"n": minutes}
        )
    late = " t-lease--late" if minutes < _LATE_MINUTES else ""
    words = ngettext("%(n)s min left", "%(n)s min left", minutes) % {"n": minutes}
    return format_html(
        '<span class="t-lease{}">{}<span>{} <bdi>{}</bdi>, {}</span></span>',
        late,
        ring,
        _("being reviewed by"),
        alias,
        words,
    )


@register.simple_tag
def waited(since: datetime, now: datetime | None = None) -> str:
    """How long something waits: 40 min, 6 h, 3 d."""
    minutes = max(0, int(((now or timezone.now()) - since).total_seconds() // 60))
    if minutes < 60:  # noqa: PLR2004  # an hour
        return _("%(n)s min") % {"n": minutes}
    if minutes < _MINUTES_OF_DAY:
        return _("%(n)s h") % {"n": minutes // 60}
    return _("%(n)s d") % {"n": minutes // _MINUTES_OF_DAY}


@register.simple_tag
def days(start: date | None, end: date | None) -> str:
    """The days of an incident: 4 Nov 2026, 11–12 Nov 2026, "days not known"."""
    if start is None or end is None:
        return _("days not known")
    last = _day(end)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    if start.year == end.year:
        return f"{_day(start, year=False)} – {last}"
    return f"{_day(start)} – {last}"


def _day(day: date, *, year: bool = True) -> str:
    from_calendar = template.defaultfilters.date(day, "j M Y" if year else "j M")
    return str(from_calendar)
