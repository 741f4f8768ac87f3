"""Incidents that were merged, and the one that stands for them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.incidents.models import Incident

#: Each with itself and all that were merged into it, however often.
_FAMILIES = """
    WITH RECURSIVE family(id, home) AS (
        SELECT id, id FROM incidents_incident WHERE id = ANY(%s)
        UNION ALL
        SELECT away.id, family.home FROM incidents_incident AS away
        JOIN family ON away.merged_into_id = family.id
    )
    SELECT family.id, family.home FROM family
    JOIN incidents_incident AS head ON head.id = family.home
    WHERE head.merged_into_id IS NULL OR %s
"""


def homes_of(incident_ids: Iterable[int]) -> dict[int, int]:
    """Of the incidents that stand, every member of their families with the one it belongs to.

    Positions, evidence and numbers of named victims never move: they stay with the incident they
    were recorded for and are read with the one it was merged into. Of a merged one nothing is
    left to read.
    """
    return dict(_families(incident_ids, with_merged=False))


def family_of(incident: Incident) -> list[int]:
    """The incident and all that were merged into it, by id, wherever it belongs itself."""
    return sorted(member for member, _ in _families([incident.pk], with_merged=True))


def home_of(incident: Incident) -> Incident:
    """Where it is found now: the incident itself, or where its merges lead."""
    while incident.merged_into is not None:
        incident = incident.merged_into
    return incident


def _families(incident_ids: Iterable[int], *, with_merged: bool) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_FAMILIES, [list(incident_ids), with_merged])
        return [(member, home) for member, home in cursor.fetchall()]
