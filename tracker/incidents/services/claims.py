"""Decide claims; the hold on the task is the caller's to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotFound, StaleRevision
from tracker.core.reasons import checked_reason
from tracker.incidents.choices import CLAIM_TRANSITIONS, ClaimState, ContributionKind, Scope
from tracker.incidents.models import Claim
from tracker.incidents.selectors.assessment import lacks_confirmation
from tracker.incidents.selectors.changes import claim_changed_since
from tracker.incidents.services.claim_fields import ClaimFields, apply_fields, name_speaker
from tracker.incidents.services.contribution import lock_for_editing, mark_changed
from tracker.incidents.services.utterances import (
    new_utterance,
    part_from_other_speakers,
    place_beside,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.audit.services.record import Value
    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident
    from tracker.sources.models import Article

ACCEPTED_AS_PROPOSED = "Accepted as proposed."
ACCEPTED_AS_CORRECTED = "Accepted with corrections."
ADDED = "Added from the passage."
LINKED = "Linked to the incident."
_ACTIONS = {
    ClaimState.ACCEPTED: "claim.accept",
    ClaimState.REJECTED: "claim.reject",
    ClaimState.RETRACTED: "claim.retract",
}
_UNCONFIRMED = (
    "Credibility 1 means confirmed by other sources: the incident needs accepted claims of two "
    "independent origins first."
)


class UnableToDecide(DomainError):
    """The claim can't take this decision."""

    code = "unable_to_decide"


class ContradictsRule(UnableToDecide):
    """A published rule says otherwise; the sentence says which."""

    code = "contradicts_rule"


class AlreadyDecided(StaleRevision):
    """A person decided the claim since the caller read it."""

    code = "already_decided"


def get_claim_for_decision(
    *, claim_id: int, article_id: int, expected_revision: int | None
) -> Claim:
    """The claim of this article, locked. Raises NotFound, StaleRevision, AlreadyDecided."""
    claim = (
        Claim.objects.select_for_update(of=("self",))
        .filter(pk=claim_id, article_id=article_id)
        .first()
    )
    if claim is None:
        raise NotFound(f"There is no claim {claim_id} in this article.")
    if claim.withdrawn_at is not None:
        raise StaleRevision(
            "The article was read again and this claim is no longer proposed. Look at the claims "
            "that are, or add it from its passage."
        )
    if expected_revision is not None and claim.revision != expected_revision:
        raise AlreadyDecided(
            f"{claim_changed_since(claim, expected_revision)} Compare, then decide again."
        )
    return claim


