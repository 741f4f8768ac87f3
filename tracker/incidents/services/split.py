"""Split claims of one incident off into a new one; undone by merging the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError
from tracker.core.reasons import checked_reason
from tracker.incidents.choices import ContributionKind, RestructuringKind
from tracker.incidents.models import Claim, IncidentParty, Restructuring
from tracker.incidents.selectors.assessment import assess_incidents
from tracker.incidents.selectors.restructuring import pre_image_of
from tracker.incidents.services.assess import store_assessment
from tracker.incidents.services.claims import lock_claims_of, refuse_unconfirmed
from tracker.incidents.services.contribution import lock_for_editing, mark_changed
from tracker.incidents.services.incidents import create_incident

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident


class UnableToSplit(DomainError):
    """These claims can't stand apart."""

    code = "unable_to_split"


@transaction.atomic
def split_incident(
    *,
    incident_id: int,
    expected_revision: int,
    claim_ids: Collection[int],
    title: str,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Incident:
    """Open a draft and move these claims to it; positions and evidence stay where they are.

    The draft names the same parties, for a denial by one of them must stay a denial. Raises
    NotAllowed, NotFound, InvalidInput, StaleRevision, MergedAway, UnableToEdit in review,
    UnableToSplit, UnableToDecide where a claim of credibility 1 would lose who confirms it.
    """
    require_right(actor, Right.MERGE_INCIDENTS)
    reason = checked_reason(
        reason, missing="Say how you know that these claims are of another event."
    )
    lock_claims_of(incident_id)
    incident = lock_for_editing(incident_id, expected_revision=expected_revision)
    claims = _chosen(incident, claim_ids)
    made = create_incident(title=title, actor=actor, now=now)
    done = Restructuring.objects.create(
        kind=RestructuringKind.SPLIT,
        source=incident,
        target=made,
        pre_image=pre_image_of(incident, made, claims),
        by_id=actor.person_id,
        at=now,
        reason=reason,
    )
    ids = [claim.pk for claim in claims]
    Claim.objects.filter(pk__in=ids).update(incident=made, revision=F("revision") + 1)
    IncidentParty.objects.bulk_create(
        IncidentParty(incident=made, party_id=party["party"], accused=party["accused"])
        for party in done.pre_image["parties"]
    )
    refuse_unconfirmed(list(Claim.objects.filter(incident__in=[incident, made], credibility=1)))
    record_event(
        actor=actor,
        action="incident.split",
        target=incident,
        now=now,
        reason=reason,
        changes={"split_into": str(made), "claims": len(claims)},
    )
    deciders = [claim.decided_by_id for claim in claims if claim.decided_by_id is not None]
    for one, people in ((incident, []), (made, deciders)):
        mark_changed(one, people=[actor.person_id, *people], kind=ContributionKind.MERGED, now=now)
    for assessed in assess_incidents([incident, made]).values():
        store_assessment(assessed=assessed, now=now)
    return made


def _chosen(incident: Incident, claim_ids: Collection[int]) -> list[Claim]:
    """The claims, if they can go. Raises UnableToSplit."""
    linked = Claim.objects.filter(incident=incident)
    claims = list(linked.filter(pk__in=claim_ids).order_by("id"))
    if not claims:
        raise UnableToSplit("Choose the claims that are of another event.")
    if len(claims) != len(set(claim_ids)):
        raise UnableToSplit("Some of these claims are no longer on the incident; look again.")
    if len(claims) == linked.count():
        raise UnableToSplit("One claim has to stay; an incident without any would cite nothing.")
    ids = {claim.pk for claim in claims}
    parted = linked.filter(
        Q(pk__in=ids, part_of__in=linked) & ~Q(part_of__in=ids)
        | ~Q(pk__in=ids) & Q(part_of__in=ids)
    ).first()
    if parted is not None:
        raise UnableToSplit(
            f"Claim {parted.pk} counts a part of claim {parted.part_of_id}; move both or neither."
        )
    return claims
