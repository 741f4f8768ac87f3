"""What partners may read: the latest published version of each incident, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from tracker.core.errors import NotFound
from tracker.core.families import home_of
from tracker.incidents.models import Incident
from tracker.publication.models import PinnedSource, Version
from tracker.publication.rules.speaker import public_speaker

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet


class MovedCode(NotFound):
    """The incident of this code was merged into another; ``merged_into`` is the one that counts."""

    def __init__(self, asked: str, merged_into: str) -> None:
        super().__init__(f"{asked} was merged into {merged_into}.")
        self.merged_into = merged_into


@dataclass(frozen=True, slots=True)
class PublishedFilter:
    """What a list may be narrowed by; None = not narrowed."""

    grade: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublishedSource:
    """A source as pinned by the latest version that cites it."""

    id: int
    name: str
    kind: str
    reliability: str | None
    note: str | None
    note_made_on: date | None
    incidents: tuple[str, ...]


def latest_versions() -> QuerySet[Version]:
    """The version in force of every published incident, latest publication first.

    One that was merged into another has none: that one's next version counts what came.
    """
    in_force = Version.objects.filter(
        number=F("incident__versions"), incident__merged_into__isnull=True
    )
    return in_force.order_by("-published_at", "-id")


def list_published(
    *,
    limit: int,
    after: tuple[datetime, int] | None = None,
    narrowed: PublishedFilter | None = None,
) -> list[Version]:
    """Up to ``limit`` versions in force after the (published_at, id) of the last one seen."""
    versions = latest_versions()
    narrowed = narrowed or PublishedFilter()
    if narrowed.grade is not None:
        versions = versions.filter(grade=narrowed.grade)
    if narrowed.date_from is not None:
        versions = versions.filter(date_end__gte=narrowed.date_from)
    if narrowed.date_to is not None:
        versions = versions.filter(date_start__lte=narrowed.date_to)
    if narrowed.updated_since is not None:
        versions = versions.filter(published_at__gte=narrowed.updated_since)
    if after is not None:
        at, last_id = after
        versions = versions.filter(Q(published_at__lt=at) | Q(published_at=at, id__lt=last_id))
    return list(versions.only("id", "document", "published_at", "code", "number")[:limit])


def get_published(code: str) -> Version:
    """The version in force under this public code. Raises NotFound, MovedCode."""
    version = latest_versions().filter(code=code).first()
    if version is not None:
        return version
    merged = Incident.objects.filter(code=code, merged_into__isnull=False).first()
    if merged is not None:
        raise MovedCode(code, str(home_of(merged)))
    raise NotFound(f"No incident is published as {code}.")


def list_published_sources(*, limit: int, after: int | None = None) -> list[PublishedSource]:
    """Up to ``limit`` sources that a version in force cites, by id, after the last one seen.

    Rating and note are those of the latest version that cites the source: what partners read is
    what somebody published, never what staff wrote since.
    """
    pinned = PinnedSource.objects.filter(version__in=latest_versions().order_by())
    ids = pinned.filter(source_id__gt=after or 0).order_by("source_id")
    page: list[int] = list(ids.values_list("source_id", flat=True).distinct()[:limit])
    rows = (
        pinned.filter(source_id__in=page)
        .select_related("source", "note", "version")
        .order_by("source_id", "-version__published_at", "-version_id")
    )
    grouped: dict[int, list[PinnedSource]] = {}
    for row in rows:
        grouped.setdefault(row.source_id, []).append(row)
    return [_published_source(grouped[source_id]) for source_id in page]


def _published_source(rows: list[PinnedSource]) -> PublishedSource:
    latest = rows[0]
    note: Any = latest.note
    return PublishedSource(
        id=latest.source_id,
        name=public_speaker(
            source_name=latest.source.name, source_kind=latest.source.kind, words=""
        ),
        kind=latest.source.kind,
        reliability=latest.reliability,
        note=note.text if note else None,
        note_made_on=note.made_at.date() if note else None,
        incidents=tuple(sorted({row.version.code for row in rows})),
    )