def accept(
    claim: Claim,
    *,
    correction: ClaimFields | None,
    incident_id: int | None,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Claim:
    """Accept, correct or move the claim; both incidents it touches are marked changed.

    Moving it away from an incident needs a reason.

    Raises InvalidInput, NotFound, UnableToEdit, UnableToDecide.
    """
    reason = checked_reason(reason)
    incidents = lock_incidents(claim.incident_id, incident_id)
    if claim.incident_id not in {None, incident_id} and not reason:
        raise InvalidInput(f"This claim is on {claim.incident}; say why it moves away.")
    earlier = claim.decided_by_id if claim.state == ClaimState.ACCEPTED else None
    came_from = claim.incident_id
    if correction is None:
        changes = name_speaker(claim)
        fallback = ACCEPTED_AS_PROPOSED
    else:
        changes = apply_fields(claim, correction, now=now)
        if correction.beside is not None:
            changes |= place_beside(claim, correction.beside)
        fallback = ACCEPTED_AS_CORRECTED if changes else ACCEPTED_AS_PROPOSED
    changes |= _moved(came_from, incident_id)
    _check_link(claim, incident_id)
    claim.incident_id = incident_id
    part_from_other_speakers(claim)
    _refuse_twin(claim)
    reason = reason or fallback
    _decide(claim, ClaimState.ACCEPTED, changes, actor=actor, now=now, reason=reason)
    for incident in incidents:
        is_new_here = incident.pk == incident_id != came_from
        people = [actor.person_id, *([earlier] if earlier and is_new_here else [])]
        mark_changed(incident, people=people, kind=ContributionKind.CLAIM, now=now)
    return claim


def reject(claim: Claim, *, actor: Actor, now: datetime, reason: str) -> Claim:
    """Reject the claim with a reason; it stays visible and belongs to no incident.

    Raises InvalidInput, UnableToEdit, UnableToDecide.
    """
    reason = checked_reason(reason, missing="Say why this claim is rejected.")
    incidents = lock_incidents(claim.incident_id)
    changes = _moved(claim.incident_id, None)
    claim.incident_id = None
    _decide(claim, ClaimState.REJECTED, changes, actor=actor, now=now, reason=reason)
    for incident in incidents:
        mark_changed(incident, people=[actor.person_id], kind=ContributionKind.CLAIM, now=now)
    return claim


def retract(claim: Claim, *, actor: Actor, now: datetime, reason: str) -> Claim:
    """Record that its speaker took the claim back: it stays on its incident, and counts no more.

    Raises InvalidInput, UnableToEdit, UnableToDecide.
    """
    reason = checked_reason(reason, missing="Say how it is known that this claim was taken back.")
    incidents = lock_incidents(claim.incident_id)
    _decide(claim, ClaimState.RETRACTED, {}, actor=actor, now=now, reason=reason)
    for incident in incidents:
        mark_changed(incident, people=[actor.person_id], kind=ContributionKind.CLAIM, now=now)
    return claim


def add(article: Article, *, quote: str, fields: ClaimFields, now: datetime) -> Claim:
    """A claim the machine missed, as a person reads it; its words must stand in the article.

    Figures from one passage are of one utterance until their speakers differ. Raises InvalidInput.
    """
    quote = quote.strip()
    start = article.text.find(quote) if quote else -1
    if start < 0:
        raise InvalidInput(
            "These words are not in the article to the letter; copy the passage from it."
        )
    end = start + len(quote)
    same_passage = Claim.objects.filter(article=article, start__lt=end, end__gt=start)
    utterance = same_passage.order_by("start", "id").values_list("statement", flat=True).first()
    claim = Claim(
        article=article,
        start=start,
        end=end,
        quote=quote,
        statement=utterance or new_utterance(),
        proposed_at=now,
    )
    apply_fields(claim, fields, now=now)
    if fields.beside is not None:
        place_beside(claim, fields.beside)
    claim.save(force_insert=True)
    return claim


def lock_incidents(*ids: int | None) -> list[Incident]:
    """The incidents in the order of their ids, so that two decisions never wait for each other.

    Raises NotFound, UnableToEdit while one is in review.
    """
    return [lock_for_editing(pk) for pk in sorted({pk for pk in ids if pk is not None})]


def lock_claims_of(incident_id: int) -> None:
    """For who moves claims by the incident: before the incident, as who decides a claim does."""
    claims = Claim.objects.select_for_update(of=("self",)).filter(incident=incident_id)
    list(claims.order_by("pk").values_list("pk"))


def refuse_unconfirmed(claims: list[Claim]) -> None:
    """Credibility 1 is no opinion: two independent origins say so, or nobody may enter it."""
    for claim in claims:
        incident = claim.incident if claim.credibility == 1 else None
        if incident is not None and lacks_confirmation(incident):
            raise ContradictsRule(_UNCONFIRMED)


def _decide(
    claim: Claim,
    state: ClaimState,
    changes: dict[str, Value],
    *,
    actor: Actor,
    now: datetime,
    reason: str,
) -> None:
    if not actor.is_person:
        raise UnableToDecide("Machines propose; only a person decides a claim.")
    before = ClaimState(claim.state)
    if before != state and (before, state) not in CLAIM_TRANSITIONS:
        raise UnableToDecide(f"This claim is {before.label} and can't become {state.label}.")
    claim.state = state
    claim.decided_by_id = actor.person_id
    claim.decided_at = now
    claim.decision_reason = reason
    claim.revision += 1
    claim.save()
    record_event(
        actor=actor,
        action=_ACTIONS[state],
        target=claim,
        now=now,
        reason=reason,
        changes={**changes, "state": [before.value, state.value]},
    )


def _moved(came_from: int | None, goes_to: int | None) -> dict[str, Value]:
    if came_from == goes_to:
        return {}
    return {"incident": [None if pk is None else str(pk) for pk in (came_from, goes_to)]}


def _check_link(claim: Claim, incident_id: int | None) -> None:
    if incident_id is not None and claim.scope == Scope.AGGREGATE:
        raise ContradictsRule("A running total belongs to no single incident; leave it unlinked.")
    if incident_id is None and claim.credibility == 1:
        raise ContradictsRule(_UNCONFIRMED)


def _refuse_twin(claim: Claim) -> None:
    """One whole figure per utterance, outcome and status; a figure about a part stands alone."""
    if claim.incident_id is None or claim.part_of_id is not None:
        return
    twins = Claim.objects.filter(
        statement=claim.statement,
        incident_id=claim.incident_id,
        outcome=claim.outcome,
        subject_status=claim.subject_status,
        part_of__isnull=True,
        state=ClaimState.ACCEPTED,
    ).exclude(pk=claim.pk)
    twin = twins.first()
    if twin is None:
        return
    if claim.covers_whole_incident and twin.covers_whole_incident:
        raise ContradictsRule(
            "This statement already has such a figure in the incident; correct that one, or say "
            "that one of the two counts only a part of the event."
        )
    claim.statement = new_utterance()
