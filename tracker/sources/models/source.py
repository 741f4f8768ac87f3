"""Sources: outlets and speakers, the parties they belong to, and what is said of them."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models.functions import Lower

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import append_only
from tracker.sources.choices import Audience, Reliability, SourceKind

_MERGED_BY_A_PERSON = """
    PERFORM 1 FROM sources_source
        WHERE id = NEW.merged_into_id AND merged_into_id IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pgtrigger: a source is merged into one that stands';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM sources_sourcemerge AS done
        WHERE done.source_id = NEW.id AND done.target_id = NEW.merged_into_id
          AND NOT EXISTS (SELECT 1 FROM sources_sourcemergeundo WHERE merge_id = done.id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a source is merged by a person, with a record of it';
    END IF;
    IF EXISTS (SELECT 1 FROM incidents_claim WHERE speaker_id = NEW.id) THEN
        RAISE EXCEPTION 'pgtrigger: a source that is merged away says nothing';
    END IF;
    RETURN NEW;
"""

#: Its latest merge must be undone, and it comes back as it was.
_BACK_BY_AN_UNDO = """
    IF NEW.merged_into_id IS NOT NULL
        OR (NEW.name, NEW.kind, NEW.party_id) IS DISTINCT FROM (OLD.name, OLD.kind, OLD.party_id)
    THEN
        RAISE EXCEPTION 'pgtrigger: the source is merged away; nothing of it changes';
    END IF;
    IF EXISTS (
        SELECT 1 FROM sources_sourcemerge AS done
        WHERE done.source_id = OLD.id
          AND NOT EXISTS (SELECT 1 FROM sources_sourcemergeundo WHERE merge_id = done.id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a merged source comes back by undoing its merge';
    END IF;
    RETURN NEW;
"""


def names_one_that_stands(field: str) -> pgtrigger.Trigger:
    """Refuse a row that comes to name a source which was merged away, also at the same moment."""
    column = f"{field}_id"
    return pgtrigger.Trigger(
        name=f"{field}_stands",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(**{f"new__{field}__isnull": False}),
        func=(
            f"IF TG_OP = 'UPDATE' AND NEW.{column} IS NOT DISTINCT FROM OLD.{column} THEN "
            "RETURN NEW; END IF; "
            f"PERFORM 1 FROM sources_source WHERE id = NEW.{column} "
            "AND merged_into_id IS NULL FOR KEY SHARE; "
            "IF NOT FOUND THEN "
            "RAISE EXCEPTION 'pgtrigger: the source was merged into another one'; "
            "END IF; RETURN NEW;"
        ),
    )


@pghistory.track()
class Party(models.Model):
    """A belligerent: an armed force, an armed group or a coalition."""

    name = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="party_name_unique")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Source(models.Model):
    """An outlet or a named speaker. Generic speakers ("officials") never get a row.

    ``party`` NULL = belongs to no belligerent and is controlled by none, as far as is known.
    ``merged_into`` NULL = it stands for itself; else it is another name of that one, to which all
    that it published and said was given on.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.OTHER)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="sources")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_away"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="source_name_unique"),
            one_of("kind", SourceKind.values, name="source_kind_valid"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="merged_by_a_person",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(
                    old__merged_into__isnull=True, new__merged_into__isnull=False
                ),
                func=_MERGED_BY_A_PERSON,
            ),
            pgtrigger.Trigger(
                name="back_by_an_undo",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__merged_into__isnull=False),
                func=_BACK_BY_AN_UNDO,
            ),
            pgtrigger.Trigger(
                name="starts_unmerged",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__merged_into__isnull=False),
                func="RAISE EXCEPTION 'pgtrigger: a source is merged with a record of it';",
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name


class CredibilityNote(models.Model):
    """A dated judgement of a person about a source; the latest one is in force.

    ``reliability`` NULL = this note leaves the rating as it was; a source none of whose notes
    has one is unrated, which is not the same as F. Notes are history: a later one replaces an
    earlier one and neither ever changes.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="notes")
    reliability = models.CharField(max_length=1, choices=Reliability, null=True, blank=True)  # noqa: DJ001  # NULL = unrated, "" would be a second one
    text = models.TextField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.STAFF)
    author = models.ForeignKey(Person, models.PROTECT, related_name="credibility_notes")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "-made_at", "-id"], name="note_by_source")]
        constraints = [
            one_of("reliability", Reliability.values, name="note_reliability_valid", nullable=True),
            one_of("audience", Audience.values, name="note_audience_valid"),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="note_text_given",
                violation_error_message="A judgement needs its reason: write a note.",
            ),
        ]
        triggers = [*append_only("append_only"), names_one_that_stands("source")]

    def __str__(self) -> str:
        return f"note {self.pk} on source {self.source_id}"
