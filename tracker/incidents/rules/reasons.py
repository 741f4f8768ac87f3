"""Why a range is what it is, in a few sentences: its ends, who conceded, what is not counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.incidents.rules.facts import FIGHTERS
from tracker.incidents.rules.intervals import SUB_GROUPS
from tracker.incidents.rules.wording import (
    capitalised,
    counted_words,
    figure_of,
    figure_words,
    listed,
    spoken_range,
)

if TYPE_CHECKING:
    from tracker.incidents.rules.facts import ClaimFact
    from tracker.incidents.rules.intervals import Interval
    from tracker.incidents.rules.origins import Origin
    from tracker.incidents.rules.telling import Telling

_PHRASES = {
    "AGGREGATE": "a running total by {who} ({figure})",
    "BACKGROUND": "a figure by {who} ({figure}), recalled and not linked to this incident",
    "PARTY_DENIAL": "the denial by {who}",
    "REJECTED": "a rejected figure by {who} ({figure})",
    "RETRACTED": "a retracted figure by {who} ({figure})",
    "PARTIAL_FIGURE": "a figure about a part by {who} ({figure})",
    "EXCLUDED_BY_REVIEWER": "a figure by {who} ({figure}), left out by a reviewer",
}
_FIGHTERS = (
    ("COMBATANT", "combatants", "Fighters"),
    ("DIRECTLY_PARTICIPATING", "directly_participating", "Civilians taking a direct part"),
)


def why(told: Telling) -> str:
    """The whole paragraph; "" where nothing was said."""
    parts = (
        *_ends(told),
        _presumed(told),
        _sub_groups(told),
        _conceded(told),
        *(_fighters(told, *kind) for kind in _FIGHTERS),
        _not_counted(told),
    )
    return " ".join(part for part in parts if part)


def _ends(told: Telling) -> list[str]:
    """Who gives the highest and who the lowest figure, and what named victims change."""
    found = told.ranges["civilians"]
    words = spoken_range(found.minimum, found.maximum)
    if found.maximum == 0:
        words = "said to be none" if told.says_none else "none left, for they died of wounds"
    if not words:
        return []
    numbered = [(o, i) for o, i in told.origins if i.highest is not None]
    figures = {spoken_range(i.minimum, i.maximum) for _, i in numbered}
    said: list[str] = []
    if len(numbered) == 1:
        origin, interval = numbered[0]
        figure = spoken_range(interval.minimum, interval.maximum)
        shown = "" if figure in {words, "0"} else f", {figure}"
        said.append(f"One origin: {told.name_of(origin)}{shown}{_doubts(told, origin)}")
    elif len(numbered) > 1 and len(figures) == 1:
        said.append(f"All {counted_words(len(numbered), 'origin')} say {figures.pop()}")
    elif numbered:
        highest = max(numbered, key=lambda pair: pair[1].highest or 0)
        said.append(
            f"Highest: {told.name_of(highest[0])}, {highest[1].highest}{_doubts(told, highest[0])}"
        )
        said.extend(_lowest(told, numbered))
    floor, changes = _floor(told, numbered)
    if changes and said:
        said[-1] += f"; {floor}"
    elif floor:
        said.append(capitalised(floor))
    return [f"{capitalised(words)}.", *(f"{sentence}." for sentence in said), _open_above(told)]


def _lowest(told: Telling, numbered: list[tuple[Origin, Interval]]) -> list[str]:
    with_minimum = [pair for pair in numbered if pair[1].minimum is not None]
    if not with_minimum:
        return ["No origin gives a lower figure"]
    origin, interval = min(with_minimum, key=lambda pair: pair[1].minimum or 0)
    statuses = {c.subject_status for c in told.claims_of(origin)} - FIGHTERS
    if interval.minimum == 0 and statuses <= {"DISPUTED", "MIXED"}:
        return [f"Lowest: 0, for {told.name_of(origin)} names nobody who is surely a civilian"]
    return [f"Lowest figure: {told.name_of(origin)}, {interval.minimum}"]


def _floor(told: Telling, numbered: list[tuple[Origin, Interval]]) -> tuple[str, bool]:
    """What the named victims do, and whether they change the lower end."""
    named = told.named_victims
    if not named:
        return "", False
    lowest = min((i.minimum for _, i in numbered if i.minimum is not None), default=None)
    if lowest is not None and lowest >= named:
        victims = f"{counted_words(named, 'victim')} {'is' if named == 1 else 'are'} named"
        return f"{victims}, which is not above {lowest} and changes nothing", False
    change = "raised to" if lowest is not None else "at least"
    return f"{change} {named} by {counted_words(named, 'named victim')}", True


def _doubts(told: Telling, origin: Origin) -> str:
    """The part of an origin's figure that may be no civilians."""
    claims = told.claims_of(origin)
    disputed = [c for c in claims if c.subject_status == "DISPUTED"]
    words = ""
    if disputed:
        number = sum((c.minimum if c.maximum is None else c.maximum) or 0 for c in disputed)
        words = f", of whom {number} {'is' if number == 1 else 'are'} of disputed status"
    if any(c.subject_status == "MIXED" for c in claims):
        words += ", civilians and fighters counted together"
    return words


