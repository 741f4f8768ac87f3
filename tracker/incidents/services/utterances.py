"""Which figures of an article were said together: one utterance of one speaker, total and parts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from tracker.core.errors import InvalidInput
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim

if TYPE_CHECKING:
    from tracker.audit.services.record import Value


@dataclass(frozen=True, slots=True)
class Beside:
    """The figure that a claim was said together with; None = said on its own.

    ``is_part``: it counts some of the people of that figure; else both count other people.
    """

    claim_id: int | None
    is_part: bool = False


def new_utterance() -> str:
    """A name for an utterance of its own."""
    return secrets.token_hex(8)


def place_beside(claim: Claim, beside: Beside) -> dict[str, Value]:
    """Put the unsaved claim into the utterance of another, or into one of its own.

    Returns what changed, fit for an audit line. Raises InvalidInput for another article, another
    speaker (figures of two are never added) and for parts of parts or of another outcome.
    """
    before = claim.part_of_id
    if beside.claim_id is None:
        claim.part_of = None
        if Claim.objects.filter(statement=claim.statement).exclude(pk=claim.pk).exists():
            claim.statement = new_utterance()
    else:
        other = _said_with(claim, beside.claim_id)
        if beside.is_part:
            _check_total(claim, other)
        claim.statement, claim.part_of = other.statement, other if beside.is_part else None
    if claim.part_of_id == before:
        return {}
    return {"part_of": [None if pk is None else str(pk) for pk in (before, claim.part_of_id)]}


def part_from_other_speakers(claim: Claim) -> None:
    """Another speaker in the same passage is another utterance: figures of two are never added.

    Raises InvalidInput where other claims count parts of this one.
    """
    neighbours = list(
        Claim.objects.filter(
            Q(start__lt=claim.end, end__gt=claim.start) | Q(statement=claim.statement),
            article_id=claim.article_id,
            state=ClaimState.ACCEPTED,
        )
        .exclude(pk=claim.pk)
        .order_by("start", "id")
    )
    utterance = [other for other in neighbours if other.statement == claim.statement]
    if all(_speaker(other) == _speaker(claim) for other in utterance):
        return
    if _has_parts(claim):
        raise InvalidInput(
            "Other claims count parts of this figure and have its speaker: part them from it first."
        )
    own = (other.statement for other in neighbours if _speaker(other) == _speaker(claim))
    claim.statement, claim.part_of = next(own, None) or new_utterance(), None


def _said_with(claim: Claim, other_id: int) -> Claim:
    other = Claim.objects.filter(pk=other_id, article_id=claim.article_id).first()
    if other is None or other.pk == claim.pk:
        raise InvalidInput("The figure it was said with is no other figure of this article.")
    if _speaker(other) != _speaker(claim):
        raise InvalidInput(
            "Figures of two speakers are never added up: give both claims the same speaker, or "
            "let this one stand on its own."
        )
    return other


def _check_total(claim: Claim, total: Claim) -> None:
    if total.outcome != claim.outcome:
        raise InvalidInput("A part has the outcome of its total: both killed, or both injured.")
    if total.part_of_id is not None or _has_parts(claim):
        raise InvalidInput("A part has no parts of its own: choose the total for each of them.")


def _has_parts(claim: Claim) -> bool:
    return claim.pk is not None and claim.parts.exists()


def _speaker(claim: Claim) -> tuple[int | None, str]:
    return claim.speaker_id, "" if claim.speaker_id else claim.speaker_text.casefold()
