"""Merge one incident into another, and undo it at any later time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, NotFound
from tracker.core.reasons import checked_reason
from tracker.incidents.choices import ContributionKind, IncidentStatus, RestructuringKind
from tracker.incidents.models import (
    Claim,
    Incident,
    IncidentParty,
    PartyRequest,
    Position,
    Restructuring,
    Undo,
)
from tracker.incidents.selectors.assessment import assess_incidents
from tracker.incidents.selectors.restructuring import (
    conflicts_of,
    floors_of,
    obstacles_to_merging,
    pre_image_of,
    twins_of,
)
from tracker.incidents.services.assess import store_assessment
from tracker.incidents.services.claims import lock_claims_of, refuse_unconfirmed
from tracker.incidents.services.contribution import lock_for_editing, mark_changed
from tracker.incidents.services.utterances import new_utterance

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


class UnableToMerge(DomainError):
    """The two incidents can't be one as they stand."""

    code = "unable_to_merge"


class UnableToUndo(DomainError):
    """Something since rests on the merge."""

    code = "unable_to_undo"


@transaction.atomic
def merge_incidents(
    *,
    source_id: int,
    source_revision: int,
    target_id: int,
    target_revision: int,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Restructuring:
    """Let ``target`` stand for ``source`` too: all its claims and parties move there.

    Positions, evidence and numbers of named victims stay where they were recorded and count for
    ``target`` from now on. ``source`` keeps its code, which leads on. Raises NotAllowed, NotFound,
    InvalidInput, StaleRevision, MergedAway, UnableToEdit in review, UnableToMerge.
    """
    require_right(actor, Right.MERGE_INCIDENTS)
    reason = checked_reason(reason, missing="Say how you know that both are one event.")
    lock_claims_of(source_id)
    revisions = {source_id: source_revision, target_id: target_revision}
    locked = {pk: lock_for_editing(pk, expected_revision=revisions[pk]) for pk in sorted(revisions)}
    source, target = locked[source_id], locked[target_id]
    obstacles = obstacles_to_merging(source, target)
    if obstacles:
        raise UnableToMerge(" ".join(obstacles))
    claims = list(Claim.objects.filter(incident=source).order_by("id"))
    done = Restructuring.objects.create(
        kind=RestructuringKind.MERGE,
        source=source,
        target=target,
        pre_image=pre_image_of(source, target, claims),
        by_id=actor.person_id,
        at=now,
        reason=reason,
    )
    _take_claims(source, target)
    _take_parties(source, target)
    before = source.status
    source.status, source.merged_into = IncidentStatus.MERGED, target
    source.revision += 1
    source.save()
    record_event(
        actor=actor,
        action="incident.merge",
        target=source,
        now=now,
        reason=reason,
        changes={"merged_into": str(target), "status": [before, source.status]},
    )
    deciders = [claim.decided_by_id for claim in claims if claim.decided_by_id is not None]
    people = [actor.person_id, *done.pre_image["contributors"], *deciders]
    _both_changed(done, people=people, actor=actor, now=now)
    return done


@transaction.atomic
def undo_merge(*, restructuring_id: int, actor: Actor, now: datetime, reason: str) -> Restructuring:
    """Part two merged incidents again, each as it was, where nothing since rests on the merge.

    What was added to the surviving incident since stays with it. Raises NotAllowed, NotFound,
    InvalidInput, UnableToUndo with everything that conflicts, UnableToDecide where a claim that
    stays has the credibility 1 and would have nobody to confirm it.
    """
    require_right(actor, Right.MERGE_INCIDENTS)
    reason = checked_reason(reason, missing="Say why they are two events after all.")
    done = _lock_merge(restructuring_id)
    conflicts = conflicts_of(done)
    if conflicts:
        raise UnableToUndo(" ".join(conflicts))
    source, target = done.source, done.target
    Undo.objects.create(restructuring=done, by_id=actor.person_id, at=now, reason=reason)
    source.merged_into = None
    source.revision += 1
    source.status = _status_to_come_back_to(done)
    source.save()
    _give_claims_back(done)
    _give_parties_back(done)
    refuse_unconfirmed(list(Claim.objects.filter(incident=target, credibility=1)))
    record_event(
        actor=actor,
        action="incident.undo_merge",
        target=source,
        now=now,
        reason=reason,
        changes={
            "parted_from": str(target),
            "status": [IncidentStatus.MERGED.value, source.status],
        },
    )
    _both_changed(done, people=[actor.person_id], actor=actor, now=now, is_undone=True)
    return done


def _lock_merge(restructuring_id: int) -> Restructuring:
    """The merge with both incidents locked and read anew. Raises NotFound."""
    ids = Restructuring.objects.filter(pk=restructuring_id).values_list("source", "target").first()
    if ids is None:
        raise NotFound(f"There is no merge or split {restructuring_id}.")
    lock_claims_of(ids[1])
    rows = Incident.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    locked = {row.pk: row for row in rows}
    done = Restructuring.objects.get(pk=restructuring_id)
    done.source, done.target = locked[ids[0]], locked[ids[1]]
    return done


def _take_claims(source: Incident, target: Incident) -> None:
    """All of them; a figure about a part whose utterance has its row there becomes one alone."""
    apart = [claim for claim, _ in twins_of(source, target)]
    for claim in apart:
        claim.incident, claim.statement = target, new_utterance()
        claim.revision += 1
        claim.save()
    Claim.objects.filter(incident=source).update(incident=target, revision=F("revision") + 1)


def _take_parties(source: Incident, target: Incident) -> None:
    """Those the other doesn't name move; where it names one, an accusation is not lost."""
    there = {row.party_id: row for row in IncidentParty.objects.filter(incident=target)}
    for row in IncidentParty.objects.filter(incident=source).order_by("id"):
        other = there.get(row.party_id)
        if other is None:
            IncidentParty.objects.filter(pk=row.pk).update(incident=target)
        elif row.accused and not other.accused:
            IncidentParty.objects.filter(pk=other.pk).update(accused=True)


def _give_claims_back(done: Restructuring) -> None:
    for former in done.pre_image["claims"]:
        Claim.objects.filter(pk=former["id"]).update(
            incident=done.source, statement=former["statement"], revision=F("revision") + 1
        )


def _give_parties_back(done: Restructuring) -> None:
    """The rows that moved; the accusation that was taken over, where the other had none."""
    former = {one["id"]: one for one in done.pre_image["parties"]}
    went = IncidentParty.objects.filter(pk__in=former, incident=done.target)
    parties = dict(went.values_list("party", "accused"))
    went.update(incident=done.source)
    for raised in done.pre_image["raised"]:
        IncidentParty.objects.filter(pk=raised).update(accused=False)
    # What it said or was asked since stays, so the party stays named there.
    since = {"incident": done.target, "party__in": parties}
    spoken = Position.objects.filter(**since).values_list("party", flat=True)
    asked = PartyRequest.objects.filter(**since).values_list("party", flat=True)
    for party in sorted({*spoken, *asked}):
        IncidentParty.objects.create(incident=done.target, party_id=party, accused=parties[party])


def _status_to_come_back_to(done: Restructuring) -> str:
    """The former one; but a number of named victims that changed meanwhile is not public yet."""
    former: str = done.pre_image["source"]["status"]
    is_public = former == IncidentStatus.PUBLISHED
    if is_public and floors_of(done.source) != done.pre_image["source"]["named"]:
        return IncidentStatus.UNDER_REVISION
    return former


def _both_changed(
    done: Restructuring,
    *,
    people: list[int],
    actor: Actor,
    now: datetime,
    is_undone: bool = False,
) -> None:
    """The line, the contributors and the figures of the one that stays, and figures of both."""
    record_event(
        actor=actor,
        action="incident.undo_merge" if is_undone else "incident.merge",
        target=done.target,
        now=now,
        changes={
            "parted_from" if is_undone else "merged_from": str(done.source),
            "claims": len(done.pre_image["claims"]),
        },
    )
    mark_changed(done.target, people=people, kind=ContributionKind.MERGED, now=now)
    for assessed in assess_incidents([done.source, done.target]).values():
        store_assessment(assessed=assessed, now=now)
