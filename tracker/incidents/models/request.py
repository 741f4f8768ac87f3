"""What was asked of a belligerent, when its reply is due, and every step since."""

from __future__ import annotations

from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import TruncDate

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import append_only, starts_as
from tracker.incidents.choices import (
    AWAITING_STATES,
    PENDING_ASSESSMENTS,
    REFUSALS,
    REQUEST_TRANSITIONS,
    PositionAssessment,
    RefusalReason,
    RequestChannel,
    RequestState,
)
from tracker.incidents.models.incident import Incident
from tracker.sources.models import Article, Party

_CHANGES_BY_A_STEP = """
    IF NEW.revision <> OLD.revision + 1 OR NOT EXISTS (
        SELECT 1 FROM incidents_requeststep
        WHERE request_id = NEW.id AND number = NEW.revision AND state = NEW.state
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a request changes only by a step of a person';
    END IF;
    RETURN NEW;
"""
_FOLLOWS_THE_LAST = """
    IF NEW.number <> (
        SELECT revision + 1 FROM incidents_partyrequest WHERE id = NEW.request_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: steps of a request follow each other';
    END IF;
    RETURN NEW;
"""
_INCIDENT_STANDS = """
    IF EXISTS (
        SELECT 1 FROM incidents_incident WHERE id = NEW.incident_id AND status = 'MERGED'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is merged away and takes nothing';
    END IF;
    IF EXISTS (
        SELECT 1 FROM incidents_incident WHERE id = NEW.incident_id AND status = 'DISCARDED'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is discarded and takes nothing';
    END IF;
    RETURN NEW;
"""
#: Where the day begins first, it is this far ahead of UTC.
_LATEST_DAY = TruncDate(
    ExpressionWrapper(F("at") + Value(timedelta(hours=14)), output_field=models.DateTimeField())
)
_REASON_OF_A_REFUSAL = Q(refusal_reason="") | Q(outcome__in=REFUSALS)
_REASON_SENTENCE = "A reason of refusal needs an outcome that refuses."


