"""Stories and origins, worked out anew from the links that stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from tracker.sources.choices import COPIES, LineageKind, LinkState
from tracker.sources.models import Article, LineageLink, Story
from tracker.sources.rules.lineage_links import Descent, Link, descents, wordings
from tracker.sources.rules.lineage_reasons import Reason, ReasonCode
from tracker.sources.rules.lineage_stories import Joint, partition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from tracker.sources.rules.lineage_links import Precedence

_LINEAGE_LOCK = (7106, 3)
_SAVE = """
    UPDATE sources_article AS article
    SET story_id = place.story, origin_id = place.origin, lineage_kind = place.kind,
        overlap = place.overlap
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::double precision[])
        AS place(id, story, origin, kind, overlap)
    WHERE article.id = place.id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs."""

    story: int
    origin: int | None
    kind: str
    overlap: float | None


def lock_lineage() -> None:
    """One at a time, or two copies compared at the same moment would not see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _LINEAGE_LOCK)


def precedence_of(article: Article) -> Precedence:
    """Earliest first: by day of publication where it is known, then as received."""
    return (article.published_on or date.max, article.received_at, article.pk)


def regroup(*, story_ids: Collection[int], now: datetime) -> dict[int, Place]:
    """Divide the members of these stories anew by the links that stand; return where each is.

    Must run inside a transaction that holds the lineage lock.
    """
    members = {
        article.pk: article
        for article in Article.objects.filter(story_id__in=story_ids)
        .only("story_id", "origin_id", "lineage_kind", "overlap", "published_on", "received_at")
        .order_by("pk")
    }
    rows = list(
        LineageLink.objects.filter(article__in=members).values_list(
            "article_id", "other_id", "kind", "overlap", "share", "state"
        )
    )
    standing = [
        Link(article, other, kind, overlap, share or 0.0, state == LinkState.CONFIRMED)
        for article, other, kind, overlap, share, state in rows
        if state != LinkState.REFUSED
    ]
    copies = [link for link in standing if link.kind in COPIES and link.other in members]
    refused = [
        (article, other)
        for article, other, *_, state in rows
        if state == LinkState.REFUSED and other in members
    ]
    groups = partition(
        members, [Joint(link.article, link.other, link.strength) for link in copies], refused
    )
    partial = [link for link in standing if link.kind == LineageKind.PARTIAL_OVERLAP]
    places = _places(groups, members, copies, partial, now=now)
    _add_missing_verbatim(groups, copies, places, now=now)
    save_places({pk: place for pk, place in places.items() if place != _place_of(members[pk])})
    Story.objects.filter(pk__in=story_ids, articles__isnull=True).delete()
    return places


def save_places(places: Mapping[int, Place]) -> None:
    """Write where articles belong in one statement."""
    if not places:
        return
    columns: list[Any] = [
        list(places),
        [place.story for place in places.values()],
        [place.origin for place in places.values()],
        [place.kind for place in places.values()],
        [place.overlap for place in places.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, columns)


def _places(
    groups: Sequence[list[int]],
    members: Mapping[int, Article],
    copies: Sequence[Link],
    partial: Iterable[Link],
    *,
    now: datetime,
) -> dict[int, Place]:
    precedence = {pk: precedence_of(article) for pk, article in members.items()}
    shares_with = _best_partial(partial)
    places: dict[int, Place] = {}
    taken: set[int] = set()
    for group in sorted(groups, key=lambda group: min(precedence[pk] for pk in group)):
        links = _within(group, copies)
        story = _story_for(group, members, taken, now=now)
        taken.add(story)
        for pk, descent in descents(group, links, precedence).items():
            found = descent or shares_with.get(pk)
            places[pk] = (
                Place(story, found.origin, found.kind, found.overlap)
                if found
                else Place(story, None, LineageKind.ORIGINAL.value, None)
            )
    return places


def _within(group: Iterable[int], links: Iterable[Link]) -> list[Link]:
    inside = set(group)
    return [link for link in links if link.article in inside and link.other in inside]


def _story_for(
    group: Iterable[int], members: Mapping[int, Article], taken: set[int], *, now: datetime
) -> int:
    """The oldest story of the group that no other group has kept, else a new one."""
    theirs = {members[pk].story_id for pk in group} - taken
    known = [story for story in theirs if story is not None]
    return min(known) if known else Story.objects.create(made_at=now).pk


def _best_partial(partial: Iterable[Link]) -> dict[int, Descent]:
    """For each article the text it shares most passages with."""
    ordered = sorted(partial, key=lambda link: link.strength)
    return {link.article: link.seen_from(link.article) for link in ordered}


def _add_missing_verbatim(
    groups: Iterable[list[int]],
    copies: Sequence[Link],
    places: Mapping[int, Place],
    *,
    now: datetime,
) -> None:
    """A wording that was met earlier elsewhere: its copies are linked to where it was met first."""
    linked = {frozenset((link.article, link.other)) for link in copies}
    missing = [
        (pk, origin)
        for group in groups
        for wording in wordings(group, _within(group, copies))
        for pk in wording
        if (origin := places[pk].origin) in wording and frozenset((pk, origin)) not in linked
    ]
    reasons = [Reason(ReasonCode.SHARE, 1.0), Reason(ReasonCode.COPY, 1.0)]
    LineageLink.objects.bulk_create(
        [
            LineageLink(
                article_id=pk,
                other_id=origin,
                kind=LineageKind.VERBATIM_COPY,
                overlap=1.0,
                share=1.0,
                reasons=[reason.as_json() for reason in reasons],
                made_at=now,
            )
            for pk, origin in missing
        ],
        ignore_conflicts=True,
    )


def _place_of(article: Article) -> Place:
    return Place(
        story=article.story_id or 0,
        origin=article.origin_id,
        kind=article.lineage_kind,
        overlap=article.overlap,
    )
