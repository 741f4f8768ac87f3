"""Why a range is what it is: one line per origin, what is left out and why, the steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from tracker.incidents.choices import Outcome
from tracker.web.templatetags.figures import figure, figure_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from tracker.incidents.models import Claim
    from tracker.incidents.rules import Assessment
    from tracker.incidents.rules.intervals import Interval
    from tracker.incidents.rules.origins import Origin

#: Why a claim is shown and not counted, in words.
REASONS = {
    "SUPERSEDED": gettext_noop("replaced by the same speaker's later figure"),
    "COPY_OF_ORIGIN": gettext_noop("a copy; its origin counts"),
    "AGGREGATE": gettext_noop("a running total"),
    "BACKGROUND": gettext_noop("an earlier event, recalled"),
    "PARTY_DENIAL": gettext_noop("denial by a party; it stands beside the range"),
    "REJECTED": gettext_noop("rejected"),
    "RETRACTED": gettext_noop("retracted"),
    "PARTIAL_FIGURE": gettext_noop("a figure about a part"),
    "EXCLUDED_BY_REVIEWER": gettext_noop("left out by the reviewer"),
}
_OTHERS = (
    ("combatants", gettext_noop("Fighters")),
    ("directly_participating", gettext_noop("Civilians taking a direct part")),
    ("all_people", gettext_noop("All people")),
    ("stated_civilians", gettext_noop("Stated to be civilians")),
    ("children", gettext_noop("Children")),
    ("women", gettext_noop("Women")),
    ("men", gettext_noop("Men")),
)
_KILLED = {"KILLED", "DIED_OF_WOUNDS", "LATER_REPORTED_ALIVE"}


@dataclass(frozen=True, slots=True)
class ClaimRef:
    """A claim by the label it has on this page."""

    label: str


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One origin with its figure, or one claim that is left out with its reason."""

    label: str
    name: str
    figure: SafeString
    claims: list[ClaimRef]
    reason: str = ""
    is_out: bool = False
    feeds_range: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A further range beside the headline one."""

    words: str
    figure: SafeString


@dataclass(slots=True)
class RangeBlock:
    """All about one outcome."""

    outcome: Outcome
    interval: Interval
    rows: list[OriginRow]
    others: list[Fact]
    sentence: str = ""
    steps: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return "range" if self.outcome == Outcome.KILLED else "injured"

    @property
    def has_range(self) -> bool:
        """Whether any figure of civilians counts."""
        return self.interval.minimum is not None or self.interval.maximum is not None

    @property
    def heading(self) -> str:
        """“Killed: why 10 to 14”."""
        what = _(str(self.outcome.label)).capitalize()
        if not self.has_range:
            return _("%(what)s: no figure of civilians") % {"what": what}
        return _("%(what)s: why %(range)s") % {"what": what, "range": spoken(self.interval)}

    @property
    def figure(self) -> SafeString:
        """The range itself."""
        return figure(self.interval.minimum, self.interval.maximum)

    @property
    def origins_words(self) -> str:
        """How many origins it rests on."""
        count = sum(row.feeds_range for row in self.rows)
        return ngettext("%(n)s origin", "%(n)s origins", count) % {"n": count}

    @property
    def table_label(self) -> str:
        """The name of its table."""
        return _("%(what)s, by origin") % {"what": _(str(self.outcome.label)).capitalize()}


def spoken(interval: Interval) -> str:
    """A range as a sentence says it: 10 to 14, 11 or more, up to 30, 5."""
    low, high = interval.minimum, interval.maximum
    if low is not None and high is not None and low != high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low is not None and high is None:
        return _("%(low)s or more") % {"low": low}
    return figure_words(low, high)


def range_block(
    outcome: Outcome, assessment: Assessment, claims_by_id: Mapping[str, tuple[str, Claim]]
) -> RangeBlock:
    """The block of KILLED or INJURED; ``claims_by_id`` gives label and row of each fact's id."""
    ranges = assessment.ranges[outcome.value]
    return RangeBlock(
        outcome=outcome,
        interval=ranges["civilians"],
        rows=_counted(outcome, assessment, claims_by_id)
        + _left_out(outcome, assessment, claims_by_id),
        others=[
            Fact(_(words), figure(ranges[name].minimum, ranges[name].maximum))
            for name, words in _OTHERS
            if ranges[name].minimum is not None or ranges[name].maximum is not None
        ],
    )


def _counted(
    outcome: Outcome, assessment: Assessment, claims_by_id: Mapping[str, tuple[str, Claim]]
) -> list[OriginRow]:
    rows = []
    for number, origin in enumerate(assessment.origins, start=1):
        interval = origin.of(outcome.value).get("civilians")
        everybody = origin.of(outcome.value).get("all_people")
        if interval is None and everybody is None:
            continue
        refs = [
            ClaimRef(claims_by_id[fact.id][0])
            for fact in origin.claims
            if fact.id in claims_by_id and (fact.outcome in _KILLED) == (outcome == Outcome.KILLED)
        ]
        rows.append(
            OriginRow(
                label="" if origin.is_sum else f"G{number}",
                name=_origin_name(origin, claims_by_id),
                figure=_of_people(interval, everybody),
                claims=refs,
                reason=_doubt(origin),
                feeds_range=interval is not None and not origin.is_sum,
            )
        )
    return rows


def _of_people(interval: Interval | None, everybody: Interval | None) -> SafeString:
    if interval is not None:
        return figure(interval.minimum, interval.maximum)
    low, high = (everybody.minimum, everybody.maximum) if everybody else (None, None)
    return format_html("{} {}", figure(low, high), _("fighters"))


def _doubt(origin: Origin) -> str:
    if origin.is_sum:
        return _("parts declared disjoint, added up")
    if origin.is_doubt:
        return _("unnamed speaker: no second source until a person says so")
    return ""


def _origin_name(origin: Origin, claims_by_id: Mapping[str, tuple[str, Claim]]) -> str:
    names = []
    for fact in origin.claims:
        _label, claim = claims_by_id[fact.id]
        outlet = claim.article.outlet.name if claim.article.outlet else ""
        named = claim.speaker.name if claim.speaker else claim.speaker_text
        names.append(named or outlet or _("the outlet in its own voice"))
    return ", ".join(dict.fromkeys(names))


def _left_out(
    outcome: Outcome, assessment: Assessment, claims_by_id: Mapping[str, tuple[str, Claim]]
) -> list[OriginRow]:
    rows = []
    for fact_id, reason in assessment.taking.excluded.items():
        label, claim = claims_by_id[fact_id]
        if (claim.outcome in _KILLED) != (outcome == Outcome.KILLED):
            continue
        name = claim.speaker.name if claim.speaker else claim.speaker_text
        outlet = claim.article.outlet.name if claim.article.outlet else ""
        rows.append(
            OriginRow(
                label="",
                name=name or outlet or _("the outlet in its own voice"),
                figure=figure(claim.minimum, claim.maximum, claim.polarity),
                claims=[ClaimRef(label)],
                reason=reason_words(reason, fact_id, assessment, claims_by_id),
                is_out=True,
            )
        )
    return rows


def reason_words(
    reason: str,
    fact_id: str,
    assessment: Assessment,
    claims_by_id: Mapping[str, tuple[str, Claim]],
) -> str:
    """Why a claim is left out; a superseded one names what replaced it."""
    later = assessment.taking.superseded_by.get(fact_id)
    if reason == "SUPERSEDED" and later in claims_by_id:
        return _("replaced by %(label)s") % {"label": claims_by_id[str(later)][0]}
    return _(REASONS.get(reason, reason))
