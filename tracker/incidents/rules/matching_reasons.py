"""Why an article may report an incident, in sentences (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.incidents.rules.matching import Match


def reasons_of(match: Match, *, title: str = "") -> list[str]:
    """What both have in common; ``title`` is the article of the incident that was compared, "" =
    what people wrote of the incident itself."""
    other = f"Its article “{title}”" if title else "The incident"
    reasons = [f"{other} {_when(match.days_between)}"]
    if match.places:
        reasons.append(f"Both name {_listed(match.places)} for harm of these days.")
    if match.figures:
        reasons.append(f"Both give the figure {_listed([str(n) for n in match.figures])}.")
    if match.methods:
        reasons.append(f"Both tell of: {', '.join(match.methods)}.")
    if match.words:
        reasons.append(f"Words in common that few articles have: {', '.join(match.words)}.")
    return reasons


def _when(days_between: int | None) -> str:
    if days_between is None:
        return "can't be compared by its days: one of the two names none."
    if days_between == 0:
        return "tells of harm on the same day."
    apart = "a day" if days_between == 1 else f"{days_between} days"
    return f"tells of harm {apart} apart."


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
