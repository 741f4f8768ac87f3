"""One import of a file, and what became of each of its rows."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import no_truncate
from tracker.imports.choices import RATINGS, TAKEN, RatingScale, Refusal, RowOutcome
from tracker.imports.models.mapping import SheetMapping
from tracker.incidents.models import Incident
from tracker.sources.models import Article, Capture

_TAKEN = [outcome.value for outcome in TAKEN]
_ONLY_ONCE = pgtrigger.Q(old__undone_at__isnull=False)

#: What an undone import made is gone before it says so.
_NOTHING_LEFT = """
    IF EXISTS (
        SELECT 1 FROM imports_importedrow AS line
        JOIN incidents_incident AS made ON made.id = line.incident_id
        WHERE line.batch_id = NEW.id AND line.outcome = 'CREATED' AND made.status <> 'DISCARDED'
    ) OR EXISTS (
        SELECT 1 FROM imports_importedrow AS line
        JOIN incidents_claim AS claim ON claim.article_id = line.article_id
        WHERE line.batch_id = NEW.id
          AND (claim.state <> 'PROPOSED' OR claim.withdrawn_at IS NULL)
    ) OR EXISTS (
        SELECT 1 FROM imports_importedrow WHERE batch_id = NEW.id AND is_standing
    ) OR EXISTS (
        SELECT 1 FROM imports_importedrow AS line
        JOIN imports_importedrow AS later ON later.before_id = line.id
        WHERE line.batch_id = NEW.id AND later.outcome = 'JOINED' AND later.is_standing
    ) THEN
        RAISE EXCEPTION 'pgtrigger: an import is undone only together with all that it made';
    END IF;
    RETURN NEW;
"""

#: What an import makes is a draft, made with the row; never one that was there. A row about an
#: incident that another one brought refers to it, and nothing of that incident changes.
_A_DRAFT_OF_ITS_OWN = """
    IF NEW.outcome = 'CREATED' AND NOT EXISTS (
        SELECT 1 FROM incidents_incident
        WHERE id = NEW.incident_id AND status = 'DRAFT' AND versions = 0
    ) THEN
        RAISE EXCEPTION 'pgtrigger: an import makes drafts and nothing else';
    END IF;
    IF NEW.outcome = 'JOINED' THEN
        PERFORM 1 FROM imports_importedrow
            WHERE id = NEW.before_id AND outcome = 'CREATED' AND is_standing
              AND incident_id = NEW.incident_id
              AND "table" = NEW."table" AND incident_ref = NEW.incident_ref
            FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'pgtrigger: a row joins the incident that a row like it brought';
        END IF;
    END IF;
    IF NEW.outcome IN ('CREATED', 'JOINED') AND EXISTS (
        SELECT 1 FROM incidents_claim WHERE article_id = NEW.article_id AND state <> 'PROPOSED'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: an import proposes claims and decides none';
    END IF;
    RETURN NEW;
"""


class SheetImport(models.Model):
    """One file, read by one version of a mapping, by one person.

    ``capture`` is the file as received. ``undone_by``, ``undone_at`` and ``undo_reason`` all NULL
    or "" = it stands.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="sheet_imports")
    file_name = models.CharField(max_length=200)
    mapping = models.ForeignKey(SheetMapping, models.PROTECT, related_name="imports")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True, undo_reason="")
                | Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undo_reason=""),
                name="sheet_import_undo_whole",
                violation_error_message="Say why the import is undone.",
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="import_fixed", fields=["capture", "file_name", "mapping", "by", "at"]
            ),
            pgtrigger.Protect(name="undone_once", operation=pgtrigger.Update, condition=_ONLY_ONCE),
            pgtrigger.Trigger(
                name="undone_whole",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__undone_at__isnull=False),
                func=_NOTHING_LEFT,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportedRow(models.Model):
    """What became of one row of a file.

    ``table`` is the name of the mapping, within which ``record_id`` is unique ("" = the team
    numbers none), and ``incident_ref`` the team's number of the incident ("" = none). ``digest``
    is the same for rows that say the same. CREATED has ``article``, the row in words, and
    ``incident``, the draft made of it; JOINED has the incident of ``before``, the row that brought
    it, in this import or an earlier one; the others have neither. Of a row that is the same as
    before, or was before, ``before`` is that one. ``reason`` is why it is refused, or what is to be
    known of one that joined. ``rating`` is the team's own, by ``scale``, "" = none.
    ``is_standing``: it was taken and its import is not undone.
    """

    batch = models.ForeignKey(SheetImport, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=RowOutcome)
    refusal = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    table = models.CharField(max_length=80)
    record_id = models.CharField(max_length=100, blank=True)
    incident_ref = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64)
    article = models.OneToOneField(
        Article, models.PROTECT, null=True, blank=True, related_name="imported_row"
    )
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="imported_rows"
    )
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by"
    )
    scale = models.CharField(max_length=8, choices=RatingScale, blank=True)
    rating = models.CharField(max_length=40, blank=True)
    is_standing = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("outcome", RowOutcome.values, name="imported_outcome_valid"),
            one_of("refusal", ["", *(r.value for r in Refusal)], name="imported_refusal_valid"),
            models.CheckConstraint(
                condition=Q(outcome__in=_TAKEN, article__isnull=False, incident__isnull=False)
                | ~Q(outcome__in=_TAKEN)
                & Q(article__isnull=True, incident__isnull=True, is_standing=False),
                name="imported_taken_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome="REFUSED") & ~Q(refusal="") & ~Q(reason="")
                | Q(outcome="JOINED", refusal="")
                | ~Q(outcome__in=["REFUSED", "JOINED"]) & Q(refusal="", reason=""),
                name="imported_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["SAME", "JOINED"]) | Q(before__isnull=False),
                name="imported_same_as_one",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="JOINED") | ~Q(incident_ref=""),
                name="imported_joined_by_reference",
            ),
            models.CheckConstraint(
                condition=Q(scale="", rating="")
                | Q(
                    *(Q(scale=scale, rating__in=words) for scale, words in RATINGS.items()),
                    _connector=Q.OR,
                ),
                name="imported_rating_of_scale",
            ),
            models.UniqueConstraint(fields=["batch", "number"], name="imported_row_once"),
            models.UniqueConstraint(
                fields=["digest"], condition=Q(is_standing=True), name="imported_once_by_words"
            ),
            models.UniqueConstraint(
                fields=["table", "record_id"],
                condition=Q(is_standing=True) & ~Q(record_id=""),
                name="imported_once_by_number",
            ),
            models.UniqueConstraint(
                fields=["table", "incident_ref"],
                condition=Q(is_standing=True, outcome="CREATED") & ~Q(incident_ref=""),
                name="imported_once_by_reference",
            ),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(outcome="CREATED"), name="imported_made_once"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_draft_of_its_own",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_A_DRAFT_OF_ITS_OWN,
            ),
            pgtrigger.Protect(
                name="only_falls",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NOT (OLD.is_standing AND NOT NEW.is_standing) OR "
                    "to_jsonb(OLD) - 'is_standing' <> to_jsonb(NEW) - 'is_standing'"
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            no_truncate("never_truncated"),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of import {self.batch_id}"

    @property
    def joins(self) -> int | None:
        """The number of the row of this import whose draft it lands on; None = of none."""
        if self.outcome != RowOutcome.JOINED or self.before is None:
            return None
        return self.before.number if self.before.batch_id == self.batch_id else None
