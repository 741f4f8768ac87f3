"""What a merge would move, what stands in its way, and what in the way of undoing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tracker.core.errors import NotFound
from tracker.core.families import home_of
from tracker.incidents.choices import ClaimState, IncidentStatus, RestructuringKind
from tracker.incidents.models import (
    Claim,
    Contribution,
    IncidentParty,
    NamedFloor,
    PartyRequest,
    Position,
    Restructuring,
    StrikeEvidence,
)
from tracker.incidents.selectors.family import family_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from tracker.incidents.models import Incident

#: What a decision about a claim may change, besides words, which the history of claims keeps.
_VALUES = (
    *("statement", "state", "outcome", "subject_status", "polarity", "scope"),
    *("minimum", "maximum", "women_min", "women_max", "men_min", "men_max"),
    *("children_min", "children_max", "credibility", "is_cumulative_update"),
    *("covers_whole_incident", "copy_of_id", "copy_decision", "part_of_id"),
    *("speaker_id", "party_id", "said_on", "decided_by_id", "decided_at"),
)
#: A merge itself may give a claim another one; it is put back.
_GIVEN_BY_THE_MERGE = "statement"


def pre_image_of(source: Incident, target: Incident, claims: Iterable[Claim]) -> dict[str, Any]:
    """Both incidents as they stand, with all that counts for ``source`` and of it ``claims``."""
    family = family_of(source)
    parties = IncidentParty.objects.filter(incident=source).order_by("id")
    accused = parties.filter(accused=True).values("party")
    others = IncidentParty.objects.filter(incident=target, accused=False)
    return {
        "source": _standing(source),
        "target": _standing(target),
        "claims": [{"id": claim.pk, **_values(claim)} for claim in claims],
        "parties": list(parties.values("id", "party", "accused")),
        "raised": _ids(others.filter(party__in=accused)),
        "positions": _ids(Position.objects.filter(incident__in=family)),
        "evidence": _ids(StrikeEvidence.objects.filter(incident__in=family)),
        "requests": _ids(PartyRequest.objects.filter(incident__in=family)),
        "contributors": _contributors(family),
    }


def floors_of(incident: Incident) -> dict[str, int]:
    """How many victims are named by outcome, of it and all that were merged into it."""
    rows = NamedFloor.objects.filter(incident__in=family_of(incident)).order_by("victims")
    return dict(rows.values_list("outcome", "victims"))  # the largest comes last and stays


def obstacles_to_merging(source: Incident, target: Incident) -> list[str]:
    """What stands in the way of merging ``source`` into ``target``, a sentence each."""
    if source == target:
        return ["An incident can't be merged into itself."]
    found = []
    found += [
        f"{one} was merged into {home_of(one)}; choose that one."
        for one in (source, target)
        if one.status == IncidentStatus.MERGED
    ]
    found += [
        f"{one} is in review and locked; a reviewer can return it with a reason."
        for one in (source, target)
        if one.status == IncidentStatus.IN_REVIEW
    ]
    if source.code is not None and target.code is None:
        found.append(
            f"{source} is public and {target} is not; merge the other way round, so that the "
            "public code keeps its incident."
        )
    found += [
        f"Claims {one.pk} and {other.pk} are whole figures of one statement for the same people; "
        "correct one of them first, or say that it counts only a part of the event."
        for one, other in twins_of(source, target)
        if one.covers_whole_incident and other.covers_whole_incident
    ]
    return found


def twins_of(source: Incident, target: Incident) -> list[tuple[Claim, Claim]]:
    """Whole rows of one utterance that one incident can't hold beside each other."""
    rows = Claim.objects.filter(
        incident__in=[source, target], state=ClaimState.ACCEPTED, part_of__isnull=True
    )
    there = {_utterance(claim): claim for claim in rows if claim.incident_id == target.pk}
    return [
        (claim, there[_utterance(claim)])
        for claim in rows.order_by("id")
        if claim.incident_id == source.pk and _utterance(claim) in there
    ]


def get_restructuring(restructuring_id: int) -> Restructuring:
    """A merge or split with what it concerns. Raises NotFound."""
    found = _with_people().filter(pk=restructuring_id).first()
    if found is None:
        raise NotFound(f"There is no merge or split {restructuring_id}.")
    return found


def list_restructurings(incident: Incident) -> list[Restructuring]:
    """What the incident gave or received, the latest first; undone ones among them."""
    rows = _with_people().filter(Q(source=incident) | Q(target=incident))
    return list(rows.order_by("-at", "-id"))


def conflicts_of(merge: Restructuring) -> list[str]:
    """What happened since that undoing this merge would undo too, a sentence each."""
    source, target, image = merge.source, merge.target, merge.pre_image
    if merge.kind != RestructuringKind.MERGE:
        return [f"A split is undone by merging {target} into {source}."]
    if hasattr(merge, "undo"):
        return ["This merge was undone before."]
    if target.merged_into is not None:
        return [f"{target} was itself merged into {target.merged_into} since; undo that first."]
    found = []
    if target.status == IncidentStatus.IN_REVIEW:
        found.append(f"{target} is in review and locked; a reviewer can return it with a reason.")
    if target.versions > image["target"]["versions"]:
        found.append(
            f"Version {target.versions} of {target} was published since and counts what came "
            f"from {source}; split its claims off instead, and publish again."
        )
    return [*found, *_changed_claims(merge), *_changed_parties(merge)]


def _changed_claims(merge: Restructuring) -> list[str]:
    former = {one["id"]: one for one in merge.pre_image["claims"]}
    found = []
    for claim in Claim.objects.filter(pk__in=former).select_related("decided_by").order_by("id"):
        if claim.incident_id != merge.target_id:
            found.append(f"Claim {claim.pk} was moved on or rejected since.")
        elif _decided(_values(claim)) != _decided(former[claim.pk]):
            who = claim.decided_by.alias if claim.decided_by else ""
            found.append(f"Claim {claim.pk} was decided anew since, by {who}.")
    parts = Claim.objects.filter(incident=merge.target_id, part_of__in=former)
    found += [
        f"Claim {claim.pk}, linked since, counts a part of claim {claim.part_of_id}."
        for claim in parts.exclude(pk__in=former).order_by("id")
    ]
    return found


def _changed_parties(merge: Restructuring) -> list[str]:
    former = {one["id"]: one for one in merge.pre_image["parties"]}
    rows = IncidentParty.objects.filter(pk__in=former, incident=merge.target_id)
    return [
        f"Whether {row.party.name} is accused was changed since."
        for row in rows.select_related("party").order_by("id")
        if row.accused != former[row.pk]["accused"]
    ]


def _with_people() -> QuerySet[Restructuring]:
    return Restructuring.objects.select_related(
        "source__merged_into", "target__merged_into", "by", "undo__by"
    )


def _standing(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.pk,
        "status": incident.status,
        "versions": incident.versions,
        "revision": incident.revision,
        "named": floors_of(incident),
    }


def _values(claim: Claim) -> dict[str, Any]:
    values = {name: getattr(claim, name) for name in _VALUES}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }


def _decided(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _VALUES if name != _GIVEN_BY_THE_MERGE}


def _utterance(claim: Claim) -> tuple[str, str, str]:
    return claim.statement, claim.outcome, claim.subject_status


def _ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("id").values_list("id", flat=True))


def _contributors(family: list[int]) -> list[int]:
    """All who ever had a hand in it: to who reviews the other incident, all of it is new."""
    rows = Contribution.objects.filter(incident__in=family).order_by("person")
    return list(rows.values_list("person", flat=True).distinct())
