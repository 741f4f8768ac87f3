"""The only thing that leaves this app: how many victims are named, by outcome."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.incidents.rules import NamedVictims
from tracker.incidents.services.named import set_named_floor
from tracker.restricted.choices import COUNTED_STATUS, COUNTS_AS, RecordKind
from tracker.restricted.models import PrivatePerson

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


def push_floor(*, incident_id: int, actor: Actor, now: datetime) -> None:
    """Count the civilian victims on record and hand the numbers down.

    A shredded record counts no more: nothing is left that tells its victim from another. Where
    incidents were merged, each counts its own list and the largest number holds.
    Raises UnableToEdit where the incident is in review and the floor would rise.
    """
    outcomes = PrivatePerson.objects.filter(
        incident_id=incident_id,
        kind=RecordKind.VICTIM,
        status=COUNTED_STATUS,
        shredded_at__isnull=True,
        outcome__in=COUNTS_AS,
    ).values_list("outcome", flat=True)
    counted = Counter(COUNTS_AS[outcome] for outcome in outcomes)
    set_named_floor(
        incident_id=incident_id,
        named=NamedVictims(killed=counted["KILLED"], injured=counted["INJURED"]),
        actor=actor,
        now=now,
    )
