"""The pages of requests to belligerents: draft, send, reply, reopen, and what they remind of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import IncidentFactory, PersonFactory
from tests.factories.requests import answered_request, drafted_request, sent_request
from tests.web.incident_forms import send as send_incident
from tests.web.incident_forms import url_of
from tracker.incidents.models import PartyRequest, Position
from tracker.web.staff.requests import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

    SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
SENT_ON = TODAY - timedelta(days=30)
DUE_ON = TODAY + timedelta(days=30)


def _sent(by: Person, **fields: Any) -> PartyRequest:
    given = {"sent_on": SENT_ON, "due_on": DUE_ON, "now": timezone.now()} | fields
    return sent_request(by=by, **given)


def _answered(by: Person, **fields: Any) -> PartyRequest:
    days: dict[str, Any] = {"sent_on": SENT_ON, "due_on": DUE_ON, "replied_on": TODAY}
    return answered_request(by=by, now=timezone.now(), **days | fields)


def _url(asked: PartyRequest) -> str:
    return reverse("request", args=[asked.pk])


def _post(client: Client, asked: PartyRequest, what: str, **fields: str) -> Any:
    sent = {"what": what, "revision": str(asked.revision)} | fields
    return client.post(_url(asked), sent)


def test_request_is_drafted_sent_answered_and_reopened_by_forms(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    assert "New request" in client.get(url_of(incident)).content.decode()
    party = incident.parties.get().party
    new = reverse("request_new", args=[str(incident)])
    made: Any = client.post(new, {"party": str(party.pk), "allegation": "A market was struck."})
    asked = PartyRequest.objects.get()
    assert made.url == _url(asked)

    send = {
        "allegation": "A market in Ardesh was struck.",
        "sent_on": SENT_ON.isoformat(),
        "channel": "WEB_FORM",
        "their_reference": "CIV-17",
        "due_on": DUE_ON.isoformat(),
    }
    assert _post(client, asked, "send", **send).status_code == 302
    asked.refresh_from_db()
    receipt = {"on": TODAY.isoformat(), "their_reference": "CIV-18", "due_on": DUE_ON.isoformat()}
    assert _post(client, asked, "acknowledge", **receipt, words="Soon.").status_code == 302
    asked.refresh_from_db()
    article = incident.claims.order_by("id")[0].article
    reply = {
        "replied_on": TODAY.isoformat(),
        "outcome": "NON_CREDIBLE",
        "refusal_reason": "NO_STRIKES_IN_AREA",
        "quote": "No strikes were recorded.",
        "article": str(article.pk),
    }
    assert _post(client, asked, "reply", **reply).status_code == 302
    asked.refresh_from_db()
    reopen = {"on": TODAY.isoformat(), "reason": "A video.", "channel": "EMAIL"}
    reopened = _post(client, asked, "reopen", **reopen, due_on=DUE_ON.isoformat())
    assert reopened.status_code == 302

    html = client.get(_url(asked)).content.decode()
    for words in (
        "reopened",
        "A market in Ardesh was struck.",
        "their web form",
        "CIV-18",
        "non-credible: no strikes in the area",
        "No strikes were recorded.",
        "A video.",
        str(article.outlet),
    ):
        assert words in html
    asked.refresh_from_db()
    assert (asked.state, asked.outcome) == ("REOPENED", "")


def test_reply_is_recorded_as_a_position_only_by_the_incidents_own_form(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    asked = _answered(researcher, incident=incident)
    before = Position.objects.filter(incident=incident).count()
    page = client.get(_url(asked))
    assert "Record it as a statement" in page.content.decode()
    assert Position.objects.filter(incident=incident).count() == before

    link = page.context["page"].record_url
    form = client.get(link).context["forms"]["position"]
    assert form.initial["assessment"] == "NON_CREDIBLE"
    fields = {
        name: values[0]
        for name, values in parse_qs(urlsplit(link).query).items()
        if name != "record"
    }
    incident.refresh_from_db()
    assert send_incident(client, incident, "position", **fields).status_code == 302

    said = Position.objects.filter(incident=incident).latest("pk")
    assert (said.party_id, said.assessment) == (asked.party_id, "NON_CREDIBLE")
    assert said.refusal_reason == "INSUFFICIENT_LOCATION"
    html = client.get(_url(asked)).content.decode()
    assert "recorded among the positions" in html
    assert "Record it as a statement" not in html
    positions = client.get(url_of(incident)).content.decode()
    assert "Its own assessment" in positions
    assert "too little said of the place" in positions


def test_position_with_a_reason_but_no_refusal_stays_in_the_form(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    fields = {"party_name": "Coalition", "said_on": "2026-03-08", "assessment": "CREDIBLE"}
    response = send_incident(
        signed_in(researcher), incident, "position", **fields, refusal_reason="OTHER"
    )

    assert response.status_code == 400
    assert "A reason belongs to a refusal only." in response.content.decode()


@pytest.mark.parametrize(
    ("what", "fields", "refusal"),
    [
        ("reply", {"outcome": "", "replied_on": "today"}, (400, "This field is required")),
        ("reply", {"outcome": "CREDIBLE"}, (400, "This field is required")),
        ("reply", {"outcome": "OPEN", "replied_on": "today"}, (400, "say when it is due")),
        (
            "reply",
            {"outcome": "CREDIBLE", "replied_on": "today", "refusal_reason": "OTHER"},
            (400, "belongs to a refusal"),
        ),
        ("reply", {"outcome": "CREDIBLE", "replied_on": "before"}, (409, "day of submission")),
        ("close", {"on": "today", "reason": ""}, (400, "This field is required")),
        ("acknowledge", {"on": "today", "due_on": "before"}, (409, "due after")),
    ],
)
def test_step_that_can_not_be_stays_in_its_form(
    what: str,
    fields: dict[str, str],
    refusal: tuple[int, str],
    researcher: Person,
    signed_in: SignIn,
) -> None:
    days = {"today": TODAY, "before": SENT_ON - timedelta(days=1)}
    sent = {name: str(days.get(value, value)) for name, value in fields.items()}
    asked = _sent(researcher)
    response = _post(signed_in(researcher), asked, what, **sent | {"quote": "kept words"})

    html = response.content.decode()
    assert response.status_code == refusal[0]
    assert refusal[1] in html
    assert what != "reply" or "kept words" in html
    asked.refresh_from_db()
    assert asked.state == "SENT"


def test_step_from_an_old_page_is_refused_and_what_was_typed_stands_there(
    researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    asked = _answered(researcher)
    close = {"on": TODAY.isoformat(), "reason": "They will not answer."}

    gone = _post(client, asked, "close", **close)
    assert gone.status_code == 409
    assert "They will not answer." in gone.content.decode()
    other = _sent(researcher)
    other.revision = 0
    stale = _post(client, other, "close", **close)
    assert stale.status_code == 409
    assert "since you opened it" in stale.content.decode()
    assert _post(client, asked, "burn").status_code == 400


def test_each_sees_the_forms_they_may_send(
    researcher: Person, coordinator: Person, viewer: Person, signed_in: SignIn
) -> None:
    asked = _sent(researcher)

    def offered(person: Person) -> list[str]:
        return list(signed_in(person).get(_url(asked)).context["forms"])

    assert offered(researcher) == ["reply", "acknowledge", "close"]
    assert offered(coordinator) == ["reply", "acknowledge", "close"]
    other = PersonFactory()
    assert offered(other) == ["reply", "acknowledge"]
    assert offered(viewer) == []
    refused = _post(signed_in(other), asked, "close", on=TODAY.isoformat(), reason="No.")
    assert refused.status_code == 403
    assert "owner or a coordinator" in refused.content.decode()


def test_new_request_needs_a_named_party(researcher: Person, signed_in: SignIn) -> None:
    client = signed_in(researcher)
    incident = IncidentFactory(created_by=researcher)
    new = reverse("request_new", args=[str(incident)])

    assert "names no party yet" in client.get(new).content.decode()
    assert client.post(new, {"party": "1", "allegation": "Struck."}).status_code == 400
    assert "New request" not in client.get(url_of(incident)).content.decode()
    assert client.get(reverse("request", args=[0])).status_code == 404
    named = reverse("request_new", args=[str(drafted_request(by=researcher).incident)])
    assert client.post(named, {"party": "", "allegation": "Struck."}).status_code == 400
    assert PartyRequest.objects.count() == 1


def test_list_is_narrowed_by_what_waits(
    researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    late = _sent(researcher, due_on=TODAY - timedelta(days=1))
    soon = _sent(researcher, due_on=TODAY + timedelta(days=3))
    answered = _answered(researcher)
    client = signed_in(viewer)

    def shown(**query: str) -> list[int]:
        page = client.get(reverse("requests"), query)
        assert page.status_code == 200
        return [row.pk for row in page.context["rows"]]

    assert shown() == shown(show="nonsense", skip="x") == [late.pk, soon.pk]
    assert shown(show="overdue") == [late.pk]
    assert shown(show="due") == [soon.pk]
    assert shown(show="answered") == [answered.pk]
    assert shown(show="closed") == []
    assert "overdue: was due on" in client.get(reverse("requests")).content.decode()


def test_list_goes_on_and_asks_as_often_for_many(
    researcher: Person,
    viewer: Person,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [drafted_request(by=researcher).pk for _ in range(PAGE + 2)]
    client = signed_in(viewer)
    with django_assert_max_num_queries(7):
        first = client.get(reverse("requests"))
    second = client.get(reverse("requests"), {"skip": first.context["next_skip"]})

    seen = [row.pk for row in [*first.context["rows"], *second.context["rows"]]]
    assert seen == made
    assert second.context["next_skip"] is None


def test_desk_reminds_the_owner_and_the_coordinator(
    researcher: Person, coordinator: Person, viewer: Person, signed_in: SignIn
) -> None:
    late = _sent(researcher, due_on=TODAY - timedelta(days=1))
    _sent(researcher)

    for person in (researcher, coordinator):
        desk = signed_in(person).get("/")
        assert [row.pk for row in desk.context["reminders"]] == [late.pk]
        assert "Replies of belligerents" in desk.content.decode()
    for person in (PersonFactory(), viewer):
        assert "Replies of belligerents" not in signed_in(person).get("/").content.decode()
    assert f"was to reply to request {late.pk}" in signed_in(coordinator).get("/").content.decode()


def test_page_says_that_requests_are_not_published(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    html = signed_in(researcher).get(_url(_answered(researcher, incident=incident)))

    assert "requests and replies are not" in html.content.decode()
