"""The claim: one speaker, in one passage, says how many of whom were harmed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from tracker.accounts.models import Person
from tracker.core.checks import one_of, ordered
from tracker.core.triggers import not_in_future, starts_as
from tracker.incidents.choices import (
    CLAIM_TRANSITIONS,
    ClaimState,
    CopyDecision,
    Outcome,
    Polarity,
    Scope,
    SubjectStatus,
)
from tracker.incidents.models.incident import Incident
from tracker.sources.models import Article, Party, Source
from tracker.sources.models.source import names_one_that_stands

_NEW_DECISION_OF_A_PERSON = """
    IF NEW.decided_by_id IS NULL OR NEW.revision <> OLD.revision + 1 THEN
        RAISE EXCEPTION 'pgtrigger: a decided claim changes only by a new decision of a person';
    END IF;
    RETURN NEW;
"""

_NOT_WHILE_IN_REVIEW = """
    IF EXISTS (
        SELECT 1 FROM incidents_incident
        WHERE status = 'IN_REVIEW' AND id IN (OLD.incident_id, NEW.incident_id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is in review; its claims are locked';
    END IF;
    IF EXISTS (
        SELECT 1 FROM incidents_incident WHERE status = 'MERGED' AND id = NEW.incident_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is merged away and takes no claim';
    END IF;
    IF EXISTS (
        SELECT 1 FROM incidents_incident WHERE status = 'DISCARDED' AND id = NEW.incident_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is discarded and takes no claim';
    END IF;
    RETURN NEW;
"""

#: A floor under the service, which counts independent origins by the published rules. A claim that
#: is left alone later is rated anew before its incident goes to review.
_CONFIRMED_BY_ANOTHER = """
    IF NOT EXISTS (
        SELECT 1 FROM incidents_claim AS other
        WHERE other.incident_id = NEW.incident_id
          AND other.id <> NEW.id
          AND other.state = 'ACCEPTED'
          AND other.polarity = 'ASSERTS_HARM'
          AND (other.speaker_id, other.speaker_text, other."group", other.party_id)
              IS DISTINCT FROM
              (NEW.speaker_id, NEW.speaker_text, NEW."group", NEW.party_id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: credibility 1 needs an accepted claim of another origin';
    END IF;
    RETURN NEW;
"""

_SUBGROUPS = ("women", "men", "children")


def _none_above_the_whole() -> Q:
    """No sub-count, and not all lower ones together, is above a whole figure that is closed."""
    together = sum((Coalesce(F(f"{name}_min"), Value(0)) for name in _SUBGROUPS), start=Value(0))
    fits = Q(maximum__gte=together)
    for name in _SUBGROUPS:
        fits &= Q(**{f"{name}_max__isnull": True}) | Q(**{f"{name}_max__lte": F("maximum")})
    return Q(maximum__isnull=True) | fits


@pghistory.track()
class Claim(models.Model):
    """One reported figure, for one kind of harm, to one group of people, as one speaker gives it.

    ``incident`` NULL = not matched. ``minimum`` NULL = no lower figure stated, ``maximum`` NULL =
    open above; both NULL with ASSERTS_HARM = harm without any number. Sub-counts NULL = not said,
    0 = said to be none. ``speaker`` NULL with ``speaker_text`` "" = the outlet in its own voice;
    NULL with words = a generic or unnamed speaker. ``party`` NULL = the speaker belongs to no
    belligerent. ``said_on`` NULL = falls back to the article's date. ``group`` "" = the
    independence group follows from the speaker. ``credibility`` NULL = not rated, 6 = judged:
    can't be judged. ``decided_by`` NULL = proposed by a machine and not decided. ``withdrawn_at``
    NULL = it stands; else a later reading of the text no longer proposes it, and nobody decided it.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    statement = models.CharField(max_length=40)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    speaker = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    speaker_text = models.CharField(max_length=200, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="claims")
    said_on = models.DateField(null=True, blank=True)
    group = models.CharField(max_length=60, blank=True)

    outcome = models.CharField(max_length=20, choices=Outcome)
    subject_status = models.CharField(
        max_length=22, choices=SubjectStatus, default=SubjectStatus.UNKNOWN
    )
    polarity = models.CharField(max_length=16, choices=Polarity, default=Polarity.ASSERTS_HARM)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.INCIDENT)
    minimum = models.PositiveIntegerField(null=True, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    quantifier_raw = models.CharField(max_length=100, blank=True)
    women_min = models.PositiveIntegerField(null=True, blank=True)
    women_max = models.PositiveIntegerField(null=True, blank=True)
    men_min = models.PositiveIntegerField(null=True, blank=True)
    men_max = models.PositiveIntegerField(null=True, blank=True)
    children_min = models.PositiveIntegerField(null=True, blank=True)
    children_max = models.PositiveIntegerField(null=True, blank=True)
    is_cumulative_update = models.BooleanField(default=False)
    covers_whole_incident = models.BooleanField(default=True)

    copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    copy_decision = models.CharField(max_length=14, choices=CopyDecision, blank=True)

    credibility = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.PROPOSED)
    extractor = models.CharField(max_length=60, blank=True)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="decided_claims"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["article", "start", "id"], name="claim_by_passage")]
        constraints = [
            one_of("outcome", Outcome.values, name="claim_outcome_valid"),
            one_of("subject_status", SubjectStatus.values, name="claim_status_valid"),
            one_of("polarity", Polarity.values, name="claim_polarity_valid"),
            one_of("scope", Scope.values, name="claim_scope_valid"),
            one_of("state", ClaimState.values, name="claim_state_valid"),
            one_of("copy_decision", ["", *CopyDecision.values], name="claim_copy_decision_valid"),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")) & ~Q(quote=""), name="claim_passage_given"
            ),
            ordered("minimum", "maximum", name="claim_range_ordered"),
            ordered("women_min", "women_max", name="claim_women_ordered"),
            ordered("men_min", "men_max", name="claim_men_ordered"),
            ordered("children_min", "children_max", name="claim_children_ordered"),
            models.CheckConstraint(
                condition=_none_above_the_whole(),
                name="claim_subgroups_within",
                violation_error_message="Women, men and children can't be more than all people.",
            ),
            models.CheckConstraint(
                condition=~Q(polarity="ASSERTS_NO_HARM")
                | Q(minimum=0, maximum=0, minimum__isnull=False, maximum__isnull=False),
                name="claim_no_harm_is_zero",
                violation_error_message="A claim that there was no harm has the figure 0.",
            ),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__gte=1, credibility__lte=6),
                name="claim_credibility_valid",
            ),
            models.CheckConstraint(
                condition=~Q(credibility=1, state="ACCEPTED") | Q(incident__isnull=False),
                name="claim_confirmed_is_linked",
                violation_error_message="Only a claim of an incident is confirmed by others.",
            ),
            models.CheckConstraint(
                condition=Q(state="PROPOSED", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state="PROPOSED")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decision_reason=""),
                name="claim_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(state="PROPOSED"),
                name="claim_withdrawn_while_proposed",
                violation_error_message="What a person decided can't be withdrawn by a machine.",
            ),
            models.CheckConstraint(
                condition=Q(incident__isnull=True) | Q(state="ACCEPTED") | Q(state="RETRACTED"),
                name="claim_linked_when_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(scope="AGGREGATE") | Q(incident__isnull=True),
                name="claim_aggregate_has_no_incident",
                violation_error_message="A running total belongs to no single incident.",
            ),
            models.CheckConstraint(
                condition=Q(copy_decision="") | Q(copy_of__isnull=False),
                name="claim_copy_decision_has_origin",
            ),
            models.CheckConstraint(
                condition=~Q(part_of=models.F("id")), name="claim_is_no_part_of_itself"
            ),
            models.UniqueConstraint(
                fields=["statement", "incident", "outcome", "subject_status"],
                condition=Q(state="ACCEPTED", part_of__isnull=True, incident__isnull=False),
                name="claim_one_whole_row",
                violation_error_message="This statement already has such a figure in the incident.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in CLAIM_TRANSITIONS],
            ),
            starts_as("starts_proposed", field="state", value=ClaimState.PROPOSED.value),
            pgtrigger.Trigger(
                name="confirmed_by_another",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,  # claims of one transaction may confirm each other
                condition=pgtrigger.Q(new__credibility=1, new__state="ACCEPTED"),
                func=_CONFIRMED_BY_ANOTHER,
            ),
            pgtrigger.Trigger(
                name="decided_by_people",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=~pgtrigger.Q(old__state="PROPOSED"),
                func=_NEW_DECISION_OF_A_PERSON,
            ),
            pgtrigger.Trigger(
                name="locked_in_review",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_NOT_WHILE_IN_REVIEW,
            ),
            names_one_that_stands("speaker"),
            not_in_future("said_by_now", field="said_on"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="passage_fixed", fields=["article", "start", "end", "quote"]),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"