@pghistory.track()
class PartyRequest(models.Model):
    """An allegation put to one belligerent, and where it stands; each change is a step.

    ``allegation`` is what is sent, to the letter; once sent it stays. ``sent_on``, ``due_on`` and
    ``channel`` NULL and "" together = not sent; after a reopening they are those of what was sent
    last. ``their_reference`` "" = none known. ``replied_on`` NULL and ``outcome`` "" = no reply to
    what is under way. ``owner`` is reminded. ``revision`` is the number of the latest step.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="requests")
    party = models.ForeignKey(Party, models.PROTECT, related_name="requests")
    allegation = models.TextField()
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.DRAFT)
    channel = models.CharField(max_length=12, choices=RequestChannel, blank=True)
    their_reference = models.CharField(max_length=100, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=28, choices=PositionAssessment, blank=True)
    refusal_reason = models.CharField(max_length=30, choices=RefusalReason, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="requests")
    opened_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on", "id"], name="request_by_due_day")]
        constraints = [
            one_of("state", RequestState.values, name="request_state_valid"),
            one_of("channel", ["", *RequestChannel.values], name="request_channel_valid"),
            one_of("outcome", ["", *PositionAssessment.values], name="request_outcome_valid"),
            one_of("refusal_reason", ["", *RefusalReason.values], name="request_refusal_valid"),
            models.CheckConstraint(condition=~Q(allegation=""), name="request_says_something"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, due_on__isnull=True, channel="")
                | Q(sent_on__isnull=False, due_on__isnull=False) & ~Q(channel=""),
                name="request_sent_whole",
                violation_error_message=(
                    "Say when and how it was submitted and when a reply is due."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.CLOSED)
                | Q(state=RequestState.DRAFT, sent_on__isnull=True)
                | ~Q(state=RequestState.DRAFT) & Q(sent_on__isnull=False),
                name="request_awaited_was_sent",
                violation_error_message="Say when and how it was submitted.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gt=F("sent_on")),
                name="request_due_after_submission",
                violation_error_message="A reply is due after the day of submission.",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True)
                | Q(sent_on__isnull=False, replied_on__gte=F("sent_on")),
                name="request_reply_not_before_submission",
                violation_error_message="A reply can't be older than what it replies to.",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, outcome="")
                | Q(replied_on__isnull=False) & ~Q(outcome=""),
                name="request_reply_has_outcome",
                violation_error_message="A reply needs its day and its outcome.",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.CLOSED)
                | Q(state=RequestState.ANSWERED) & ~Q(outcome__in=["", *PENDING_ASSESSMENTS])
                | Q(state=RequestState.ACKNOWLEDGED, outcome__in=["", *PENDING_ASSESSMENTS])
                | Q(state__in=[RequestState.DRAFT, RequestState.SENT, RequestState.REOPENED])
                & Q(outcome=""),
                name="request_answered_has_reply",
                violation_error_message="Only a reply that is not pending answers a request.",
            ),
            models.CheckConstraint(
                condition=_REASON_OF_A_REFUSAL,
                name="request_reason_of_a_refusal",
                violation_error_message=_REASON_SENTENCE,
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in REQUEST_TRANSITIONS],
            ),
            starts_as("starts_draft", field="state", value=RequestState.DRAFT.value),
            pgtrigger.Trigger(
                name="incident_stands",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_INCIDENT_STANDS,
            ),
            pgtrigger.ReadOnly(name="addressee_fixed", fields=["incident", "party", "opened_at"]),
            pgtrigger.Trigger(
                name="sent_words_fixed",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=~pgtrigger.Q(old__state="DRAFT")
                & pgtrigger.Q(old__allegation__df=pgtrigger.F("new__allegation")),
                func="RAISE EXCEPTION 'pgtrigger: what was sent to a belligerent never changes';",
            ),
            pgtrigger.Trigger(
                name="changes_by_a_step",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_CHANGES_BY_A_STEP,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def is_awaited(self) -> bool:
        """Whether a reply is still to come."""
        return self.state in AWAITING_STATES


class RequestStep(models.Model):
    """One step of a request: ``on`` is the day it happened, ``at`` when ``by`` entered it.

    ``state`` is what it led to. ``words``: what was sent, the passage of the reply, or the reason.
    Fields that this step did not set are "" or NULL.
    """

    request = models.ForeignKey(PartyRequest, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=RequestState)
    on = models.DateField()
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=12, choices=RequestChannel, blank=True)
    their_reference = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=28, choices=PositionAssessment, blank=True)
    refusal_reason = models.CharField(max_length=30, choices=RefusalReason, blank=True)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="request_steps"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="request_step_once"),
            one_of(
                "state",
                [state for state in RequestState.values if state != RequestState.DRAFT],
                name="request_step_state_valid",
            ),
            one_of("channel", ["", *RequestChannel.values], name="request_step_channel_valid"),
            one_of("outcome", ["", *PositionAssessment.values], name="request_step_outcome_valid"),
            one_of(
                "refusal_reason", ["", *RefusalReason.values], name="request_step_refusal_valid"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.CLOSED, RequestState.REOPENED]) | ~Q(words=""),
                name="request_step_gives_reason",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.ANSWERED) | ~Q(outcome=""),
                name="request_step_answer_has_outcome",
            ),
            models.CheckConstraint(
                condition=_REASON_OF_A_REFUSAL,
                name="request_step_reason_of_a_refusal",
                violation_error_message=_REASON_SENTENCE,
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gt=F("on")),
                name="request_step_due_later",
                violation_error_message="A reply is due after the day of this step.",
            ),
            models.CheckConstraint(
                condition=Q(on__lte=_LATEST_DAY),
                name="request_step_not_in_future",
                violation_error_message="A step can't lie in the future; check the day.",
            ),
        ]
        triggers = [
            *append_only("append_only"),
            pgtrigger.Trigger(
                name="follows_the_last",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_FOLLOWS_THE_LAST,
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of request {self.request_id}"
