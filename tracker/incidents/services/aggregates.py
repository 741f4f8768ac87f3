"""What running totals cover, and which incidents people find inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotFound
from tracker.core.rows import check_row
from tracker.incidents.choices import ClaimState, Scope
from tracker.incidents.models import Aggregate, AggregateLink, Claim, Incident
from tracker.incidents.services.contribution import refuse_gone
from tracker.incidents.services.days import is_future

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.core.actor import Actor


class NoRunningTotal(DomainError):
    """Only an accepted running total covers several incidents."""

    code = "no_running_total"


@transaction.atomic
def describe_aggregate(
    *,
    claim_id: int,
    scope_from: date | None,
    scope_to: date | None,
    scope_place: str,
    actor: Actor,
    now: datetime,
) -> Aggregate:
    """Say over which days and which place a running total counts.

    Raises NotAllowed, NotFound, NoRunningTotal, InvalidInput.
    """
    require_right(actor, Right.DECIDE_CLAIMS)
    if is_future(scope_to, now=now):
        raise InvalidInput("A total can't count days to come; check the last day.")
    aggregate = _record_of(claim_id, actor, now)
    aggregate.scope_from, aggregate.scope_to = scope_from, scope_to
    aggregate.scope_place = scope_place.strip()
    check_row(aggregate)
    aggregate.save()
    record_event(
        actor=actor,
        action="claim.describe_total",
        target=aggregate.claim,
        now=now,
        changes={"fields": ["scope_from", "scope_to", "scope_place"]},
    )
    return aggregate


@transaction.atomic
def contain_incident(
    *, claim_id: int, incident_id: int, actor: Actor, now: datetime
) -> AggregateLink:
    """Say that the total counts the dead of this incident too; nothing is added to either.

    Raises NotAllowed, NotFound, NoRunningTotal, InvalidInput, and what a merged incident says.
    """
    require_right(actor, Right.DECIDE_CLAIMS)
    aggregate = _record_of(claim_id, actor, now)
    incident = Incident.objects.filter(pk=incident_id).first()
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    refuse_gone(incident)
    if aggregate.links.filter(incident=incident, ended_at__isnull=True).exists():
        raise InvalidInput("This total contains the incident already.")
    link: AggregateLink = aggregate.links.create(
        incident=incident, linked_by_id=actor.person_id, linked_at=now
    )
    _record(link, "claim.contain", actor, now)
    return link


@transaction.atomic
def part_incident(*, link_id: int, actor: Actor, now: datetime) -> AggregateLink:
    """Say that the total does not count this incident after all; the link stays on record.

    Raises NotAllowed, NotFound.
    """
    require_right(actor, Right.DECIDE_CLAIMS)
    held = AggregateLink.objects.select_for_update(of=("self",)).filter(ended_at__isnull=True)
    link = held.filter(pk=link_id).first()
    if link is None:
        raise NotFound(f"There is no link {link_id} that holds.")
    link.ended_by_id, link.ended_at = actor.person_id, now
    link.save(update_fields=["ended_by", "ended_at"])
    _record(link, "claim.part_from_total", actor, now)
    return link


def _record_of(claim_id: int, actor: Actor, now: datetime) -> Aggregate:
    """The locked record of the claim, made where there is none yet."""
    claim = Claim.objects.select_for_update(of=("self",)).filter(pk=claim_id).first()
    if claim is None:
        raise NotFound(f"There is no claim {claim_id}.")
    if claim.scope != Scope.AGGREGATE or claim.state != ClaimState.ACCEPTED:
        raise NoRunningTotal("Only an accepted running total covers several incidents.")
    aggregate, _made = Aggregate.objects.get_or_create(
        claim=claim, defaults={"entered_by_id": actor.person_id, "entered_at": now}
    )
    return aggregate


def _record(link: AggregateLink, action: str, actor: Actor, now: datetime) -> None:
    record_event(
        actor=actor,
        action=action,
        target=link.aggregate.claim,
        now=now,
        changes={"incident": str(link.incident_id)},
    )
