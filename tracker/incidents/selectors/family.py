"""Incidents that were merged, and the one that stands for them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.families import members_of
from tracker.incidents.models import Incident

if TYPE_CHECKING:
    from collections.abc import Iterable


def homes_of(incident_ids: Iterable[int]) -> dict[int, int]:
    """Of the incidents that stand, every member of their families with the one it belongs to.

    Positions, evidence and numbers of named victims never move: they stay with the incident they
    were recorded for and are read with the one it was merged into. Of a merged one nothing is
    left to read.
    """
    return dict(members_of(Incident, incident_ids, with_merged=False))


def family_of(incident: Incident) -> list[int]:
    """The incident and all that were merged into it, by id, wherever it belongs itself."""
    return sorted(member for member, _ in members_of(Incident, [incident.pk], with_merged=True))
