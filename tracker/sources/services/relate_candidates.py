"""Stored texts that may share wording with new ones: by keys, with a limit on what keys bring."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from tracker.sources.models import Article, CommonKey
from tracker.sources.rules.lineage_furniture import DAYS_IN_ONE_OUTLET, recurring
from tracker.sources.rules.lineage_stories import MOST_STORIES_OF_A_KEY, worth_comparing
from tracker.sources.rules.signature import ALGORITHM, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

#: One statement for a whole batch: the stored texts that share a key with each that asks.
_SHARING = """
    WITH asked AS (
        SELECT asking,
            COALESCE(array_agg(key) FILTER (WHERE is_band), '{}') AS bands,
            COALESCE(array_agg(key) FILTER (WHERE NOT is_band), '{}') AS sentences
        FROM unnest(%s::bigint[], %s::boolean[], %s::bigint[]) AS keys(asking, is_band, key)
        GROUP BY asking
    )
    SELECT asked.asking, stored.article_id,
        ARRAY(SELECT unnest(stored.bands) INTERSECT SELECT unnest(asked.bands)),
        ARRAY(SELECT unnest(stored.sentences) INTERSECT SELECT unnest(asked.sentences))
    FROM asked JOIN sources_textsignature AS stored
        ON (stored.bands && asked.bands OR stored.sentences && asked.sentences)
        AND stored.algorithm = %s AND stored.article_id <> asked.asking
"""
_KNOWN_COMMON = "SELECT key FROM sources_commonkey WHERE key = ANY(%s::bigint[])"


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carried a text and when; ``story`` None = the text is new in this batch."""

    story: int | None
    outlet: str
    published: date | None


@dataclass(slots=True)
class Candidates:
    """What was found for a batch.

    ``of``: for each article the others to be compared in full. ``furniture``: keys of sentences
    that recur from day to day. ``signatures``: those of the batch without the common keys.
    """

    of: dict[int, list[int]]
    furniture: frozenset[int]
    signatures: dict[int, Signature]
    carriers: dict[int, Carrier] = field(default_factory=dict)


@dataclass(slots=True)
class _Shared:
    """The keys that two texts have in common."""

    bands: set[int] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)


def find_candidates(
    signatures: Mapping[int, Signature], carriers: Mapping[int, Carrier], *, now: datetime
) -> Candidates:
    """The stored texts, and those of the batch itself, that share enough keys with each.

    A key that more than so many stories share is kept in ``CommonKey`` from now on, so no key ever
    brings more than these stories: what recurs everywhere can't make the lists explode.
    """
    known = _known_common({key for s in signatures.values() for key in (*s.bands, *s.sentences)})
    asked = {pk: signature.without(known) for pk, signature in signatures.items()}
    shared = _stored_sharing(asked)
    everyone = dict(carriers) | _carriers({other for others in shared.values() for other in others})
    _add_batch(asked, shared)
    common = _found_common(shared, everyone)
    if common:
        CommonKey.objects.bulk_create(
            [CommonKey(key=key, since=now) for key in sorted(common)], ignore_conflicts=True
        )
    return Candidates(
        of={
            asking: worth_comparing(
                {
                    other: (len(keys.bands - common), len(keys.sentences - common))
                    for other, keys in others.items()
                }
            )
            for asking, others in shared.items()
        },
        furniture=known | common | _recurring(shared, everyone),
        signatures={pk: signature.without(common) for pk, signature in asked.items()},
        carriers=everyone,
    )


def array_literal(numbers: Iterable[int]) -> str:
    """Numbers as PostgreSQL writes an array: thousands of keys go over in one piece."""
    return f"{{{','.join(map(str, numbers))}}}"


def _known_common(keys: set[int]) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_COMMON, [array_literal(keys)])
        return frozenset(key for (key,) in cursor.fetchall())


def _stored_sharing(asked: Mapping[int, Signature]) -> dict[int, dict[int, _Shared]]:
    flat = [
        (asking, is_band, key)
        for asking, signature in asked.items()
        for is_band, keys in ((True, signature.bands), (False, signature.sentences))
        for key in keys
    ]
    shared: dict[int, dict[int, _Shared]] = defaultdict(dict)
    if not flat:
        return shared
    with connection.cursor() as cursor:
        # Compiling the statement takes longer than running it, and one look at the indexes is
        # always shorter than reading the table.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute("SET LOCAL enable_seqscan = off")
        askers, kinds, keys = zip(*flat, strict=True)
        cursor.execute(
            _SHARING, [array_literal(askers), list(kinds), array_literal(keys), ALGORITHM]
        )
        for asking, other, bands, sentences in cursor.fetchall():
            shared[asking][other] = _Shared(set(bands), set(sentences))
        cursor.execute("SET LOCAL enable_seqscan = on")
    return shared


def _carriers(article_ids: Iterable[int]) -> dict[int, Carrier]:
    rows = Article.objects.filter(pk__in=list(article_ids))
    return {
        pk: Carrier(story=story, outlet=str(outlet or ""), published=published)
        for pk, story, outlet, published in rows.values_list(
            "pk", "story_id", "outlet_id", "published_on"
        )
    }


def _add_batch(asked: Mapping[int, Signature], shared: dict[int, dict[int, _Shared]]) -> None:
    """What the new texts share with each other; each pair is found once, from the later side."""
    holders: dict[int, list[int]] = defaultdict(list)
    for asking, signature in asked.items():
        for is_band, keys in ((True, signature.bands), (False, signature.sentences)):
            for key in keys:
                for other in holders[key]:
                    pair = shared.setdefault(asking, {}).setdefault(other, _Shared())
                    (pair.bands if is_band else pair.sentences).add(key)
        for key in (*signature.bands, *signature.sentences):
            holders[key].append(asking)


def _found_common(
    shared: Mapping[int, Mapping[int, _Shared]], carriers: Mapping[int, Carrier]
) -> frozenset[int]:
    """Keys that the stories found share more than is worth knowing."""
    stories: dict[int, set[int]] = defaultdict(set)
    for others in shared.values():
        for other, keys in others.items():
            # An article of the batch itself stands for the story it will begin.
            story = carriers[other].story or -other
            for key in keys.bands | keys.sentences:
                stories[key].add(story)
    return frozenset(k for k, held_by in stories.items() if len(held_by) > MOST_STORIES_OF_A_KEY)


def _recurring(
    shared: Mapping[int, Mapping[int, _Shared]], carriers: Mapping[int, Carrier]
) -> frozenset[int]:
    holders: dict[int, set[int]] = defaultdict(set)
    for asking, others in shared.items():
        for other, keys in others.items():
            for key in keys.sentences:
                holders[key].update((asking, other))
    return recurring(
        (key, carriers[who].outlet, carriers[who].published)
        for key, everyone in holders.items()
        if len(everyone) >= DAYS_IN_ONE_OUTLET
        for who in everyone
    )
