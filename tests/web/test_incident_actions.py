"""What one may do on the incident page: edit, record, send to review, return, publish."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.published import incident_in_review
from tracker.audit.models import AuditEvent
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Incident, Position
from tracker.publication.models import Version
from tracker.verification.models import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]
from tests.web.incident_forms import DETAILS, send, submitted, url_of

pytestmark = pytest.mark.django_db


def test_details_are_edited_with_a_reason(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    assert send(client, incident, "edit", **DETAILS).url == url_of(incident)
    incident.refresh_from_db()
    assert incident.date_start == date(2026, 3, 3)
    assert incident.radius_m == 1500
    html = client.get(url_of(incident)).content.decode()
    for words in ("From the wire report.", "3 Mar 2026", "the day is known", "± 1500 m"):
        assert words in html
    assert "What, when or where changed" in html
    event = AuditEvent.objects.get(action="incident.edit")
    assert "Ardesh" not in str(event.changes)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("First day", "Day as printed")), ("ar", ("اليوم الأول",))],
)
def test_history_names_fields_as_the_form_does(
    language: str,
    words: tuple[str, ...],
    incident: Incident,
    researcher: Person,
    signed_in: SignIn,
) -> None:
    client = signed_in(researcher)
    send(client, incident, "edit", **DETAILS)
    client.post("/language/", {"language": language, "next": "/"})

    page = client.get(url_of(incident)).content.decode()

    history = page.split('id="history"')[1].split("</section>")[0]
    for word in words:
        assert word in history
    for raw in ("date_raw", "date raw", "geo precision", "speaker text"):
        assert raw not in history


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "This field is required"),
        ({"date_end": "2026-03-01"}, "lies before the first"),
        ({"date_precision": "UNKNOWN"}, "how well the day is known"),
        ({"date_start": "", "date_end": ""}, "Give the day"),
        ({"date_end": "2026-03-04"}, "same first and last"),
        ({"lon": ""}, "latitude and longitude"),
        ({"lat": "95"}, "90"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_details_that_can_not_be_stay_in_the_form(
    wrong: dict[str, str],
    sentence: str,
    incident: Incident,
    researcher: Person,
    signed_in: SignIn,
) -> None:
    fields = DETAILS | {"summary": "kept words"} | wrong
    response = send(signed_in(researcher), incident, "edit", **fields)
    html = response.content.decode()
    assert response.status_code == 400
    assert sentence in html
    assert "kept words" in html


def test_day_in_the_future_is_refused_beside_the_form(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    fields = DETAILS | {"date_start": "2999-01-01", "date_end": "2999-01-01"}
    response = send(signed_in(researcher), incident, "edit", **fields)
    assert response.status_code == 409
    assert "in the future" in response.content.decode()


def test_details_saved_by_somebody_else_show_both_versions(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    send(client, incident, "edit", **DETAILS)
    late = DETAILS | {"place_name": "Ardesh, vegetable market"}
    response = send(client, incident, "edit", **late)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody changed this incident while you were typing" in html
    assert re.search(r"<bdi>Ardesh</bdi></td><td><ins[^>]*><bdi>Ardesh, vegetable market", html)
    incident.refresh_from_db()
    assert f'name="revision" value="{incident.revision}"' in html
    assert incident.place_name == "Ardesh"


def test_positions_parties_and_evidence_are_recorded(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    article = incident.claims.order_by("id")[0].article
    position = {
        "party_name": "Coalition",
        "said_on": "2026-03-08",
        "act": "ACKNOWLEDGES",
        "harm": "ACCEPTS_HARM",
        "responsibility": "ACCEPTS",
        "article": str(article.pk),
    }
    assert send(client, incident, "position", **position).status_code == 302
    assert send(client, incident, "party", party_name="Northern Front").status_code == 302
    evidence = {"kind": "IMAGERY", "party_name": "", "article": "", "note": "A crater."}
    assert send(client, incident, "evidence", **evidence).status_code == 302
    html = client.get(url_of(incident)).content.decode()
    assert "accepts harm and responsibility" in html
    assert "t-grade--confirmed" in html
    assert "named, not accused" in html
    assert "A crater." in html
    assert Position.objects.filter(incident=incident).count() == 2


def test_empty_statement_is_refused(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    sent = {"party_name": "Coalition", "said_on": "2026-03-08"}
    response = send(signed_in(researcher), incident, "position", **sent)
    assert response.status_code == 400
    assert "at least one question" in response.content.decode()


def test_who_only_reads_has_no_forms_and_sends_none(
    incident: Incident, viewer: Person, administrator: Person, signed_in: SignIn
) -> None:
    for person in (viewer, administrator):
        client = signed_in(person)
        html = client.get(url_of(incident)).content.decode()
        assert 'name="what"' not in html
        assert "changes none" in html
        assert send(client, incident, "edit", **DETAILS).status_code == 403
        assert send(client, incident, "publish", change_note="x").status_code == 403
    assert send(signed_in(viewer), incident, "explode").status_code == 400


def test_from_draft_to_public_by_somebody_else(
    incident: Incident, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    author, second = signed_in(researcher), signed_in(reviewer)
    assert send(author, incident, "submit", reason="Ready.").status_code == 302
    incident.refresh_from_db()
    mine = author.get(url_of(incident)).content.decode()
    assert "In review." in mine
    assert "Reviewing needs the role of a reviewer." in mine
    assert "disabled" in mine
    assert 'value="edit"' not in mine
    theirs = second.get(url_of(incident)).content.decode()
    assert "Publish version 1" in theirs
    assert "fieldset disabled" not in theirs
    assert send(second, incident, "publish", change_note="").status_code == 400
    response = send(second, incident, "publish", change_note="First version.")
    incident.refresh_from_db()
    assert incident.status == IncidentStatus.PUBLISHED
    assert response.url == reverse("incident", args=[incident.code])
    html = author.get(url_of(incident)).content.decode()
    assert "Version 1 is public and nothing changed since." in html
    assert "First version." in html
    assert Version.objects.get().grade == "FAIR"
    assert send(author, incident, "edit", **DETAILS).status_code == 302
    html = author.get(url_of(incident)).content.decode()
    assert "Version 1 is public; changes since are not." in html
    assert "under revision" in html


def test_contributor_is_told_why_they_may_not_publish(
    incident: Incident, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    client = signed_in(reviewer)
    send(client, incident, "edit", **DETAILS)
    incident.refresh_from_db()
    incident = submitted(incident, researcher)
    html = client.get(url_of(incident)).content.decode()
    assert "You contributed to this incident since its last version" in html
    assert "<fieldset disabled>" in html
    response = send(client, incident, "publish", change_note="Mine.")
    assert response.status_code == 409
    assert "You contributed" in response.content.decode()
    incident.refresh_from_db()
    assert incident.status == IncidentStatus.IN_REVIEW


def test_another_grade_needs_its_reason_and_is_never_confirmed(
    incident: Incident, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    incident = submitted(incident, researcher)
    client = signed_in(reviewer)
    bare = send(client, incident, "publish", change_note="One.", grade="WEAK")
    assert bare.status_code == 400
    assert "Another grade needs its reason" in bare.content.decode()
    raised = {"change_note": "One.", "grade": "CONFIRMED", "grade_reason": "I think so."}
    assert send(client, incident, "publish", **raised).status_code == 409
    lowered = raised | {"grade": "WEAK", "grade_reason": "The hospital was misquoted."}
    assert send(client, incident, "publish", **lowered).status_code == 302
    incident.refresh_from_db()
    html = client.get(url_of(incident)).content.decode()
    assert "The hospital was misquoted." in html
    assert "t-grade--weak t-grade--box" in html


def test_returned_incident_says_by_whom_and_why(
    incident: Incident, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    incident = submitted(incident, researcher)
    second = signed_in(reviewer)
    assert send(second, incident, "return", reason="").status_code == 400
    assert send(second, incident, "return", reason="The place is too vague.").status_code == 302
    incident.refresh_from_db()
    html = signed_in(researcher).get(url_of(incident)).content.decode()
    assert "The place is too vague." in html
    assert f"Returned by <bdi>{reviewer.alias}</bdi>" in html
    assert "Send to review" in html


def test_form_sent_after_the_incident_moved_on_keeps_its_words(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    stale = incident.revision
    submitted(incident, researcher)
    client = signed_in(researcher)
    sent = DETAILS | {"what": "edit", "revision": str(stale), "summary": "long work"}
    response = client.post(url_of(incident), sent)
    assert response.status_code == 409
    assert "long work" in response.content.decode()


def test_review_of_what_changed_meanwhile_is_refused(
    incident: Incident, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    incident = submitted(incident, researcher)
    sent = {"what": "publish", "revision": "1", "change_note": "One."}
    response = signed_in(reviewer).post(url_of(incident), sent)
    assert response.status_code == 409
    assert "since you opened it. Read it again." in response.content.decode()


def test_kept_words_stand_in_their_form_again(
    incident: Incident, researcher: Person, signed_in: SignIn
) -> None:
    Draft.objects.create(
        person=researcher,
        token="t",
        form=f"incident-{incident.pk}-edit",
        fields={"summary": "typed before lunch"},
        saved_at=timezone.now(),
    )
    client = signed_in(researcher)
    html = client.get(url_of(incident)).content.decode()
    assert "typed before lunch" in html
    assert re.search(r'<details[^>]*id="form-edit" open', html)
    incident.refresh_from_db()
    send(client, incident, "edit", **DETAILS)
    assert not Draft.objects.exists()


def test_places_are_entered_signed_off_by_another_and_withdrawn(
    incident: Incident, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    writer, other = signed_in(researcher), signed_in(reviewer)
    half = {"name": "road to Tavir", "geo_precision": "STREET", "geo_method": "GAZETTEER"}
    refused = send(writer, incident, "place", **half, lat="34.5")
    assert refused.status_code == 400
    assert send(writer, incident, "place", **half).status_code == 302
    place = incident.further_places.get()
    html = other.get(url_of(incident)).content.decode()
    assert "road to Tavir" in html
    assert "not signed off" in html
    assert send(writer, incident, "sign", place=str(place.pk)).status_code == 403

    assert send(other, incident, "sign", place=str(place.pk)).status_code == 302
    incident.refresh_from_db()
    assert send(other, incident, "sign", place="0").status_code == 302

    html = writer.get(url_of(incident)).content.decode()
    assert f"signed off by <bdi>{reviewer.alias}</bdi>" in html
    assert "by nobody yet" not in html
    assert send(writer, incident, "withdraw", place=str(place.pk)).status_code == 302
    assert "road to Tavir" not in writer.get(url_of(incident)).content.decode()


def test_reviewer_sees_the_passages_that_would_leave_and_can_hold_them_back(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    incident = incident_in_review(researcher=researcher)
    client = signed_in(reviewer)

    shown = client.get(url_of(incident)).content.decode()
    sent = {"what": "publish", "revision": str(incident.revision), "change_note": "First."}
    client.post(url_of(incident), sent | {"without_quotes": "on"})

    assert "An air strike on a market in [name] kill" in shown
    version = Version.objects.get()
    assert [claim["quote"] for claim in version.document["claims"]] == [None]
    assert AuditEvent.objects.get(action="incident.publish").changes["with_quotes"] is False
