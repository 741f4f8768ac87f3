"""Take one step of a request: the row and its history change together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.audit.selectors.writers import SOMEBODY
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotFound, StaleRevision
from tracker.core.rows import check_row
from tracker.incidents.choices import REQUEST_TRANSITIONS, RequestState
from tracker.incidents.models import PartyRequest, RequestStep
from tracker.incidents.services.days import is_future
from tracker.incidents.services.incidents import cited_article
from tracker.incidents.services.request_alarms import tell_overdue

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.core.actor import Actor


class UnableToFollow(DomainError):
    """The request is not in a state from which this step leads."""

    code = "unable_to_follow"


@dataclass(frozen=True, slots=True)
class Step:
    """What a person enters of one step; "" and None = this step does not set it."""

    on: date
    words: str = ""
    channel: str = ""
    their_reference: str = ""
    due_on: date | None = None
    outcome: str = ""
    refusal_reason: str = ""
    article_id: int | None = None


def lock_request(request_id: int, *, expected_revision: int) -> PartyRequest:
    """The request, locked in the caller's transaction. Raises NotFound, StaleRevision."""
    request = PartyRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotFound(f"There is no request {request_id}.")
    if request.revision != expected_revision:
        last = request.steps.select_related("by").order_by("-number").first()
        who = last.by.alias if last else SOMEBODY
        raise StaleRevision(
            f"{who} entered a step of this request since you opened it: it is "
            f"{str(request.get_state_display()).lower()} now. Look at it, then go on."
        )
    return request


def check_transition(request: PartyRequest, to: RequestState) -> None:
    """Raises UnableToFollow where no step leads there."""
    before = RequestState(request.state)
    if (before, to) not in REQUEST_TRANSITIONS:
        raise UnableToFollow(f"This request is {before.label} and can't become {to.label}.")


def take_step(
    request: PartyRequest,
    to: RequestState,
    step: Step,
    *,
    action: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> PartyRequest:
    """Add the step, save the changed row, write the audit line, keep the alarm in step.

    The caller has set the fields of ``request`` that change. Raises InvalidInput.
    """
    if is_future(step.on, now=now):
        raise InvalidInput("A step can't lie in the future; check the day.")
    if request.sent_on is not None and step.on < request.sent_on:
        raise InvalidInput("This day lies before the day of submission; check it.")
    before = request.state
    request.state = to
    request.revision += 1
    check_row(request)
    row = RequestStep(
        request=request,
        number=request.revision,
        state=to,
        on=step.on,
        words=step.words,
        channel=step.channel,
        their_reference=step.their_reference,
        due_on=step.due_on,
        outcome=step.outcome,
        refusal_reason=step.refusal_reason,
        article=cited_article(step.article_id),
        by_id=actor.person_id,
        at=now,
    )
    check_row(row)
    row.save(force_insert=True)
    request.save()
    record_event(
        actor=actor,
        action=action,
        target=request,
        now=now,
        reason=reason,
        changes={
            "state": [before, to.value],
            "step": row.number,
            "outcome": row.outcome,
            "refusal_reason": row.refusal_reason,
        },
    )
    tell_overdue(request, now=now)
    return request
