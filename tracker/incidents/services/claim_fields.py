"""What a person may enter or correct in a claim, and how it reaches the row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from tracker.core.errors import InvalidInput
from tracker.core.families import home_of
from tracker.incidents.choices import (
    CopyDecision,
    Outcome,
    Polarity,
    Scope,
    SubjectStatus,
)
from tracker.incidents.services.days import is_future
from tracker.sources.models import Source
from tracker.sources.services.parties import party_named

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.audit.services.record import Value
    from tracker.incidents.models import Claim
    from tracker.incidents.services.utterances import Beside

WORST_CREDIBILITY = 6
#: No report counts more people; a larger number is a sum of money or a slip of the hand.
LARGEST_FIGURE = 1_000_000_000
_PAIRS = (
    ("minimum", "maximum"),
    ("women_min", "women_max"),
    ("men_min", "men_max"),
    ("children_min", "children_max"),
)
_PLAIN = (
    *("outcome", "subject_status", "polarity", "scope", "minimum", "maximum"),
    *("women_min", "women_max", "men_min", "men_max", "children_min", "children_max"),
    *("said_on", "credibility", "is_cumulative_update", "covers_whole_incident"),
    "copy_decision",
)


@dataclass(frozen=True, slots=True)
class ClaimFields:
    """One claim as a person reads it; None and "" mean what the model says they mean.

    ``beside`` None = said with what it was said with before.
    """

    outcome: str
    subject_status: str = SubjectStatus.UNKNOWN.value
    polarity: str = Polarity.ASSERTS_HARM.value
    scope: str = Scope.INCIDENT.value
    minimum: int | None = None
    maximum: int | None = None
    quantifier_raw: str = ""
    women_min: int | None = None
    women_max: int | None = None
    men_min: int | None = None
    men_max: int | None = None
    children_min: int | None = None
    children_max: int | None = None
    speaker_text: str = ""
    speaker_id: int | None = None
    party_name: str = ""
    said_on: date | None = None
    group: str = ""
    credibility: int | None = None
    is_cumulative_update: bool = False
    covers_whole_incident: bool = True
    copy_decision: str = ""
    beside: Beside | None = None


def check_fields(fields: ClaimFields, *, now: datetime) -> None:
    """Raise InvalidInput with one sentence for the first thing that can't be."""
    for name, allowed in (
        ("outcome", Outcome.values),
        ("subject_status", SubjectStatus.values),
        ("polarity", Polarity.values),
        ("scope", Scope.values),
        ("copy_decision", ["", *CopyDecision.values]),
    ):
        if getattr(fields, name) not in allowed:
            raise InvalidInput(f"{name.replace('_', ' ').capitalize()} can't be that; choose one.")
    _check_figures(fields)
    if fields.polarity == Polarity.ASSERTS_NO_HARM and (fields.minimum, fields.maximum) != (0, 0):
        raise InvalidInput("A claim that there was no harm has the figure 0.")
    if fields.credibility is not None and not 1 <= fields.credibility <= WORST_CREDIBILITY:
        raise InvalidInput("Credibility is 1 to 6, or not rated.")
    if is_future(fields.said_on, now=now):
        raise InvalidInput("Nobody can have said it in the future; check the day.")


def apply_fields(claim: Claim, fields: ClaimFields, *, now: datetime) -> dict[str, Value]:
    """Write ``fields`` to the unsaved claim; return what changed, fit for an audit line.

    Codes and numbers come back before and after; of words only the fields' names. A speaker
    whose words are the name of a source becomes that source and brings its party; generic words
    ("officials") stay words. A party nobody entered before gets a row.
    """
    check_fields(fields, now=now)
    if fields.copy_decision and claim.copy_of_id is None:
        raise InvalidInput("This claim copies none, so there is no origin's figure to decide on.")
    before, words_before = _coded(claim), _words(claim)
    for name in _PLAIN:
        setattr(claim, name, getattr(fields, name))
    claim.quantifier_raw = fields.quantifier_raw.strip()[:100]
    claim.group = fields.group.strip()[:60]
    claim.speaker_text = " ".join(fields.speaker_text.split())[:200]
    claim.speaker = _speaker(fields)
    claim.party = party_named(fields.party_name) if fields.party_name.strip() else None
    if claim.party is None and claim.speaker is not None:
        claim.party = claim.speaker.party
    return _changes(before, _coded(claim), words_before, _words(claim))


def name_speaker(claim: Claim) -> dict[str, Value]:
    """A speaker known by words alone becomes the source of that name, where there is one now."""
    if claim.speaker_id is not None or not claim.speaker_text:
        return {}
    before = _coded(claim)
    claim.speaker = source_named(claim.speaker_text)
    if claim.speaker is not None and claim.party_id is None:
        claim.party = claim.speaker.party
    return _changes(before, _coded(claim), {}, {})


def source_named(words: str) -> Source | None:
    """The source of this name in whatever case, with or without its article.

    A name that was merged away is another name of the one that stands for it.
    """
    plain = " ".join(words.split())
    if not plain:
        return None
    bare = plain[4:] if plain[:4].lower() == "the " else plain
    names = Q(name__iexact=bare) | Q(name__iexact=f"the {bare}")
    found = Source.objects.select_related("party", "merged_into").filter(names)
    first = found.order_by("id").first()
    return None if first is None else home_of(first)


def _check_figures(fields: ClaimFields) -> None:
    for lower, upper in _PAIRS:
        low, high = getattr(fields, lower), getattr(fields, upper)
        for figure in (low, high):
            if figure is not None and not 0 <= figure <= LARGEST_FIGURE:
                raise InvalidInput(f"A figure is 0 to {LARGEST_FIGURE:,}.")
        if low is not None and high is not None and low > high:
            raise InvalidInput(f"The lower figure ({low}) is above the higher one ({high}).")
    if fields.maximum is None:
        return
    parts = (fields.women_min or 0) + (fields.men_min or 0) + (fields.children_min or 0)
    if parts > fields.maximum:
        raise InvalidInput(
            f"Women, men and children together ({parts}) are more than the whole figure "
            f"({fields.maximum})."
        )
    most = max(fields.women_max or 0, fields.men_max or 0, fields.children_max or 0)
    if most > fields.maximum:
        raise InvalidInput(
            f"A part ({most}) can't be more than the whole figure ({fields.maximum})."
        )


def _speaker(fields: ClaimFields) -> Source | None:
    if fields.speaker_id is None:
        return source_named(fields.speaker_text)
    source = Source.objects.select_related("party").filter(pk=fields.speaker_id).first()
    if source is None:
        raise InvalidInput("The chosen speaker is not among the sources.")
    return home_of(source)


def _coded(claim: Claim) -> dict[str, str | None]:
    """The fields an audit line may hold: numbers and codes, never words of anybody."""
    values = {name: getattr(claim, name) for name in (*_PLAIN, "speaker_id", "party_id")}
    return {name: None if value is None else str(value) for name, value in values.items()}


def _words(claim: Claim) -> dict[str, str]:
    return {name: getattr(claim, name) for name in ("quantifier_raw", "group", "speaker_text")}


def _changes(
    before: dict[str, str | None],
    after: dict[str, str | None],
    words_before: dict[str, str],
    words_after: dict[str, str],
) -> dict[str, Value]:
    changes: dict[str, Value] = {
        name: [before[name], after[name]] for name in after if before[name] != after[name]
    }
    reworded = [name for name, words in words_after.items() if words != words_before[name]]
    return {**changes, "fields": reworded} if reworded else changes
