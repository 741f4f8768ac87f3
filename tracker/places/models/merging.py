"""Merges of two places: both as they were known, who merged them and why, and their undo."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right
from tracker.accounts.triggers import by_somebody_with, ended_by_somebody_with, on_insert
from tracker.core.checks import one_of
from tracker.core.triggers import append_only, no_truncate
from tracker.places.choices import PlaceKind
from tracker.places.models.turns import TAKE_TURN
from tracker.places.models.values import ON_EARTH, PlaceValues

_BOTH_STAND = f"""
    {TAKE_TURN}
    IF NEW.undone_at IS NOT NULL OR EXISTS (
        SELECT 1 FROM places_placemerge
        WHERE source_id IN (NEW.source_id, NEW.target_id) AND undone_at IS NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: both places have to stand';
    END IF;
    RETURN NEW;
"""  # noqa: S608  # the number of a lock
_WHILE_ITS_TARGET_STANDS = f"""
    {TAKE_TURN}
    IF EXISTS (
        SELECT 1 FROM places_placemerge WHERE source_id = NEW.target_id AND undone_at IS NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: its place was merged into another one since';
    END IF;
    RETURN NEW;
"""  # noqa: S608  # the number of a lock
_REFUSAL = "a reviewer or a coordinator merges places"


class RecordedPlace(PlaceValues):
    """A place by its values, as a merge found it in a list or in the gazetteer.

    Lists are replaced whole, so what a merge is about is kept here for good. ``key`` is what usual
    variants of the name share; ``population`` tells no place from another.
    """

    key = models.CharField(max_length=130)

    class Meta:
        constraints = [
            one_of("kind", PlaceKind.values, name="recorded_kind_valid"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="recorded_named"),
            models.CheckConstraint(
                condition=ON_EARTH,
                name="recorded_on_earth",
            ),
            models.UniqueConstraint(
                fields=["name", "kind", "country", "admin1", "lat", "lon"], name="recorded_once"
            ),
        ]
        triggers = append_only("append_only")


class PlaceMerge(models.Model):
    """That ``source`` and ``target`` are one place, and ``target`` stands for both.

    ``pre_image`` is how both were known, as ``selectors.merging`` writes it. ``undone_by`` and
    ``undone_at`` NULL = it stands.
    """

    source = models.ForeignKey(RecordedPlace, models.PROTECT, related_name="given")
    target = models.ForeignKey(RecordedPlace, models.PROTECT, related_name="received")
    pre_image = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="place_merge_of_two_places"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="place_merge_has_reason"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True, undo_reason="")
                | Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undo_reason=""),
                name="place_merge_undone_whole",
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_at__isnull=True), name="place_merged_once"
            ),
        ]
        triggers = [
            by_somebody_with(Right.TEACH_PLACES, _REFUSAL),
            ended_by_somebody_with(Right.TEACH_PLACES, _REFUSAL, who="undone_by"),
            on_insert("both_stand", _BOTH_STAND),
            pgtrigger.Trigger(
                name="while_its_target_stands",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_WHILE_ITS_TARGET_STANDS,
            ),
            pgtrigger.Protect(
                name="undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="merge_fixed",
                fields=["source", "target", "pre_image", "by", "at", "reason"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk} of places"
