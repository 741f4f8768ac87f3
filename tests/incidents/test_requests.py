"""Requests to belligerents: from the draft to the answer and anew, without touching a figure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, IncidentFactory, PartyFactory, PersonFactory
from tests.factories.published import published_version
from tests.factories.requests import DUE, SENT, answered_request, drafted_request, sent_request
from tests.incidents.request_steps import acknowledge, close, common, reopen, reply
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.choices import REQUEST_TRANSITIONS, IncidentStatus, RequestState
from tracker.incidents.models import Contribution, Incident, IncidentParty, Position
from tracker.incidents.selectors.assessment import as_document, assess_incident
from tracker.incidents.selectors.requests import (
    get_request,
)
from tracker.incidents.services.incidents import record_position
from tracker.incidents.services.request_steps import UnableToFollow
from tracker.incidents.services.requests import (
    close_request,
    open_request,
    send_request,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.accounts.models import Person
    from tracker.incidents.models import PartyRequest

pytestmark = pytest.mark.django_db


def test_request_goes_from_draft_to_answer_and_anew(researcher: Person) -> None:
    article = ArticleFactory()
    request = acknowledge(sent_request(by=researcher), researcher, their_reference="CIV-18")
    request = reply(
        request,
        researcher,
        outcome="NON_CREDIBLE",
        refusal_reason="NO_STRIKES_IN_AREA",
        quote="No strikes were recorded.",
        article_id=article.pk,
    )
    request = reopen(request, researcher)
    request.refresh_from_db()

    assert (request.state, request.outcome, request.replied_on) == ("REOPENED", "", None)
    assert (request.sent_on, request.due_on) == (date(2026, 11, 19), date(2026, 12, 19))
    assert request.their_reference == "CIV-18"
    steps = list(request.steps.order_by("number"))
    assert [step.state for step in steps] == ["SENT", "ACKNOWLEDGED", "ANSWERED", "REOPENED"]
    assert {(step.by_id, step.at) for step in steps} == {(researcher.pk, NOW)}
    assert steps[0].words == request.allegation
    assert (steps[2].outcome, steps[2].refusal_reason) == ("NON_CREDIBLE", "NO_STRIKES_IN_AREA")
    assert (steps[2].words, steps[2].article_id) == ("No strikes were recorded.", article.pk)
    assert steps[3].words == "A video shows the place."


def test_each_step_is_one_audit_line_without_a_word_of_it(researcher: Person) -> None:
    reopen(answered_request(by=researcher), researcher)

    lines = AuditEvent.objects.filter(target_type="incidents.partyrequest").order_by("pk")
    assert [line.action for line in lines] == [
        "request.open",
        "request.send",
        "request.reply",
        "request.reopen",
    ]
    told = " ".join(str(line.changes) for line in lines)
    assert "Ardesh" not in told
    assert "hold this" not in told
    assert lines[2].changes["state"] == ["SENT", "ANSWERED"]
    assert lines[2].changes["refusal_reason"] == "INSUFFICIENT_LOCATION"
    assert lines[3].reason.text == "A video shows the place."


def test_pending_reply_leaves_it_open_until_another_day(researcher: Person) -> None:
    request = sent_request(by=researcher)
    with pytest.raises(InvalidInput, match="still to come"):
        reply(request, researcher, outcome="OPEN")
    request.refresh_from_db()
    request = reply(request, researcher, outcome="OPEN", due_on=date(2027, 1, 10))

    assert (request.state, request.due_on) == (RequestState.ACKNOWLEDGED, date(2027, 1, 10))
    assert request.is_awaited
    assert reply(request, researcher, outcome="CREDIBLE").state == RequestState.ANSWERED


def test_late_reply_to_a_closed_request_counts_from_the_first_submission(
    researcher: Person,
) -> None:
    request = close(sent_request(by=researcher), researcher)
    request = reopen(request, researcher, channel="", reason="Their letter came late.")

    assert request.sent_on == SENT
    assert reply(request, researcher).state == RequestState.ANSWERED


def test_draft_that_is_given_up_was_never_sent(researcher: Person) -> None:
    request = close(drafted_request(by=researcher), researcher, reason="Another team asks.")

    assert (request.state, request.sent_on) == (RequestState.CLOSED, None)
    with pytest.raises(InvalidInput, match="when and how it was submitted"):
        reopen(request, researcher, channel="")


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda r, p: reply(r, p, replied_on=SENT - timedelta(days=1)), "day of submission"),
        (lambda r, p: reply(r, p, outcome=""), "outcome"),
        (lambda r, p: reply(r, p, outcome="MAYBE"), "not a valid choice"),
        (lambda r, p: reply(r, p, refusal_reason="OTHER"), "outcome that refuses"),
        (lambda r, p: reply(r, p, replied_on=date(2026, 11, 25)), "in the future"),
        (lambda r, p: acknowledge(r, p, due_on=SENT), "due after"),
        (lambda r, p: close(r, p, reason=" "), "why"),
    ],
)
def test_step_that_can_not_be_is_refused_in_a_sentence(
    act: Callable[[PartyRequest, Person], PartyRequest], sentence: str, researcher: Person
) -> None:
    request = sent_request(by=researcher)

    with pytest.raises(InvalidInput, match=sentence):
        act(request, researcher)
    request.refresh_from_db()
    assert (request.state, request.revision) == (RequestState.SENT, 1)
    assert request.steps.count() == 1


def test_reply_is_due_after_the_day_of_submission(researcher: Person) -> None:
    with pytest.raises(InvalidInput, match="due after the day of submission"):
        sent_request(by=researcher, due_on=SENT)


def test_nothing_is_reopened_without_saying_what_is_new(researcher: Person) -> None:
    with pytest.raises(InvalidInput, match="what is new"):
        reopen(answered_request(by=researcher), researcher, reason=" ")


def test_steps_that_lead_nowhere_are_refused(researcher: Person) -> None:
    draft, answered = drafted_request(by=researcher), answered_request(by=researcher)

    acts: tuple[Callable[[], PartyRequest], ...] = (
        lambda: reply(draft, researcher),
        lambda: acknowledge(draft, researcher),
        lambda: reopen(draft, researcher),
        lambda: reply(answered, researcher),
        lambda: close(answered, researcher),
    )
    for act in acts:
        with pytest.raises(UnableToFollow):
            act()
    with pytest.raises(UnableToFollow, match="can't become sent"):
        send_request(
            **common(answered, researcher),
            allegation="Again.",
            sent_on=SENT,
            channel="EMAIL",
            their_reference="",
            due_on=DUE,
        )


def test_every_state_is_left_and_reached() -> None:
    assert {before for before, _after in REQUEST_TRANSITIONS} == set(RequestState)
    assert {after for _before, after in REQUEST_TRANSITIONS} == set(RequestState) - {
        RequestState.DRAFT
    }


def test_second_of_two_who_enter_a_step_is_told(researcher: Person) -> None:
    request = sent_request(by=researcher)
    stale = common(request, researcher)
    reply(request, researcher)

    with pytest.raises(StaleRevision):
        close_request(**stale, on=date(2026, 11, 19), reason="No answer.")


def test_only_owner_or_coordinator_ends_the_waiting(
    researcher: Person, coordinator: Person, viewer: Person
) -> None:
    other = PersonFactory()
    request = sent_request(by=researcher)

    with pytest.raises(NotAllowed, match="owner or a coordinator"):
        close(request, other)
    with pytest.raises(NotAllowed):
        acknowledge(request, viewer)
    request = acknowledge(request, other)
    request = close(request, coordinator)
    with pytest.raises(NotAllowed, match="owner or a coordinator"):
        reopen(request, other)
    assert reopen(request, researcher).state == RequestState.REOPENED


def test_request_goes_to_a_party_that_the_incident_names(
    researcher: Person, viewer: Person
) -> None:
    incident, party = IncidentFactory(), PartyFactory()
    given: dict[str, Any] = {
        "incident_id": incident.pk,
        "party_id": party.pk,
        "allegation": "Struck.",
        "now": NOW,
    }

    with pytest.raises(NotAllowed):
        open_request(**given, actor=viewer.as_actor())
    with pytest.raises(InvalidInput, match="Name this party"):
        open_request(**given, actor=researcher.as_actor())
    IncidentParty.objects.create(incident=incident, party=party)
    with pytest.raises(InvalidInput, match="Write what"):
        open_request(**given | {"allegation": " "}, actor=researcher.as_actor())
    with pytest.raises(NotFound):
        open_request(**given | {"incident_id": 0}, actor=researcher.as_actor())
    assert open_request(**given, actor=researcher.as_actor()).state == RequestState.DRAFT
    with pytest.raises(NotFound, match="no article"):
        reply(sent_request(by=researcher), researcher, article_id=0)
    with pytest.raises(NotFound, match="no request"):
        get_request(0, viewer=viewer.as_actor())


def test_request_changes_neither_figures_nor_status_nor_contributors(
    researcher: Person,
) -> None:
    other = PersonFactory()
    incident = published_version().incident
    IncidentParty.objects.create(incident=incident, party=PartyFactory())
    before = as_document(assess_incident(incident))
    contributions = Contribution.objects.filter(incident=incident).count()
    revision = incident.revision

    answered_request(by=other, incident=incident)
    incident.refresh_from_db()

    assert as_document(assess_incident(incident)) == before
    assert (incident.status, incident.revision) == (IncidentStatus.PUBLISHED, revision)
    assert Contribution.objects.filter(incident=incident).count() == contributions
    assert not Position.objects.filter(incident=incident).exists()


def test_reply_is_entered_while_the_incident_is_in_review(researcher: Person) -> None:
    incident = IncidentFactory(created_by=researcher)
    request = sent_request(by=researcher, incident=incident)
    Incident.objects.filter(pk=incident.pk).update(
        status=IncidentStatus.IN_REVIEW, submitted_by=researcher, submitted_at=NOW
    )

    assert reply(request, researcher).state == RequestState.ANSWERED


def test_recorded_reply_is_a_position_on_the_axis_of_assessment(researcher: Person) -> None:
    request = answered_request(by=researcher)
    record_position(
        incident_id=request.incident_id,
        party_name=request.party.name,
        said_on=date(2026, 11, 12),
        act="",
        harm="",
        responsibility="",
        assessment="OPEN",
        article_id=None,
        actor=researcher.as_actor(),
        now=NOW,
    )
    assessed = assess_incident(request.incident)

    (said,) = assessed.scenario.positions
    assert (said.assessment, said.act) == ("OPEN", None)
    assert assessed.assessment.position_summary[str(request.party_id)] == "UNDER_REVIEW"
    assert assessed.assessment.ranges["KILLED"]["civilians"].highest is None
