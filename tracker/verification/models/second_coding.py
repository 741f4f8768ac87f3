"""Finished tasks that a second person codes without knowing the first coding."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.checks import both_or_neither, one_of, ordered
from tracker.core.triggers import append_only, starts_as
from tracker.incidents.choices import Outcome, Polarity, Scope, SubjectStatus
from tracker.incidents.models import Claim
from tracker.verification.choices import CODING_TRANSITIONS, Coder, CodingState, Resolved
from tracker.verification.models.task import ReviewTask

_DRAWN_WHEN_FINISHED = """
    IF NOT EXISTS (
        SELECT 1 FROM verification_reviewtask
        WHERE id = NEW.task_id AND state IN ('CODED', 'IRRELEVANT')
          AND decided_by_id = NEW.first_coder_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only a finished task is coded again, after who finished it';
    END IF;
    RETURN NEW;
"""
_ANOTHER_PERSON = """
    IF EXISTS (
        SELECT 1 FROM verification_reviewtaskevent
        WHERE pgh_obj_id = NEW.task_id AND NEW.coder_id IN (holder_id, decided_by_id)
    ) OR EXISTS (
        SELECT 1 FROM incidents_claim AS claim
        JOIN verification_reviewtask AS task ON task.article_id = claim.article_id
        WHERE task.id = NEW.task_id AND (
            claim.decided_by_id = NEW.coder_id
            OR EXISTS (
                SELECT 1 FROM incidents_contribution AS made
                WHERE made.incident_id = claim.incident_id AND made.person_id = NEW.coder_id
            ) OR EXISTS (
                SELECT 1 FROM incidents_incidentevent AS was
                WHERE was.pgh_obj_id = claim.incident_id AND was.reviewed_by_id = NEW.coder_id
            )
        )
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the second coder had a hand in the first coding';
    END IF;
    RETURN NEW;
"""
_IN_ITS_TIME = """
    SELECT state, coder_id INTO coding FROM verification_secondcoding
        WHERE id = COALESCE(NEW.coding_id, OLD.coding_id);
    IF TG_OP <> 'INSERT' AND OLD.coder = 'FIRST' THEN
        RAISE EXCEPTION 'pgtrigger: the first coding stays as it was kept';
    END IF;
    IF COALESCE(NEW.coder, OLD.coder) = 'FIRST' THEN
        IF coding.state <> 'OPEN' THEN
            RAISE EXCEPTION 'pgtrigger: the first coding is kept when the task is drawn';
        END IF;
    ELSIF coding.state <> 'TAKEN' THEN
        RAISE EXCEPTION 'pgtrigger: a second coding changes only while its coder has it';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.coder = 'SECOND' AND NEW.by_id <> coding.coder_id THEN
        RAISE EXCEPTION 'pgtrigger: a second coding is written by its coder alone';
    END IF;
    RETURN NEW;
"""
_BY_A_THIRD_PERSON = """
    IF NOT EXISTS (
        SELECT 1 FROM verification_codedclaim AS row
        JOIN verification_secondcoding AS coding ON coding.id = row.coding_id
        WHERE row.id = NEW.row_id AND coding.state = 'DONE'
          AND NEW.by_id NOT IN (coding.first_coder_id, coding.coder_id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a difference is resolved afterwards, by neither of the coders';
    END IF;
    RETURN NEW;
"""
_WORDS = ("outcome", "subject_status", "polarity", "scope")


class CodingShare(models.Model):
    """From ``set_at`` on, so many per cent of finished tasks are drawn; the latest row holds."""

    per_cent = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(per_cent__lte=100),
                name="share_is_per_cent",
                violation_error_message="The share is 0 to 100 per cent.",
            )
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"share {self.pk}"


@pghistory.track()
class SecondCoding(models.Model):
    """A finished task that was drawn to be coded by another person, who sees nothing of the first.

    ``first_coder`` finished it, ``per_cent`` was the share then. ``coder`` and ``taken_at`` NULL =
    nobody codes it yet; ``done_at`` NULL = not finished. A task is drawn once: what is decided
    after a reopening is not compared.
    """

    task = models.OneToOneField(ReviewTask, models.PROTECT, related_name="second_coding")
    state = models.CharField(max_length=5, choices=CodingState, default=CodingState.OPEN)
    per_cent = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    first_coder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    coder = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="second_codings"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["drawn_at", "id"], condition=Q(state="OPEN"), name="coding_open"),
            models.Index(fields=["done_at", "id"], condition=Q(state="DONE"), name="coding_done"),
        ]
        constraints = [
            one_of("state", CodingState.values, name="coding_state_valid"),
            models.CheckConstraint(
                condition=Q(per_cent__gte=1, per_cent__lte=100), name="coding_share_valid"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", coder__isnull=True, taken_at__isnull=True)
                | ~Q(state="OPEN") & Q(coder__isnull=False, taken_at__isnull=False),
                name="coding_coder_matches_state",
            ),
            models.CheckConstraint(
                condition=Q(state="DONE", done_at__isnull=False)
                | ~Q(state="DONE") & Q(done_at__isnull=True),
                name="coding_end_matches_state",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in CODING_TRANSITIONS],
            ),
            starts_as("starts_open", field="state", value=CodingState.OPEN.value),
            pgtrigger.Trigger(
                name="drawn_when_finished",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_DRAWN_WHEN_FINISHED,
            ),
            pgtrigger.Trigger(
                name="another_person",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__coder__isnull=False)
                & pgtrigger.Q(old__coder__df=pgtrigger.F("new__coder")),
                func=_ANOTHER_PERSON,
            ),
            pgtrigger.ReadOnly(
                name="draw_fixed", fields=["task", "per_cent", "drawn_at", "first_coder"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"second coding {self.pk}"


@pghistory.track()
class CodedClaim(models.Model):
    """One claim as one of the two coders has it; it never counts in a range.

    ``claim`` is the machine's proposal, or what the first coder added; NULL = the second coder
    found it. ``is_claim`` False = the coder takes it for no claim, and the rest is empty. Of the
    rest, ``minimum``, ``maximum`` and ``speaker_text`` mean what they mean in a claim; ``place`` ""
    and the days NULL = not recorded. The first coder's place and days are the incident's, as they
    stood when the task was drawn.
    """

    coding = models.ForeignKey(SecondCoding, models.PROTECT, related_name="rows")
    coder = models.CharField(max_length=6, choices=Coder)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="codings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_claim = models.BooleanField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    subject_status = models.CharField(max_length=22, choices=SubjectStatus, blank=True)
    polarity = models.CharField(max_length=16, choices=Polarity, blank=True)
    scope = models.CharField(max_length=10, choices=Scope, blank=True)
    minimum = models.PositiveIntegerField(null=True, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    speaker_text = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    date_start = models.DateField(null=True, blank=True)
    date_end = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("coder", Coder.values, name="coded_coder_valid"),
            one_of("outcome", ["", *Outcome.values], name="coded_outcome_valid"),
            one_of("subject_status", ["", *SubjectStatus.values], name="coded_status_valid"),
            one_of("polarity", ["", *Polarity.values], name="coded_polarity_valid"),
            one_of("scope", ["", *Scope.values], name="coded_scope_valid"),
            ordered("minimum", "maximum", name="coded_range_ordered"),
            ordered("date_start", "date_end", name="coded_days_ordered"),
            both_or_neither("date_start", "date_end", name="coded_days_whole"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="coded_passage_given"),
            models.CheckConstraint(
                condition=Q(
                    *((name, "") for name in (*_WORDS, "speaker_text", "place")),
                    is_claim=False,
                    minimum__isnull=True,
                    maximum__isnull=True,
                    date_start__isnull=True,
                )
                | Q(*(~Q((name, "")) for name in _WORDS), is_claim=True),
                name="coded_rejected_says_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(polarity="ASSERTS_NO_HARM")
                | Q(minimum=0, maximum=0, minimum__isnull=False, maximum__isnull=False),
                name="coded_none_is_zero",
            ),
            models.UniqueConstraint(
                fields=["coding", "coder", "claim"],
                condition=Q(claim__isnull=False),
                name="coded_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="in_its_time",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                declare=[("coding", "RECORD")],
                func=_IN_ITS_TIME,
            ),
            pgtrigger.ReadOnly(name="whose_fixed", fields=["coding", "coder", "claim"]),
        ]

    def __str__(self) -> str:
        return f"coded claim {self.pk}"


class CodingResolution(models.Model):
    """A coordinator's word on a claim in which the two codings differ; neither of them changes.

    ``row`` is the first coder's row of the claim, or the second's where only that one has it.
    """

    row = models.OneToOneField(CodedClaim, models.PROTECT, related_name="resolution")
    verdict = models.CharField(max_length=7, choices=Resolved)
    note = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("verdict", Resolved.values, name="resolution_verdict_valid"),
            models.CheckConstraint(condition=~Q(note=""), name="resolution_gives_reason"),
        ]
        triggers = [
            *append_only("append_only"),
            pgtrigger.Trigger(
                name="by_a_third_person",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_BY_A_THIRD_PERSON,
            ),
        ]

    def __str__(self) -> str:
        return f"resolution {self.pk}"
