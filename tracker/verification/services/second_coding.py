"""A second person codes a drawn task, claim by claim; what they write is theirs alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from tracker.core.rows import check_row
from tracker.incidents.services.claim_fields import ClaimFields, check_fields, source_named
from tracker.incidents.services.days import is_future
from tracker.verification.choices import Coder, CodingState
from tracker.verification.models import CodedClaim, SecondCoding
from tracker.verification.selectors.blind import had_a_hand, proposals_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.core.actor import Actor


class UnableToCode(DomainError):
    """This person can't code this task now; the message says why."""

    code = "unable_to_code"


@dataclass(frozen=True, slots=True)
class CodedFields:
    """A claim as the second coder reads it; ``place`` "" and the days None = not said."""

    claim: ClaimFields
    place: str = ""
    date_start: date | None = None
    date_end: date | None = None


@transaction.atomic
def take_coding(*, coding_id: int, actor: Actor, now: datetime) -> SecondCoding:
    """Take a drawn task to code it blind.

    Raises NotAllowed, NotFound, UnableToCode for who had a hand in the first coding or in the
    incident.
    """
    require_right(actor, Right.DECIDE_CLAIMS)
    coding = _lock(coding_id)
    if coding.state != CodingState.OPEN:
        raise UnableToCode("Somebody codes this one already; take another.")
    own = SecondCoding.objects.filter(pk=coding_id).filter(had_a_hand(actor)).exists()
    if own or coding.first_coder_id == actor.id:
        raise UnableToCode(
            "You had a hand in the first coding of this task or in its incident; take another."
        )
    coding.state = CodingState.TAKEN
    coding.coder_id = actor.person_id
    coding.taken_at = now
    coding.save(update_fields=["state", "coder", "taken_at"])
    _record(coding, actor, now, "coding.take", CodingState.OPEN)
    return coding


@transaction.atomic
def give_back_coding(*, coding_id: int, actor: Actor, now: datetime) -> SecondCoding:
    """Put it back for somebody else; its unfinished rows go, for the next coder starts blind.

    The coder does so, or a coordinator where the coder is away. Raises NotAllowed, UnableToCode.
    """
    coding = _lock(coding_id)
    if coding.coder_id != actor.id and not has_right(actor, Right.OVERSEE_CODING):
        raise NotAllowed("Only its coder or a coordinator gives a second coding back.")
    if coding.state != CodingState.TAKEN:
        raise UnableToCode("Nobody has this second coding now.")
    coding.rows.filter(coder=Coder.SECOND).delete()
    coding.state = CodingState.OPEN
    coding.coder = None
    coding.taken_at = None
    coding.save(update_fields=["state", "coder", "taken_at"])
    _record(coding, actor, now, "coding.give_back", CodingState.TAKEN)
    return coding


@transaction.atomic
def code_proposal(
    *, coding_id: int, claim_id: int, fields: CodedFields | None, actor: Actor, now: datetime
) -> CodedClaim:
    """Say what a proposal of the machine says, or with None that it is no claim.

    Said again, the later word counts. Raises NotAllowed, NotFound, InvalidInput.
    """
    coding = _in_hand(coding_id, actor)
    proposals = proposals_of(coding.task.article_id, until=coding.drawn_at)
    proposal = next((p for p in proposals if p.claim_id == claim_id), None)
    if proposal is None:
        raise NotFound("The machine proposed no such claim in this article.")
    row = coding.rows.filter(coder=Coder.SECOND, claim_id=claim_id).first() or CodedClaim(
        coding=coding, coder=Coder.SECOND, claim_id=claim_id
    )
    row.start, row.end = proposal.start, proposal.end
    return _write(row, fields, actor, now)


@transaction.atomic
def add_find(
    *, coding_id: int, quote: str, fields: CodedFields, actor: Actor, now: datetime
) -> CodedClaim:
    """Add a claim that the machine missed; ``quote`` stands in the article to the letter."""
    coding = _in_hand(coding_id, actor)
    words = quote.strip()
    start = coding.task.article.text.find(words) if words else -1
    if start < 0:
        raise InvalidInput("These words don't stand in the article; copy them exactly.")
    row = CodedClaim(coding=coding, coder=Coder.SECOND, start=start, end=start + len(words))
    return _write(row, fields, actor, now)


