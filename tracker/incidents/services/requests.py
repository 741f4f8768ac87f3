"""Put an allegation to a belligerent and enter what it answers; each act is one step.

None of it changes the incident: a request is neither a claim nor a position, feeds no range, and
makes nobody a contributor. What a reply says becomes a position only by ``record_position``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.core.reasons import checked_reason
from tracker.incidents.choices import PENDING_ASSESSMENTS, RequestState
from tracker.incidents.models import Incident, IncidentParty, PartyRequest
from tracker.incidents.policies import may_end
from tracker.incidents.services.contribution import refuse_gone
from tracker.incidents.services.request_steps import Step, check_transition, lock_request, take_step

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.core.actor import Actor


@transaction.atomic
def open_request(
    *, incident_id: int, party_id: int, allegation: str, actor: Actor, now: datetime
) -> PartyRequest:
    """Draft a request to a party that the incident names; who opens it owns it.

    Raises NotAllowed, NotFound, MergedAway, InvalidInput.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    incident = Incident.objects.filter(pk=incident_id).first()
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    refuse_gone(incident)
    if not IncidentParty.objects.filter(incident=incident_id, party=party_id).exists():
        raise InvalidInput("Name this party on the incident first, then put the allegation to it.")
    if not allegation.strip():
        raise InvalidInput("Write what is put to the party, as it is sent.")
    request = PartyRequest.objects.create(
        incident_id=incident_id,
        party_id=party_id,
        allegation=allegation.strip(),
        owner_id=actor.person_id,
        opened_at=now,
    )
    record_event(
        actor=actor,
        action="request.open",
        target=request,
        now=now,
        changes={"incident": incident_id, "party": party_id},
    )
    return request


@transaction.atomic
def send_request(
    *,
    request_id: int,
    expected_revision: int,
    allegation: str,
    sent_on: date,
    channel: str,
    their_reference: str,
    due_on: date,
    actor: Actor,
    now: datetime,
) -> PartyRequest:
    """Enter that it was submitted, with the words as they were sent; they stay from now on.

    Raises NotAllowed, NotFound, StaleRevision, UnableToFollow, InvalidInput.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    request = lock_request(request_id, expected_revision=expected_revision)
    check_transition(request, RequestState.SENT)
    request.allegation = allegation.strip()
    request.sent_on, request.due_on = sent_on, due_on
    request.channel, request.their_reference = channel, their_reference.strip()
    step = Step(
        on=sent_on,
        words=request.allegation,
        channel=channel,
        their_reference=request.their_reference,
        due_on=due_on,
    )
    return take_step(request, RequestState.SENT, step, action="request.send", actor=actor, now=now)


@transaction.atomic
def acknowledge_request(
    *,
    request_id: int,
    expected_revision: int,
    on: date,
    their_reference: str,
    due_on: date,
    words: str,
    actor: Actor,
    now: datetime,
) -> PartyRequest:
    """Enter that the party confirmed receipt, or asked for more time; ``due_on`` is as now agreed.

    Raises NotAllowed, NotFound, StaleRevision, UnableToFollow, InvalidInput.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    request = lock_request(request_id, expected_revision=expected_revision)
    check_transition(request, RequestState.ACKNOWLEDGED)
    request.due_on = due_on
    request.their_reference = their_reference.strip() or request.their_reference
    step = Step(on=on, words=words.strip(), their_reference=request.their_reference, due_on=due_on)
    return take_step(
        request,
        RequestState.ACKNOWLEDGED,
        step,
        action="request.acknowledge",
        actor=actor,
        now=now,
    )


@transaction.atomic
def record_reply(
    *,
    request_id: int,
    expected_revision: int,
    replied_on: date,
    outcome: str,
    refusal_reason: str,
    quote: str,
    article_id: int | None,
    due_on: date | None,
    actor: Actor,
    now: datetime,
) -> PartyRequest:
    """Enter what the party answers. One that is pending leaves the request open until ``due_on``.

    Raises NotAllowed, NotFound, StaleRevision, UnableToFollow, InvalidInput.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    request = lock_request(request_id, expected_revision=expected_revision)
    is_pending = outcome in PENDING_ASSESSMENTS
    to = RequestState.ACKNOWLEDGED if is_pending else RequestState.ANSWERED
    check_transition(request, to)
    if is_pending and due_on is None:
        raise InvalidInput("The answer is still to come: say when it is due now.")
    if is_pending:
        request.due_on = due_on
    request.replied_on, request.outcome = replied_on, outcome
    request.refusal_reason = refusal_reason
    step = Step(
        on=replied_on,
        words=quote.strip(),
        due_on=due_on if is_pending else None,
        outcome=outcome,
        refusal_reason=refusal_reason,
        article_id=article_id,
    )
    return take_step(request, to, step, action="request.reply", actor=actor, now=now)


@transaction.atomic
def close_request(
    *, request_id: int, expected_revision: int, on: date, actor: Actor, now: datetime, reason: str
) -> PartyRequest:
    """Wait no longer: no answer came, or it was never sent. What was said stays on its steps.

    Raises NotAllowed, NotFound, StaleRevision, UnableToFollow, InvalidInput.
    """
    request = _to_be_ended(request_id, expected_revision, RequestState.CLOSED, actor)
    reason = checked_reason(
        reason, missing="Say why nobody waits for an answer any more.", longest=None
    )
    step = Step(on=on, words=reason)
    return take_step(
        request,
        RequestState.CLOSED,
        step,
        action="request.close",
        actor=actor,
        now=now,
        reason=reason,
    )


@transaction.atomic
def reopen_request(
    *,
    request_id: int,
    expected_revision: int,
    on: date,
    due_on: date,
    channel: str,
    actor: Actor,
    now: datetime,
    reason: str,
) -> PartyRequest:
    """Wait again, with what is new as ``reason``; the earlier reply stays on its step.

    ``channel`` "" = nothing new was submitted (a late reply came): the first submission still
    counts. Raises NotAllowed, NotFound, StaleRevision, UnableToFollow, InvalidInput.
    """
    request = _to_be_ended(request_id, expected_revision, RequestState.REOPENED, actor)
    reason = checked_reason(
        reason, missing="Say what is new; a request is not reopened without a reason.", longest=None
    )
    if channel:
        request.sent_on, request.channel = on, channel
    request.due_on = due_on
    request.replied_on, request.outcome, request.refusal_reason = None, "", ""
    step = Step(on=on, words=reason, channel=channel, due_on=due_on)
    return take_step(
        request,
        RequestState.REOPENED,
        step,
        action="request.reopen",
        actor=actor,
        now=now,
        reason=reason,
    )


def _to_be_ended(
    request_id: int, expected_revision: int, to: RequestState, actor: Actor
) -> PartyRequest:
    request = lock_request(request_id, expected_revision=expected_revision)
    allowed, sentence = may_end(actor, request)
    if not allowed:
        raise NotAllowed(sentence)
    check_transition(request, to)
    return request