def _open_above(told: Telling) -> str:
    if told.ranges["civilians"].maximum is not None:
        return ""
    names = [told.name_of(o) for o, i in told.origins if i.maximum is None]
    if not names:
        return ""
    verb = "names" if len(set(names)) == 1 else "name"
    return f"Open above, for {listed(names)} {verb} no upper end."


def _presumed(told: Telling) -> str:
    if told.ranges["civilians"].maximum == 0:
        return ""
    statuses = {c.subject_status for c in told.counted if not c.is_zero} - FIGHTERS
    if "UNKNOWN" in statuses and "CIVILIAN" not in statuses:
        return "Status not stated (presumed civilian)."
    return ""


def _sub_groups(told: Telling) -> str:
    said = [
        f"{name} {words}"
        for name in SUB_GROUPS
        if (words := figure_words(told.ranges[name].minimum, told.ranges[name].maximum))
    ]
    return f"Among them: {listed(said)}." if said else ""


def _conceded(told: Telling) -> str:
    said = [
        f"{told.names[c.id]}, {figure_of(c)}"
        for c in told.counted
        if c.party is not None and c.subject_status not in FIGHTERS
    ]
    return f"Conceded by a party: {'; '.join(dict.fromkeys(said))}." if said else ""


def _fighters(told: Telling, status: str, name: str, words: str) -> str:
    found = told.ranges[name]
    figure = figure_words(found.minimum, found.maximum)
    if not figure:
        return ""
    speakers = [c for c in told.counted if c.subject_status == status]
    own = all(c.party is not None for c in speakers)
    account = ", by the party's own account" if own else ""
    return f"{words} reported {told.verb}: {figure}{account}."


def _not_counted(told: Telling) -> str:
    phrases = Counter(_phrase(told, claim, reason) for claim, reason in told.left_out)
    if not phrases:
        return ""
    words = [p if n == 1 else f"{p}, {counted_words(n, 'time')}" for p, n in phrases.items()]
    return f"Not counted: {'; '.join(words)}."


def _phrase(told: Telling, claim: ClaimFact, reason: str) -> str:
    who, figure = told.names[claim.id], figure_of(claim)
    taking = told.assessment.taking
    if reason == "SUPERSEDED":
        later = taking.spoken[taking.superseded_by[claim.id]]
        if later.outcome == "LATER_REPORTED_ALIVE":
            return f"a death told by {who} ({figure}), the person later reported alive"
        return f"an earlier figure of {who} ({figure})"
    if reason == "COPY_OF_ORIGIN":
        origin = told.origin_of(claim)
        same = origin is not None and figure_of(origin) == figure
        kind = "a copy" if same else "a copy with another number"
        return f"{kind} of what {who} says ({figure})"
    return _PHRASES[reason].format(who=who, figure=figure)