@transaction.atomic
def drop_find(*, coding_id: int, row_id: int, actor: Actor, now: datetime) -> None:
    """Take back a claim that the coder had added. Raises NotFound where there is none."""
    coding = _in_hand(coding_id, actor)
    row = coding.rows.filter(coder=Coder.SECOND, claim__isnull=True, pk=row_id).first()
    if row is None:
        raise NotFound("You added no such claim.")
    record_event(
        actor=actor,
        action="coding.drop",
        target=row,
        now=now,
        changes={"coding": coding.pk},
    )
    row.delete()


@transaction.atomic
def finish_coding(*, coding_id: int, actor: Actor, now: datetime) -> SecondCoding:
    """End it; from then on both codings stay as they are. Raises UnableToCode while some wait."""
    coding = _in_hand(coding_id, actor)
    proposed = {p.claim_id for p in proposals_of(coding.task.article_id, until=coding.drawn_at)}
    coded = set(coding.rows.filter(coder=Coder.SECOND).values_list("claim_id", flat=True))
    left = len(proposed - coded)
    if left:
        claims = "one proposal" if left == 1 else f"{left} proposals"
        raise UnableToCode(f"Still open: {claims}; say of each what it is first.")
    coding.state = CodingState.DONE
    coding.done_at = now
    coding.save(update_fields=["state", "done_at"])
    _record(coding, actor, now, "coding.finish", CodingState.TAKEN)
    return coding


def _write(row: CodedClaim, fields: CodedFields | None, actor: Actor, now: datetime) -> CodedClaim:
    if fields is not None:
        _check(fields, now)
    said = fields.claim if fields is not None else None
    row.is_claim = said is not None
    for name in ("outcome", "subject_status", "polarity", "scope"):
        setattr(row, name, getattr(said, name) if said is not None else "")
    row.minimum = said.minimum if said is not None else None
    row.maximum = said.maximum if said is not None else None
    row.speaker_text = _speaker(said.speaker_text) if said is not None else ""
    row.place = " ".join(fields.place.split())[:200] if fields is not None else ""
    row.date_start = fields.date_start if fields is not None else None
    row.date_end = fields.date_end if fields is not None else None
    row.by_id, row.at = actor.person_id, now
    check_row(row)
    row.save()
    record_event(
        actor=actor,
        action="coding.code",
        target=row,
        now=now,
        changes={"coding": row.coding_id, "claim": row.claim_id, "is_claim": row.is_claim},
    )
    return row


def _check(fields: CodedFields, now: datetime) -> None:
    check_fields(fields.claim, now=now)
    if (fields.date_start is None) != (fields.date_end is None):
        raise InvalidInput("Give the first and the last day, or neither.")
    if is_future(fields.date_end, now=now):
        raise InvalidInput("It can't have happened in the future; check the days.")


def _speaker(words: str) -> str:
    """A source that is known is named as it is known, so that spellings make no difference."""
    source = source_named(words)
    return source.name if source is not None else " ".join(words.split())[:200]


def _lock(coding_id: int) -> SecondCoding:
    coding = SecondCoding.objects.select_for_update(of=("self",)).filter(pk=coding_id).first()
    if coding is None:
        raise NotFound(f"There is no second coding {coding_id}.")
    return coding


def _in_hand(coding_id: int, actor: Actor) -> SecondCoding:
    """Lock the coding that the actor has in hand."""
    require_right(actor, Right.DECIDE_CLAIMS)
    coding = _lock(coding_id)
    if coding.state != CodingState.TAKEN or coding.coder_id != actor.id:
        raise UnableToCode("This second coding is not in your hands any more; nothing was saved.")
    return coding


def _record(
    coding: SecondCoding, actor: Actor, now: datetime, action: str, before: CodingState
) -> None:
    record_event(
        actor=actor,
        action=action,
        target=coding,
        now=now,
        changes={"state": [before.value, str(coding.state)]},
    )
