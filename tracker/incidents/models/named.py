"""How many victims of an incident are named: numbers that come from above, without a name."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models

from tracker.core.checks import one_of
from tracker.core.triggers import no_truncate
from tracker.incidents.choices import Outcome
from tracker.incidents.models.incident import Incident

#: The outcomes that have a range, which named victims may raise.
NAMED_OUTCOMES = (Outcome.KILLED, Outcome.INJURED)

#: The incident or the one it was merged into, however far that leads.
_LOCKED_IN_REVIEW = """
    IF (TG_OP = 'INSERT' OR NEW.victims > OLD.victims) AND EXISTS (
        WITH RECURSIVE upwards AS (
            SELECT id, merged_into_id, status FROM incidents_incident WHERE id = NEW.incident_id
            UNION ALL
            SELECT home.id, home.merged_into_id, home.status FROM incidents_incident AS home
            JOIN upwards ON home.id = upwards.merged_into_id
        )
        SELECT 1 FROM upwards WHERE status = 'IN_REVIEW'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is in review and locked';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class NamedFloor(models.Model):
    """The named civilian victims with one outcome; no row = nobody is named.

    In review it may sink and never rise: a name that has to go goes at once. A row counts the
    records of its own incident, also while that is merged away: the largest row of all that were
    merged holds then, for their lists may name the same people.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="named_floors")
    outcome = models.CharField(max_length=24, choices=Outcome)
    victims = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("outcome", [o.value for o in NAMED_OUTCOMES], name="named_floor_has_range"),
            models.UniqueConstraint(fields=["incident", "outcome"], name="named_floor_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_in_review",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=_LOCKED_IN_REVIEW,
            ),
            pgtrigger.ReadOnly(name="subject_fixed", fields=["incident", "outcome"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"named floor {self.pk} of incident {self.incident_id}"
