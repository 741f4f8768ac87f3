"""What the holder of a task decides about claims, and what a lost hold writes: nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import (
    ClaimFactory,
    IncidentFactory,
)
from tests.verification.bench import KILLED, accept, read_as
from tracker.audit.models import AuditEvent, AuditReason
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotFound
from tracker.incidents.choices import (
    ClaimState,
)
from tracker.incidents.models import Claim, Contribution
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services import claims
from tracker.incidents.services.claims import AlreadyDecided, UnableToDecide
from tracker.verification.services.decisions import (
    add_claim,
    link_claims,
    reject_claim,
    retract_claim,
)
from tracker.verification.services.leases import LEASE_LASTS, LostLease

if TYPE_CHECKING:
    from tests.verification.bench import Bench

pytestmark = pytest.mark.django_db


def test_accepted_claim_says_who_when_why(bench: Bench) -> None:
    claim = accept(bench, bench.claim())

    claim.refresh_from_db()
    assert (claim.state, claim.revision) == (ClaimState.ACCEPTED, 2)
    assert (claim.decided_by_id, claim.decided_at) == (bench.actor.id, NOW)
    assert claim.decision_reason == "Accepted as proposed."
    event = AuditEvent.objects.get(action="claim.accept")
    assert event.changes == {"state": ["PROPOSED", "ACCEPTED"]}


def test_decision_renews_the_hold(bench: Bench) -> None:
    later = NOW + timedelta(minutes=15)

    accept(bench, bench.claim(), now=later)

    bench.task.refresh_from_db()
    assert bench.task.held_until == later + LEASE_LASTS


def test_correction_keeps_the_passage_and_tells_numbers_before_and_after(bench: Bench) -> None:
    claim = bench.claim()
    passage = (claim.start, claim.end, claim.quote)

    accept(bench, claim, correction=read_as(minimum=9, maximum=9, speaker_text="a resident"))

    claim.refresh_from_db()
    assert (claim.minimum, claim.maximum, claim.speaker_text) == (9, 9, "a resident")
    assert (claim.start, claim.end, claim.quote) == passage
    assert claim.decision_reason == "Accepted with corrections."
    changes = AuditEvent.objects.get(action="claim.accept").changes
    assert changes["minimum"] == ["7", "9"]
    assert changes["maximum"] == [None, "9"]
    assert set(changes["fields"]) == {"quantifier_raw", "speaker_text"}


def test_audit_line_of_a_correction_holds_no_words_of_anybody(bench: Bench) -> None:
    words = ("a resident", "relatives in Ardesh", "about nine souls")

    accept(
        bench,
        bench.claim(),
        correction=read_as(
            speaker_text=words[0], group=words[1], quantifier_raw=words[2], party_name="Veria Front"
        ),
        reason="The second paragraph says nine.",
    )

    event = AuditEvent.objects.get(action="claim.accept")
    line = str(event.changes)
    assert not any(word in line for word in (*words, "Veria Front", "second paragraph"))
    assert AuditReason.objects.get(event=event).text == "The second paragraph says nine."


def test_second_decision_on_the_same_page_is_stale(bench: Bench) -> None:
    claim = bench.claim()
    accept(bench, claim, expected_revision=1)

    who = bench.actor.alias
    with pytest.raises(
        AlreadyDecided, match=f"{who} decided this claim since you opened it and changed"
    ) as refused:
        accept(bench, claim, expected_revision=1, correction=read_as(minimum=9))

    assert "changed the decision." in str(refused.value)
    assert refused.value.code == "already_decided"

    claim.refresh_from_db()
    assert claim.minimum == 7


def test_decided_claim_can_be_corrected_and_rejected_and_accepted_again(bench: Bench) -> None:
    claim = bench.claim()
    accept(bench, claim)
    accept(bench, claim, expected_revision=2, correction=read_as(minimum=8))
    reject_claim(claim_id=claim.pk, expected_revision=3, reason="A misreading.", **bench.hold)
    accept(bench, claim, expected_revision=4)

    claim.refresh_from_db()
    assert (claim.state, claim.minimum, claim.revision) == (ClaimState.ACCEPTED, 8, 5)


def test_rejection_needs_its_reason(bench: Bench) -> None:
    claim = bench.claim()

    with pytest.raises(InvalidInput, match="Say why"):
        reject_claim(claim_id=claim.pk, expected_revision=1, reason="  ", **bench.hold)

    reject_claim(claim_id=claim.pk, expected_revision=1, reason="No figure.", **bench.hold)
    claim.refresh_from_db()
    assert (claim.state, claim.decision_reason) == (ClaimState.REJECTED, "No figure.")


def test_what_its_speaker_took_back_stays_on_the_incident_and_counts_no_more(
    bench: Bench,
) -> None:
    incident = IncidentFactory()
    claim = accept(bench, bench.claim(), incident_id=incident.pk)
    with pytest.raises(InvalidInput, match="how it is known"):
        retract_claim(claim_id=claim.pk, expected_revision=2, reason=" ", **bench.hold)

    retract_claim(claim_id=claim.pk, expected_revision=2, reason="Its page says so.", **bench.hold)

    claim.refresh_from_db()
    assert (claim.state, claim.incident_id) == (ClaimState.RETRACTED, incident.pk)
    assert assess_incident(incident).assessment.ranges["KILLED"]["civilians"].maximum is None
    line = AuditEvent.objects.get(action="claim.retract")
    assert line.changes == {"state": ["ACCEPTED", "RETRACTED"]}
    with pytest.raises(UnableToDecide, match="retracted"):
        reject_claim(claim_id=claim.pk, expected_revision=3, reason="No.", **bench.hold)
    accept(bench, claim, incident_id=incident.pk, expected_revision=3)


def test_only_an_accepted_claim_is_taken_back(bench: Bench) -> None:
    claim = bench.claim()

    with pytest.raises(UnableToDecide, match="open and can't become retracted"):
        retract_claim(claim_id=claim.pk, expected_revision=1, reason="No.", **bench.hold)


def test_machine_decides_nothing_even_past_the_task(bench: Bench) -> None:
    with pytest.raises(UnableToDecide, match="only a person decides"):
        claims.reject(bench.claim(), actor=machine("worker"), now=NOW, reason="No figure.")


def test_claim_of_another_article_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound):
        accept(bench, ClaimFactory())


@pytest.mark.parametrize("minutes", [20, 300])
def test_lost_hold_writes_nothing_at_all(bench: Bench, minutes: int) -> None:
    claim, incident = bench.claim(), IncidentFactory()
    late = {**bench.hold, "now": NOW + timedelta(minutes=minutes)}
    before = AuditEvent.objects.count()

    with pytest.raises(LostLease):
        accept(bench, claim, incident_id=incident.pk, **late)
    with pytest.raises(LostLease):
        reject_claim(claim_id=claim.pk, expected_revision=1, reason="No.", **late)
    with pytest.raises(LostLease):
        add_claim(quote=claim.quote, fields=KILLED, incident_id=None, **late)
    with pytest.raises(LostLease):
        link_claims(claim_ids=[claim.pk], incident_id=incident.pk, **late)

    assert Claim.objects.filter(state=ClaimState.PROPOSED, revision=1).count() == 1
    assert not Contribution.objects.exists()
    assert AuditEvent.objects.count() == before
