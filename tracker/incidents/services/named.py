"""The named floor: how many victims of an incident are named, pushed down as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.incidents.choices import ContributionKind, Outcome
from tracker.incidents.models import NamedFloor
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services.assess import store_assessment
from tracker.incidents.services.contribution import lock_for_editing, lock_with_home, mark_changed

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident
    from tracker.incidents.rules import NamedVictims


@transaction.atomic
def set_named_floor(
    *, incident_id: int, named: NamedVictims, actor: Actor, now: datetime
) -> Incident:
    """Say how many civilian victims are named; the rules run again and the answer is kept.

    A published incident goes under revision. In review a floor may only sink, and whoever reads
    it there has to read again. Of an incident that is merged away the number is kept, and the one
    it was merged into is what changes and is returned. Raises NotAllowed, NotFound, UnableToEdit.
    """
    require_right(actor, Right.EDIT_INCIDENTS)
    incident, home = lock_with_home(incident_id)
    wanted = {Outcome.KILLED.value: named.killed, Outcome.INJURED.value: named.injured}
    rows = {row.outcome: row for row in NamedFloor.objects.filter(incident=incident)}
    before = {name: rows[name].victims if name in rows else 0 for name in wanted}
    changed = [name for name in wanted if wanted[name] != before[name]]
    if not changed:
        return home
    if any(wanted[name] > before[name] for name in changed):
        lock_for_editing(home.pk)
    for name in changed:
        row = rows.get(name) or NamedFloor(incident=incident, outcome=name)
        row.victims = wanted[name]
        row.changed_at = now
        row.save()
    record_event(
        actor=actor,
        action="incident.set_named_floor",
        target=home,
        now=now,
        changes={f"named_{name.lower()}": [before[name], wanted[name]] for name in changed},
    )
    mark_changed(home, people=[actor.person_id], kind=ContributionKind.NAMED, now=now)
    store_assessment(assessed=assess_incident(home), now=now)
    return home
