"""What a request to a belligerent may never be, said by the database itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.conftest import NOW
from tests.factories import IncidentFactory, PartyFactory
from tests.factories.requests import DUE, SENT, answered_request, drafted_request, sent_request
from tracker.incidents.models import PartyRequest, Position, RequestStep

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _step(request: PartyRequest, **fields: Any) -> RequestStep:
    given = {
        "number": request.revision + 1,
        "state": request.state,
        "on": SENT,
        "by": request.owner,
        "at": NOW,
    }
    return RequestStep.objects.create(request=request, **given | fields)


def _change(request: PartyRequest, **values: Any) -> None:
    """Change the row with the step that a change needs."""
    outcome = "CREDIBLE" if values.get("outcome") in {None, "", "MAYBE"} else values["outcome"]
    state = values.get("state", request.state)
    _step(request, state=state, words="Because.", outcome=outcome)
    PartyRequest.objects.filter(pk=request.pk).update(revision=request.revision + 1, **values)


def _refuses(request: PartyRequest, why: str, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        _change(request, **values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"channel": "PIGEON"}, "request_channel_valid"),
        ({"channel": ""}, "request_sent_whole"),
        ({"sent_on": None}, "request_"),
        ({"due_on": None}, "request_sent_whole"),
        ({"due_on": SENT}, "request_due_after_submission"),
        ({"due_on": SENT - timedelta(days=1)}, "request_due_after_submission"),
        (
            {"state": "ANSWERED", "replied_on": SENT - timedelta(days=1), "outcome": "CREDIBLE"},
            "request_reply_not_before_submission",
        ),
        ({"state": "ANSWERED", "replied_on": SENT}, "request_"),
        ({"state": "ANSWERED"}, "request_answered_has_reply"),
        ({"state": "ANSWERED", "outcome": "CREDIBLE"}, "request_reply_has_outcome"),
        (
            {"state": "ANSWERED", "replied_on": SENT, "outcome": "OPEN"},
            "request_answered_has_reply",
        ),
        (
            {"state": "ACKNOWLEDGED", "replied_on": SENT, "outcome": "CREDIBLE"},
            "request_answered_has_reply",
        ),
        ({"replied_on": SENT, "outcome": "CREDIBLE"}, "request_answered_has_reply"),
        (
            {
                "state": "ANSWERED",
                "replied_on": SENT,
                "outcome": "CREDIBLE",
                "refusal_reason": "OTHER",
            },
            "request_reason_of_a_refusal",
        ),
        (
            {
                "state": "ANSWERED",
                "replied_on": SENT,
                "outcome": "NON_CREDIBLE",
                "refusal_reason": "BORED",
            },
            "request_refusal_valid",
        ),
    ],
)
def test_request_that_can_not_be(
    researcher: Person, values: dict[str, Any], constraint: str
) -> None:
    _refuses(sent_request(by=researcher), constraint, **values)


def test_outcome_comes_from_its_vocabulary(researcher: Person) -> None:
    request = sent_request(by=researcher)

    with pytest.raises(IntegrityError, match="request_step_outcome_valid"), transaction.atomic():
        _step(request, outcome="MAYBE")
    _refuses(request, "request_outcome_valid", state="ANSWERED", replied_on=SENT, outcome="MAYBE")


def test_sent_request_goes_on_and_not_back(researcher: Person) -> None:
    request = sent_request(by=researcher)

    _refuses(request, "Invalid transition", state="REOPENED")
    with pytest.raises(DatabaseError, match="only by a step"), transaction.atomic():
        PartyRequest.objects.filter(pk=request.pk).update(state="DRAFT", revision=2)


@pytest.mark.parametrize("state", ["SENT", "ACKNOWLEDGED", "CLOSED"])
def test_answered_request_is_only_reopened(researcher: Person, state: str) -> None:
    _refuses(answered_request(by=researcher), "Invalid transition", state=state)


@pytest.mark.parametrize("state", ["CLOSED", "REOPENED"])
def test_nothing_is_closed_or_reopened_without_a_reason(researcher: Person, state: str) -> None:
    request = answered_request(by=researcher)

    with pytest.raises(IntegrityError, match="request_step_gives_reason"), transaction.atomic():
        _step(request, state=state)
    with pytest.raises(DatabaseError, match="only by a step"), transaction.atomic():
        PartyRequest.objects.filter(pk=request.pk).update(
            state="REOPENED",
            revision=request.revision + 1,
            replied_on=None,
            outcome="",
            refusal_reason="",
        )


def test_request_begins_as_a_draft(researcher: Person) -> None:
    with pytest.raises(DatabaseError, match="must start as DRAFT"), transaction.atomic():
        PartyRequest.objects.create(
            incident=IncidentFactory(),
            party=PartyFactory(),
            allegation="Struck.",
            state="SENT",
            channel="EMAIL",
            sent_on=SENT,
            due_on=DUE,
            owner=researcher,
            opened_at=NOW,
        )


def test_request_says_something(researcher: Person) -> None:
    with pytest.raises(IntegrityError, match="request_says_something"), transaction.atomic():
        PartyRequest.objects.create(
            incident=IncidentFactory(),
            party=PartyFactory(),
            allegation="",
            owner=researcher,
            opened_at=NOW,
        )


def test_change_without_a_step_is_refused(researcher: Person) -> None:
    request = sent_request(by=researcher)

    for values in (
        {"due_on": DUE + timedelta(days=30)},
        {"due_on": DUE + timedelta(days=30), "revision": request.revision + 1},
        {"their_reference": "another"},
    ):
        with pytest.raises(DatabaseError, match="only by a step"), transaction.atomic():
            PartyRequest.objects.filter(pk=request.pk).update(**values)


def test_what_was_sent_and_to_whom_stays(researcher: Person) -> None:
    request = sent_request(by=researcher)

    _refuses(request, "never changes", allegation="Another.")
    _refuses(request, "Cannot update", party=PartyFactory())
    _refuses(request, "Cannot update", incident=IncidentFactory())


def test_steps_follow_each_other_and_are_never_rewritten(researcher: Person) -> None:
    request = sent_request(by=researcher)

    for number in (0, request.revision, request.revision + 2):
        with pytest.raises(DatabaseError, match="follow each other"), transaction.atomic():
            _step(request, number=number)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        RequestStep.objects.update(words="Kinder.")
    for rows in (RequestStep.objects.all(), PartyRequest.objects.all()):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            rows._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="Cannot truncate"), transaction.atomic():
            cursor.execute("TRUNCATE incidents_requeststep")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "DRAFT"}, "request_step_state_valid"),
        ({"channel": "PIGEON"}, "request_step_channel_valid"),
        ({"refusal_reason": "BORED", "outcome": "NON_CREDIBLE"}, "request_step_refusal_valid"),
        ({"refusal_reason": "OTHER", "outcome": "CREDIBLE"}, "request_step_reason_of_a_refusal"),
        ({"state": "ANSWERED"}, "request_step_answer_has_outcome"),
        ({"due_on": SENT}, "request_step_due_later"),
        ({"on": date(2026, 11, 22)}, "request_step_not_in_future"),
    ],
)
def test_step_that_can_not_be(researcher: Person, fields: dict[str, Any], constraint: str) -> None:
    request = drafted_request(by=researcher)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _step(request, **{"state": "SENT", **fields})


def test_history_keeps_every_state_of_the_row(researcher: Person) -> None:
    request = answered_request(by=researcher)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state FROM incidents_partyrequestevent WHERE id = %s ORDER BY pgh_id",
            [request.pk],
        )
        assert [row[0] for row in cursor.fetchall()] == ["DRAFT", "SENT", "ANSWERED"]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"assessment": "MAYBE"}, "position_assessment_valid"),
        ({"assessment": "NON_CREDIBLE", "refusal_reason": "BORED"}, "position_refusal_valid"),
        ({"act": "DENIES", "refusal_reason": "OTHER"}, "position_reason_of_a_refusal"),
        ({"assessment": "CREDIBLE", "refusal_reason": "OTHER"}, "position_reason_of_a_refusal"),
    ],
)
def test_assessment_of_a_position_that_can_not_be(
    researcher: Person, values: dict[str, str], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Position.objects.create(
            incident=IncidentFactory(),
            party=PartyFactory(),
            said_on=SENT,
            entered_by=researcher,
            entered_at=NOW,
            **values,
        )
