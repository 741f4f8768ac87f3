"""Merges of sources: what was given on, as it was before, and that it was undone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right
from tracker.accounts.triggers import by_somebody_with, on_insert
from tracker.core.triggers import append_only
from tracker.sources.models.source import Source

_BOTH_STAND = """
    IF EXISTS (
        SELECT 1 FROM sources_source
        WHERE id IN (NEW.source_id, NEW.target_id) AND merged_into_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: both sources have to stand';
    END IF;
    RETURN NEW;
"""

_WHILE_IT_HOLDS = """
    IF NOT EXISTS (
        SELECT 1 FROM sources_sourcemerge AS done
        JOIN sources_source AS away ON away.id = done.source_id
        JOIN sources_source AS home ON home.id = done.target_id
        WHERE done.id = NEW.merge_id
          AND away.merged_into_id = home.id
          AND home.merged_into_id IS NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only a merge that holds can be undone';
    END IF;
    RETURN NEW;
"""
_BY_A_COORDINATOR = by_somebody_with(Right.MERGE_SOURCES, "a coordinator merges sources")


class SourceMerge(models.Model):
    """That ``source`` and ``target`` are one outlet or speaker, and ``target`` stands for both.

    ``pre_image`` is how both stood before, and each claim, article and feed that was given on, by
    id, as ``incidents.selectors.source_merging`` writes and reads it.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="given")
    target = models.ForeignKey(Source, models.PROTECT, related_name="received")
    pre_image = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="source_merge_of_two_sources"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="source_merge_has_reason"),
        ]
        triggers = [
            *append_only("append_only"),
            _BY_A_COORDINATOR,
            on_insert("both_stand", _BOTH_STAND),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk} of sources"


class SourceMergeUndo(models.Model):
    """That a merge of sources was undone."""

    merge = models.OneToOneField(SourceMerge, models.PROTECT, related_name="undo")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="source_undo_has_reason")
        ]
        triggers = [
            *append_only("append_only"),
            _BY_A_COORDINATOR,
            on_insert("while_it_holds", _WHILE_IT_HOLDS),
        ]

    def __str__(self) -> str:
        return f"undo of merge {self.merge_id} of sources"
