"""What the pages of merging sources show: both sides, what would change, the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from tracker.incidents.models import Claim, Incident
from tracker.incidents.rules.reading import as_json
from tracker.incidents.selectors.assessment import assess_as_one, assess_incidents
from tracker.incidents.selectors.source_merging import (
    may_change,
    obstacles_to_merging_sources,
    twin_articles,
)
from tracker.sources.models import Source
from tracker.sources.rules.alike import spelled_alike
from tracker.sources.selectors.sources import standing_of
from tracker.verification.selectors.closed import closed_to
from tracker.web.selectors.incidents import shown_range

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from tracker.core.actor import Actor
    from tracker.incidents.selectors.assessment import Assessed

#: Names that are compared, and incidents that are read to show what would change.
_NAMES = 5000
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class SourceSide:
    """One of the two sources."""

    reliability: str | None
    notes: int
    articles: int
    claims: int
    feeds: int


@dataclass(frozen=True, slots=True)
class ChangedRange:
    """An incident whose answer would be another, as it is and as it would be."""

    incident: Incident
    killed: SafeString
    injured: SafeString
    grade: str
    sources: int
    killed_then: SafeString
    injured_then: SafeString
    grade_then: str
    sources_then: int


@dataclass(frozen=True, slots=True)
class WeighedSources:
    """A merge of sources before it is made; with ``obstacles`` it can't be.

    ``unread`` incidents more may change and are not shown. ``twins`` articles would stay.
    """

    source: Source
    target: Source
    goes: SourceSide
    stays: SourceSide
    changed: list[ChangedRange]
    unread: int
    twins: int
    obstacles: list[str]


def weigh_sources(source: Source, target: Source, *, viewer: Actor) -> WeighedSources:
    """Both as they stand, and the incidents that would be counted anew, but for those that are
    closed to who codes an article blind."""
    obstacles = obstacles_to_merging_sources(source, target)
    closed = closed_to(viewer).incidents
    ids = [pk for pk in may_change(source, target) if pk not in closed]
    incidents = list(Incident.objects.filter(pk__in=ids[:_SHOWN]).order_by("pk"))
    now = assess_incidents(incidents)
    then = assess_as_one(incidents, source, target)
    standings = standing_of([source.pk, target.pk])
    return WeighedSources(
        source=source,
        target=target,
        goes=_side(source, standings[source.pk].reliability),
        stays=_side(target, standings[target.pk].reliability),
        changed=[
            _changed(now[one.pk], then[one.pk])
            for one in incidents
            if as_json(now[one.pk].assessment) != as_json(then[one.pk].assessment)
        ],
        unread=max(0, len(ids) - _SHOWN),
        twins=twin_articles(source, target).count(),
        obstacles=obstacles,
    )


def alike_sources(source: Source) -> list[Source]:
    """Sources that stand and are spelled like this one, the most alike first."""
    others = Source.objects.filter(merged_into__isnull=True).exclude(pk=source.pk)
    names = dict(others.order_by(Lower("name")).values_list("name", "pk")[:_NAMES])
    found = spelled_alike(source.name, names)
    rows = Source.objects.select_related("party").in_bulk([names[name] for name in found])
    return [rows[names[name]] for name in found]


def _side(source: Source, reliability: str | None) -> SourceSide:
    return SourceSide(
        reliability=reliability,
        notes=source.notes.count(),
        articles=source.articles.count(),
        claims=Claim.objects.filter(speaker=source).count(),
        feeds=source.feeds.count(),
    )


def _changed(now: Assessed, then: Assessed) -> ChangedRange:
    return ChangedRange(
        incident=now.incident,
        killed=shown_range(now.assessment, "KILLED"),
        injured=shown_range(now.assessment, "INJURED"),
        grade=now.assessment.grade,
        sources=now.assessment.independent_groups,
        killed_then=shown_range(then.assessment, "KILLED"),
        injured_then=shown_range(then.assessment, "INJURED"),
        grade_then=then.assessment.grade,
        sources_then=then.assessment.independent_groups,
    )
