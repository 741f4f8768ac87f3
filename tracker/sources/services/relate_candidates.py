"""Stored texts that may share wording with new ones: by keys, with a limit on what keys bring."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from tracker.sources.models import CommonKey
from tracker.sources.rules.lineage_furniture import DAYS_IN_ONE_OUTLET, recurring
from tracker.sources.rules.lineage_stories import MOST_STORIES_OF_A_KEY, worth_comparing
from tracker.sources.rules.signature import ALGORITHM, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

#: One statement for a whole batch: the stored texts that share a key with each that asks. OFFSET 0
#: keeps the planner to that order: it takes the arrays for likelier to meet than they are.
_SHARING = """
    WITH asked AS (
        SELECT asking,
            COALESCE(array_agg(key) FILTER (WHERE is_band), '{}') AS bands,
            COALESCE(array_agg(key) FILTER (WHERE NOT is_band), '{}') AS sentences
        FROM unnest(%s::bigint[], %s::boolean[], %s::bigint[]) AS keys(asking, is_band, key)
        GROUP BY asking
    )
    SELECT asked.asking, stored.article_id, article.story_id, article.outlet_id,
        article.published_on,
        ARRAY(SELECT key FROM unnest(stored.bands) AS key WHERE key = ANY (asked.bands)),
        ARRAY(SELECT key FROM unnest(stored.sentences) AS key WHERE key = ANY (asked.sentences))
    FROM asked
    CROSS JOIN LATERAL (
        SELECT article_id, bands, sentences FROM sources_textsignature
        WHERE (bands && asked.bands OR sentences && asked.sentences)
            AND algorithm = %s AND article_id <> asked.asking
        OFFSET 0
    ) AS stored
    CROSS JOIN LATERAL (
        SELECT story_id, outlet_id, published_on FROM sources_article
        WHERE id = stored.article_id OFFSET 0
    ) AS article
"""
#: Compiling the next statement would take longer than running it, and so would reading a small
#: table whole, array by array: no jit and no sequential scan in this transaction.
_KNOWN_COMMON = """
    SELECT set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true),
        ARRAY(SELECT key FROM sources_commonkey WHERE key = ANY(%s::bigint[]))
"""


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
    everyone = dict(carriers)
    shared = _stored_sharing(asked, everyone)
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
        return frozenset(cursor.fetchone()[2])


def _stored_sharing(
    asked: Mapping[int, Signature], carriers: dict[int, Carrier]
) -> dict[int, dict[int, _Shared]]:
    """The stored texts that share keys, for each that asks; adds to the carriers who has them."""
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
        askers, kinds, keys = zip(*flat, strict=True)
        cursor.execute(
            _SHARING, [array_literal(askers), list(kinds), array_literal(keys), ALGORITHM]
        )
        for asking, other, story, outlet, published, bands, sentences in cursor.fetchall():
            shared[asking][other] = _Shared(set(bands), set(sentences))
            if other not in carriers:
                carriers[other] = Carrier(story, str(outlet or ""), published)
    return shared


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
