"""What a claim may never be, said by the database itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    IncidentFactory,
    PersonFactory,
    SourceFactory,
    accepted_claim,
)
from tests.factories.published import incident_in_review
from tracker.incidents.models import Claim, Incident, Reading

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

LATER = datetime.now(tz=UTC).date() + timedelta(days=2)


def _refuses(claim: Claim, why: str, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**values)


def _decision(person: Person) -> dict[str, Any]:
    return {
        "decided_by": person,
        "decided_at": NOW,
        "decision_reason": "The passage says so.",
        "revision": F("revision") + 1,
    }


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"outcome": "HURT"}, "claim_outcome_valid"),
        ({"subject_status": "FIGHTER"}, "claim_status_valid"),
        ({"polarity": "MAYBE"}, "claim_polarity_valid"),
        ({"scope": "WORLD"}, "claim_scope_valid"),
        ({"copy_decision": "UPDATE"}, "claim_copy_decision_has_origin"),
        ({"minimum": 9, "maximum": 7}, "claim_range_ordered"),
        ({"women_min": 2, "women_max": 1}, "claim_women_ordered"),
        ({"men_min": 2, "men_max": 1}, "claim_men_ordered"),
        ({"children_min": 2, "children_max": 1}, "claim_children_ordered"),
        ({"maximum": 9, "children_min": 6, "women_min": 4}, "claim_subgroups_within"),
        ({"maximum": 9, "men_max": 10}, "claim_subgroups_within"),
        ({"said_on": LATER}, "a day in the future"),
        ({"minimum": -1}, "minimum"),
        ({"polarity": "ASSERTS_NO_HARM"}, "claim_no_harm_is_zero"),
        ({"polarity": "ASSERTS_NO_HARM", "minimum": 0}, "claim_no_harm_is_zero"),
        ({"credibility": 0}, "claim_credibility_valid"),
        ({"credibility": 7}, "claim_credibility_valid"),
        ({"decided_at": NOW}, "claim_decided_by_a_person"),
    ],
)
def test_proposal_that_can_not_be(values: dict[str, Any], constraint: str) -> None:
    _refuses(ClaimFactory(), constraint, **values)


def test_word_on_a_copy_is_one_of_two() -> None:
    claim = ClaimFactory(copy_of=ClaimFactory())

    _refuses(claim, "claim_copy_decision_valid", copy_decision="PERHAPS")
    Claim.objects.filter(pk=claim.pk).update(copy_decision="UPDATE")


def test_half_open_ranges_are_facts() -> None:
    claim = ClaimFactory(minimum=5, maximum=None)

    Claim.objects.filter(pk=claim.pk).update(minimum=None, maximum=30, children_max=2)
    Claim.objects.filter(pk=claim.pk).update(maximum=None, children_min=40, children_max=None)


@pytest.mark.parametrize("passage", [{"start": 9, "end": 9}, {"start": 9, "end": 8}, {"quote": ""}])
def test_claim_without_a_passage(passage: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="claim_passage_given"), transaction.atomic():
        ClaimFactory(**{"start": 0, "end": 5, "quote": "words", **passage})


@pytest.mark.parametrize("state", ["ACCEPTED", "REJECTED", "RETRACTED", "DECIDED"])
def test_claim_begins_as_a_proposal(researcher: Person, state: str) -> None:
    with pytest.raises(DatabaseError, match="must start as PROPOSED"), transaction.atomic():
        ClaimFactory(
            state=state, decided_by=researcher, decided_at=NOW, decision_reason="So it is."
        )


@pytest.mark.parametrize("missing", ["decided_by", "decided_at"])
def test_decision_without_its_person_or_time(researcher: Person, missing: str) -> None:
    _refuses(
        ClaimFactory(),
        "claim_decided_by_a_person",
        state="ACCEPTED",
        **{**_decision(researcher), missing: None},
    )


def test_decision_without_its_reason(researcher: Person) -> None:
    decision = {**_decision(researcher), "decision_reason": ""}

    _refuses(ClaimFactory(), "claim_decided_by_a_person", state="REJECTED", **decision)


@pytest.mark.parametrize(
    ("state", "to"),
    [
        ("PROPOSED", "RETRACTED"),
        ("ACCEPTED", "PROPOSED"),
        ("REJECTED", "PROPOSED"),
        ("REJECTED", "RETRACTED"),
        ("RETRACTED", "REJECTED"),
    ],
)
def test_state_is_never_skipped(researcher: Person, state: str, to: str) -> None:
    claim = ClaimFactory()
    if state != "PROPOSED":
        claim = accepted_claim(by=researcher)
        if state != "ACCEPTED":
            Claim.objects.filter(pk=claim.pk).update(state=state, revision=F("revision") + 1)

    _refuses(claim, "Invalid transition", state=to, **_decision(researcher))


def test_machine_changes_no_claim_that_a_person_decided(researcher: Person) -> None:
    claim = accepted_claim(by=researcher)

    for values in (
        {"minimum": 9},
        {"minimum": 9, "revision": F("revision") + 2},
        {"minimum": 9, "revision": F("revision") + 1, "decided_by": None},
        {"speaker_text": "officials"},
    ):
        _refuses(claim, "only by a new decision of a person", **values)


def test_passage_never_moves(researcher: Person) -> None:
    for claim in (ClaimFactory(), accepted_claim(by=researcher)):
        for values in (
            {"start": claim.start + 1},
            {"end": claim.end + 1},
            {"quote": "other words"},
            {"article": ArticleFactory()},
        ):
            _refuses(claim, "Cannot update rows", revision=F("revision") + 1, **values)


def test_claim_is_never_deleted() -> None:
    claim = ClaimFactory()

    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk)._raw_delete("default")


def test_only_an_accepted_claim_is_on_an_incident(researcher: Person) -> None:
    incident = IncidentFactory()

    _refuses(ClaimFactory(), "claim_linked_when_accepted", incident=incident)
    _refuses(
        ClaimFactory(),
        "claim_linked_when_accepted",
        incident=incident,
        state="REJECTED",
        **_decision(researcher),
    )


def test_running_total_is_on_no_incident(researcher: Person) -> None:
    claim = accepted_claim(by=researcher, incident=IncidentFactory())

    _refuses(
        claim, "claim_aggregate_has_no_incident", scope="AGGREGATE", revision=F("revision") + 1
    )


def test_one_whole_row_per_statement_outcome_and_status(researcher: Person) -> None:
    incident = IncidentFactory()
    whole = accepted_claim(by=researcher, incident=incident, statement="one")

    with pytest.raises(IntegrityError, match="claim_one_whole_row"), transaction.atomic():
        accepted_claim(by=researcher, incident=incident, statement="one")

    accepted_claim(by=researcher, incident=incident, statement="one", part_of=whole)
    accepted_claim(by=researcher, incident=incident, statement="one", outcome="INJURED")
    accepted_claim(by=researcher, incident=IncidentFactory(), statement="one")


def test_claims_of_an_incident_in_review_are_locked(researcher: Person) -> None:
    incident = incident_in_review(researcher=researcher)
    linked = Claim.objects.get(incident=incident)
    loose = accepted_claim(by=researcher)

    _refuses(linked, "its claims are locked", minimum=9, **_decision(researcher))
    _refuses(linked, "its claims are locked", incident=None, **_decision(researcher))
    _refuses(loose, "its claims are locked", incident=incident, **_decision(researcher))


def test_confirmed_claim_is_on_an_incident(researcher: Person) -> None:
    _refuses(
        accepted_claim(by=researcher),
        "claim_confirmed_is_linked",
        credibility=1,
        revision=F("revision") + 1,
    )


def test_confirmed_claim_stands_beside_one_of_another_origin(researcher: Person) -> None:
    incident, speaker = IncidentFactory(), SourceFactory()
    claim = accepted_claim(by=researcher, incident=incident, speaker=speaker)
    accepted_claim(by=PersonFactory(), incident=incident, speaker=speaker)

    with pytest.raises(DatabaseError, match="credibility 1 needs an accepted claim of another"):
        _rate_as_confirmed(claim)

    accepted_claim(by=researcher, incident=incident, speaker=SourceFactory())
    _rate_as_confirmed(claim)


@pytest.mark.parametrize(
    "values",
    [{"incident": None}, {"state": "RETRACTED"}, {"polarity": "SILENT"}, {"speaker": "the same"}],
)
def test_confirmed_claim_goes_to_no_review_alone(
    researcher: Person, values: dict[str, Any]
) -> None:
    incident = IncidentFactory()
    claim, other = (
        accepted_claim(by=researcher, incident=incident, speaker=SourceFactory()) for _ in range(2)
    )
    _rate_as_confirmed(claim)
    if "speaker" in values:
        values = {"speaker": claim.speaker}

    _change_at_once(other, **values)

    with pytest.raises(DatabaseError, match="is confirmed by no other origin"):
        Incident.objects.filter(pk=incident.pk).update(
            status="IN_REVIEW", submitted_by=researcher, submitted_at=NOW
        )


def _rate_as_confirmed(claim: Claim) -> None:
    _change_at_once(claim, credibility=1)


def _change_at_once(claim: Claim, **values: Any) -> None:
    """As at the end of a transaction, when the claims of all its decisions are there."""
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(revision=F("revision") + 1, **values)
        connection.check_constraints()


def test_decided_claim_is_never_withdrawn(researcher: Person) -> None:
    claim = accepted_claim(by=researcher)
    _refuses(claim, "claim_withdrawn_while_proposed", withdrawn_at=NOW, revision=F("revision") + 1)


def _reading(**values: Any) -> Reading:
    fields: dict[str, Any] = {"outcome": "KILLED", "subject_status": "UNKNOWN", "scope": "INCIDENT"}
    return Reading.objects.create(claim=ClaimFactory(), **(fields | values))


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"outcome": "HURT"}, "reading_outcome_valid"),
        ({"subject_status": "FIGHTER"}, "reading_status_valid"),
        ({"scope": "WORLD"}, "reading_scope_valid"),
        ({"method": "magic"}, "reading_method_valid"),
        ({"protected_kind": "king"}, "reading_protected_valid"),
        ({"minimum": 9, "maximum": 7}, "reading_range_ordered"),
        ({"date_basis": "GUESS"}, "reading_basis_valid"),
        (
            {"date_precision": "HOUR", "date_start": NOW.date(), "date_end": NOW.date()},
            "reading_precision_valid",
        ),
        ({"date_start": NOW.date(), "date_precision": "DAY"}, "reading_days_whole"),
        ({"date_start": NOW.date(), "date_end": NOW.date()}, "reading_precision_matches_days"),
        ({"date_precision": "DAY"}, "reading_precision_matches_days"),
    ],
)
def test_reading_that_can_not_be(values: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _reading(**values)


def test_reading_never_changes() -> None:
    reading = _reading(place="Marnesh")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(place="Sella")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).delete()
