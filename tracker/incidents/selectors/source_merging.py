"""What a merge of two sources moves and changes, and what stands in its way or its undo's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tracker.core.errors import NotFound
from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Incident
from tracker.incidents.rules.reading import as_json
from tracker.incidents.selectors.assessment import assess_as_one, assess_incidents
from tracker.sources.models import Article, Feed, SourceMerge
from tracker.sources.selectors.sources import family_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from tracker.sources.models import Source

#: Incidents that are read at once; an outlet may be heard in thousands.
_BATCH = 200
_NAMED = 5


def heard_in(source: Source) -> QuerySet[Incident]:
    """Incidents with a claim that the source makes by name or in its own voice."""
    spoken = Claim.objects.filter(_spoken_by(source), incident__isnull=False)
    return Incident.objects.filter(pk__in=spoken.values("incident"))


def may_change(source: Source, target: Source) -> list[int]:
    """Incidents whose answer may be another once both are one: where both are heard, or where the
    party of one becomes that of the other."""
    one = set(heard_in(source).values_list("pk", flat=True))
    other = set(heard_in(target).values_list("pk", flat=True))
    return sorted(one & other if source.party_id == target.party_id else one | other)


def answers_of(incident_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What the rules answer now, by incident."""
    ids = sorted(incident_ids)
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), _BATCH):
        incidents = list(Incident.objects.filter(pk__in=ids[start : start + _BATCH]))
        assessed = assess_incidents(incidents)
        found |= {pk: as_json(one.assessment) for pk, one in assessed.items()}
    return found


def twin_articles(source: Source, target: Source) -> QuerySet[Article]:
    """Articles of ``source`` whose number ``target`` has given too: one outlet can't have both."""
    numbered = Article.objects.filter(previous__isnull=True).exclude(external_id="")
    taken = numbered.filter(outlet=target).values("external_id")
    return numbered.filter(outlet=source, external_id__in=taken)


def source_pre_image(source: Source, target: Source) -> dict[str, Any]:
    """Both as they stand, and all of ``source`` that is given on."""
    claims = Claim.objects.filter(speaker=source).order_by("id")
    articles = Article.objects.filter(outlet=source).exclude(
        pk__in=twin_articles(source, target).values("pk")
    )
    return {
        "source": _standing(source),
        "target": _standing(target),
        "claims": list(claims.values("id", "revision")),
        "articles": list(articles.order_by("id").values_list("id", flat=True)),
        "feeds": list(
            Feed.objects.filter(source=source).order_by("id").values_list("id", flat=True)
        ),
        "takes_party": target.party_id is None and source.party_id is not None,
    }


def obstacles_to_merging_sources(source: Source, target: Source) -> list[str]:
    """What stands in the way of merging ``source`` into ``target``, a sentence each."""
    if source == target:
        return ["A source can't be merged into itself."]
    found = [
        f"{one} was merged into {one.merged_into}; choose that one."
        for one in (source, target)
        if one.merged_into is not None
    ]
    if source.party and target.party and source.party_id != target.party_id:
        found.append(
            f"{source} belongs to {source.party} and {target} to {target.party}; correct one of "
            "them first, if they are one speaker."
        )
    concerned = heard_in(source) | Incident.objects.filter(pk__in=may_change(source, target))
    return [*found, *_locked(concerned), *_left_alone(source, target)]


def get_source_merge(merge_id: int) -> SourceMerge:
    """A merge with what it concerns. Raises NotFound."""
    found = _with_people().filter(pk=merge_id).first()
    if found is None:
        raise NotFound(f"There is no merge of sources {merge_id}.")
    return found


def source_merges_of(source: Source) -> list[SourceMerge]:
    """What was merged into the source, or it into another, the latest first; undone ones too."""
    rows = _with_people().filter(Q(source=source) | Q(target=source))
    return list(rows.order_by("-at", "-id"))


def other_names_of(source: Source) -> list[str]:
    """The names of all that were merged into it."""
    family = type(source).objects.filter(pk__in=family_of(source.pk)).exclude(pk=source.pk)
    return list(family.order_by("name").values_list("name", flat=True))


def moved_incidents(merge: SourceMerge) -> QuerySet[Incident]:
    """Incidents of the claims that were given on, by name or in their outlet's own voice."""
    image = merge.pre_image
    spoken = Q(pk__in=[one["id"] for one in image["claims"]])
    own_voice = Q(speaker__isnull=True, speaker_text="", article__in=image["articles"])
    claims = Claim.objects.filter(spoken | own_voice, incident__isnull=False)
    return Incident.objects.filter(pk__in=claims.values("incident"))


def conflicts_of_source_merge(merge: SourceMerge) -> list[str]:
    """What happened since that undoing this merge would undo too, a sentence each."""
    source, target, image = merge.source, merge.target, merge.pre_image
    if hasattr(merge, "undo"):
        return ["This merge was undone before."]
    if target.merged_into is not None:
        return [f"{target} was itself merged into {target.merged_into} since; undo that first."]
    found = []
    if image["takes_party"] and target.party_id != image["source"]["party"]:
        found.append(f"The party of {target}, which came from {source}, was changed since.")
    given = Claim.objects.filter(pk__in=[one["id"] for one in image["claims"]])
    respoken = given.exclude(speaker=target).select_related("decided_by").order_by("id")
    found += [
        f"Claim {claim.pk} was given another speaker since"
        + (f", by {claim.decided_by.alias}." if claim.decided_by else ".")
        for claim in respoken
    ]
    return [*found, *_locked(moved_incidents(merge))]


def _spoken_by(source: Source) -> Q:
    own_voice = Q(speaker__isnull=True, speaker_text="", article__outlet=source)
    return Q(speaker=source) | own_voice


def _locked(incidents: QuerySet[Incident]) -> list[str]:
    in_review = list(incidents.filter(status=IncidentStatus.IN_REVIEW).order_by("id"))
    return [
        f"{one} is in review and locked; a reviewer can return it with a reason."
        for one in in_review[:_NAMED]
    ] + ([f"So are {len(in_review) - _NAMED} more."] if len(in_review) > _NAMED else [])


def _left_alone(source: Source, target: Source) -> list[str]:
    """Claims of credibility 1 that nobody of another origin would confirm any more."""
    confirmed = Claim.objects.filter(
        incident__in=may_change(source, target), credibility=1, state=ClaimState.ACCEPTED
    ).order_by("id")
    incidents = list(Incident.objects.filter(pk__in=confirmed.values("incident")))
    together = assess_as_one(incidents, source, target)
    return [
        f"Claim {claim.pk} has the credibility 1, confirmed by other sources, and nobody else "
        f"would confirm it in {claim.incident}; rate it anew first."
        for claim in confirmed.select_related("incident")
        if together[claim.incident_id or 0].assessment.provisional
    ]


def _standing(source: Source) -> dict[str, Any]:
    return {
        "id": source.pk,
        "name": source.name,
        "kind": source.kind,
        "party": source.party_id,
        "revision": source.revision,
        "notes": list(source.notes.order_by("id").values_list("id", flat=True)),
    }


def _with_people() -> QuerySet[SourceMerge]:
    return SourceMerge.objects.select_related(
        "source__merged_into", "source__party", "target__merged_into", "target__party", "by"
    ).select_related("undo__by")
