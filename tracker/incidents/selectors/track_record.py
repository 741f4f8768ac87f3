"""How often what a source said was later corroborated or corrected, and whose text it prints.

It stands beside the rating that people give and never sets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection

#: Figures of killed or injured that a source gives in its own name, once accepted into an incident.
#: A later one of another named speaker corroborates it where neither copies, no party and no person
#: holds both for one origin, and the two figures can both be true. It is corrected where it was
#: retracted, or where the source itself later gives one that excludes it and is no rising toll.
_FIGURES = """
    WITH spoken AS (
        SELECT claim.*, claim.speaker_id AS source_id
        FROM incidents_claim AS claim WHERE claim.speaker_id = ANY(%(sources)s)
        UNION ALL
        SELECT claim.*, article.outlet_id AS source_id
        FROM incidents_claim AS claim JOIN sources_article AS article
            ON article.id = claim.article_id
        WHERE claim.speaker_id IS NULL AND claim.speaker_text = ''
            AND article.outlet_id = ANY(%(sources)s)
    ),
    own AS (
        SELECT spoken.*,
            COALESCE(spoken.said_on, article.published_on, article.received_at::date) AS day
        FROM spoken JOIN sources_article AS article ON article.id = spoken.article_id
        WHERE spoken.incident_id IS NOT NULL AND spoken.part_of_id IS NULL
            AND spoken.state IN ('ACCEPTED', 'RETRACTED')
            AND spoken.outcome IN ('KILLED', 'INJURED') AND spoken.polarity = 'ASSERTS_HARM'
            AND (spoken.minimum IS NOT NULL OR spoken.maximum IS NOT NULL)
    ),
    later AS (
        SELECT own.id AS own_id, own.source_id, other.speaker_id, other.is_cumulative_update,
            own."group" AS own_group, own.party_id AS own_party,
            other."group", other.party_id,
            own.copy_of_id = other.id OR other.copy_of_id = own.id
                OR other.copy_of_id = own.copy_of_id AS is_copy,
            COALESCE(other.minimum, 0) <= COALESCE(own.maximum, 2147483647)
                AND COALESCE(own.minimum, 0) <= COALESCE(other.maximum, 2147483647) AS agrees
        FROM own
        JOIN incidents_claim AS other ON other.incident_id = own.incident_id
            AND other.id <> own.id AND other.outcome = own.outcome
            AND other.subject_status = own.subject_status
            AND other.state = 'ACCEPTED' AND other.polarity = 'ASSERTS_HARM'
            AND other.part_of_id IS NULL AND other.speaker_id IS NOT NULL
            AND (other.minimum IS NOT NULL OR other.maximum IS NOT NULL)
        JOIN sources_article AS article ON article.id = other.article_id
        WHERE COALESCE(other.said_on, article.published_on, article.received_at::date) >= own.day
            AND (
                other.speaker_id <> own.source_id
                OR COALESCE(other.said_on, article.published_on, article.received_at::date)
                    > own.day
            )
    )
    SELECT own.source_id, count(*),
        count(*) FILTER (WHERE own.id IN (
            SELECT own_id FROM later
            WHERE speaker_id <> source_id AND agrees AND is_copy IS NOT TRUE
                AND ("group" = '' OR "group" <> own_group)
                AND (party_id IS NULL OR party_id IS DISTINCT FROM own_party)
        )),
        count(*) FILTER (WHERE own.state = 'RETRACTED' OR own.id IN (
            SELECT own_id FROM later
            WHERE speaker_id = source_id AND NOT agrees AND NOT is_cumulative_update
        ))
    FROM own GROUP BY own.source_id
"""

_TEXTS = """
    SELECT article.outlet_id, count(*), count(origin.id)
    FROM sources_article AS article
    LEFT JOIN sources_article AS origin ON origin.id = article.origin_id
        AND origin.outlet_id IS DISTINCT FROM article.outlet_id
    WHERE article.outlet_id = ANY(%(sources)s) AND article.previous_id IS NULL
    GROUP BY article.outlet_id
"""

_COPIED = """
    SELECT origin.outlet_id, count(*)
    FROM sources_article AS origin
    JOIN sources_article AS copy ON copy.origin_id = origin.id
        AND copy.outlet_id IS DISTINCT FROM origin.outlet_id
    WHERE origin.outlet_id = ANY(%(sources)s) AND copy.previous_id IS NULL
    GROUP BY origin.outlet_id
"""


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """What the records show of a source.

    ``figures``: its own; ``corroborated`` and ``corrected`` of them, later. ``articles``: what it
    published; ``copies`` of them descend from another's text, ``copied``: of others', from its.
    """

    figures: int = 0
    corroborated: int = 0
    corrected: int = 0
    articles: int = 0
    copies: int = 0
    copied: int = 0


def track_records(source_ids: Collection[int]) -> dict[int, TrackRecord]:
    """The record of every source asked for, in three queries."""
    if not source_ids:
        return {}
    figures = _counted(_FIGURES, source_ids)
    texts = _counted(_TEXTS, source_ids)
    copied = _counted(_COPIED, source_ids)
    return {
        pk: TrackRecord(*figures.get(pk, (0, 0, 0)), *texts.get(pk, (0, 0)), *copied.get(pk, (0,)))
        for pk in source_ids
    }


def figure_records(source_ids: Collection[int]) -> dict[int, TrackRecord]:
    """The same without texts, in one query: what stands beside a claim."""
    if not source_ids:
        return {}
    figures = _counted(_FIGURES, source_ids)
    return {pk: TrackRecord(*figures.get(pk, (0, 0, 0))) for pk in source_ids}


def _counted(query: str, source_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"sources": list(source_ids)})
        return {row[0]: row[1:] for row in cursor.fetchall()}
