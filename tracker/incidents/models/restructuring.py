"""Merges and splits of incidents: what was moved, as it was before, and that it was undone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right
from tracker.accounts.triggers import by_somebody_with, on_insert
from tracker.core.checks import one_of
from tracker.core.triggers import append_only
from tracker.incidents.choices import RestructuringKind
from tracker.incidents.models.incident import Incident

_BY_SOMEBODY_WHO_MAY = by_somebody_with(
    Right.MERGE_INCIDENTS, "a reviewer or a coordinator merges and splits"
)

_BOTH_STAND = """
    IF EXISTS (
        SELECT 1 FROM incidents_incident
        WHERE id IN (NEW.source_id, NEW.target_id)
          AND status IN ('MERGED', 'DISCARDED', 'IN_REVIEW')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: both incidents have to stand and be unlocked';
    END IF;
    RETURN NEW;
"""

_WHILE_IT_HOLDS = """
    IF NOT EXISTS (
        SELECT 1 FROM incidents_restructuring AS done
        JOIN incidents_incident AS away ON away.id = done.source_id
        JOIN incidents_incident AS home ON home.id = done.target_id
        WHERE done.id = NEW.restructuring_id
          AND done.kind = 'MERGE'
          AND away.merged_into_id = home.id
          AND home.status NOT IN ('MERGED', 'DISCARDED', 'IN_REVIEW')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only a merge that holds can be undone';
    END IF;
    RETURN NEW;
"""


class Restructuring(models.Model):
    """One merge of ``source`` into ``target``, or one split of claims of it off to ``target``.

    ``pre_image`` is how both stood before: status, version and revision, number of named
    victims, and each claim, party, position and piece of evidence of ``source`` by id with the
    values it had, as ``selectors.restructuring`` writes and reads it.
    """

    kind = models.CharField(max_length=5, choices=RestructuringKind)
    source = models.ForeignKey(Incident, models.PROTECT, related_name="given")
    target = models.ForeignKey(Incident, models.PROTECT, related_name="received")
    pre_image = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            one_of("kind", RestructuringKind.values, name="restructuring_kind_valid"),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="restructuring_of_two_incidents"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="restructuring_has_reason"),
        ]
        triggers = [
            *append_only("append_only"),
            _BY_SOMEBODY_WHO_MAY,
            on_insert("both_stand", _BOTH_STAND),
        ]

    def __str__(self) -> str:
        return f"restructuring {self.pk}"


class Undo(models.Model):
    """That a merge was undone; a split is undone by merging its two incidents."""

    restructuring = models.OneToOneField(Restructuring, models.PROTECT, related_name="undo")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="undo_has_reason")]
        triggers = [
            *append_only("append_only"),
            _BY_SOMEBODY_WHO_MAY,
            on_insert("while_it_holds", _WHILE_IT_HOLDS),
        ]

    def __str__(self) -> str:
        return f"undo of restructuring {self.restructuring_id}"
