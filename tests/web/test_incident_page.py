"""The incident page: how many, how sure, says who."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    IncidentFactory,
    PartyFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.incidents.choices import Outcome, Polarity, SubjectStatus
from tracker.incidents.models import Incident, Reading
from tracker.incidents.services.incidents import record_evidence, record_position
from tracker.sources.models import CredibilityNote

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]
from tests.factories.requests import sent_request
from tests.web.incident_forms import DETAILS, say, send, url_of

pytestmark = pytest.mark.django_db

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_headline_range_and_reasons(incident: Incident, viewer: Person, signed_in: SignIn) -> None:
    html = signed_in(viewer).get(url_of(incident)).content.decode()
    assert "<h1>9–14 civilians reported killed</h1>" in html
    assert "Killed: why 9 to 14" in html
    assert "All steps, as the rules took them" in html
    assert "replaced by C" in html
    assert "denial by a party; it stands beside the range" in html
    assert "0 said" in html
    assert "3 independent origins" in html
    assert "t-grade--fair" in html
    assert "Strike status <strong>declared</strong>" in html
    assert "acknowledges the act, denies harm" in html
    assert "toll" not in html


def test_claims_stand_side_by_side_with_rating_and_article(
    incident: Incident, viewer: Person, signed_in: SignIn
) -> None:
    html = signed_in(viewer).get(url_of(incident)).content.decode()
    matrix = html.split('id="claims-m"')[1].split("</section>")[0]
    assert matrix.count('<tr class="is-out">') == 2
    for words in ("Veria Monitor", "Ardesh Hospital", "Coalition press office", "silent"):
        assert words in matrix
    assert '<span><span class="visually-hidden">Reliability </span>B</span>' in matrix
    assert "Publishes its lists." in html
    for claim in incident.claims.all():
        assert reverse("task", args=[claim.article.task.pk]) in matrix


def test_silence_is_never_zero(researcher: Person, viewer: Person, signed_in: SignIn) -> None:
    empty = IncidentFactory(created_by=researcher)
    html = signed_in(viewer).get(url_of(empty)).content.decode()
    assert "<h1>No harm to civilians asserted</h1>" in html
    assert "No claim is linked yet" in html
    assert ">0<" not in html.split("<main")[1].split('id="history"')[0]


def test_fighters_and_a_denial_make_no_harm_asserted(
    researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    incident = IncidentFactory(created_by=researcher)
    party = PartyFactory(name="Coalition")
    fighters = {"subject_status": SubjectStatus.COMBATANT, "party": party}
    say(researcher, incident, None, speaker_text="officials", minimum=2, maximum=2, **fighters)
    say(
        researcher,
        incident,
        None,
        speaker_text="officials",
        party=party,
        minimum=0,
        maximum=0,
        polarity=Polarity.ASSERTS_NO_HARM,
        subject_status=SubjectStatus.CIVILIAN,
    )
    html = signed_in(viewer).get(url_of(incident)).content.decode()
    assert "<h1>No harm to civilians asserted</h1>" in html
    assert "<dt>Fighters</dt>" in html
    assert "t-grade--none" in html


@pytest.mark.parametrize(
    ("claims", "headline"),
    [
        (
            [{"minimum": 1, "maximum": 1}],
            "1 person reported killed; status not stated (presumed civilian)",
        ),
        (
            [{"minimum": 2, "outcome": Outcome.INJURED, "subject_status": SubjectStatus.CIVILIAN}],
            "2+ people reported injured",
        ),
        (
            [
                {"maximum": 30, "minimum": None, "subject_status": SubjectStatus.CIVILIAN},
                {"minimum": 4, "maximum": 6, "outcome": Outcome.INJURED},
            ],
            "up to 30 civilians reported killed, 4–6 injured",
        ),
        ([{"minimum": None}], "Harm to civilians reported, no figure"),
        (
            [{"minimum": 0, "maximum": 0, "polarity": Polarity.ASSERTS_NO_HARM}],
            "No civilian harmed, it is said",
        ),
    ],
)
def test_headline_says_what_is_reported(
    claims: list[dict[str, Any]],
    headline: str,
    researcher: Person,
    viewer: Person,
    signed_in: SignIn,
) -> None:
    incident = IncidentFactory(created_by=researcher)
    monitor = SourceFactory()
    for fields in claims:
        say(researcher, incident, monitor, **fields)
    html = signed_in(viewer).get(url_of(incident)).content.decode()
    assert f"<h1>{headline}</h1>" in html


def test_incident_is_found_by_handle_and_by_nothing_else(
    incident: Incident, viewer: Person, signed_in: SignIn
) -> None:
    client = signed_in(viewer)
    assert client.get(reverse("incident", args=[incident.handle])).status_code == 200
    assert client.get(reverse("incident", args=["nowhere"])).status_code == 404
    assert client.get(reverse("incident", args=[str(incident.pk)])).status_code == 404


def test_new_incident_begins_with_its_title(
    researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    page = reverse("incident_new")
    assert "Make the incident" in client.get(page).content.decode()
    assert client.post(page, {"title": " "}).status_code == 400
    response = client.post(page, {"title": "Shelling of a farm road"})
    incident = Incident.objects.get()
    assert response.headers["Location"] == url_of(incident)
    assert signed_in(viewer).get(page).status_code == 403


def test_nothing_from_outside_becomes_markup(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    incident = IncidentFactory(
        created_by=researcher, title=EVIL, summary=EVIL, place_name=EVIL, date_raw=EVIL
    )
    actor, now = researcher.as_actor(), timezone.now()
    source = SourceFactory(name=EVIL, party=PartyFactory(name=EVIL))
    CredibilityNote.objects.create(
        source=source, reliability="C", text=EVIL, author=researcher, made_at=now
    )
    say(researcher, incident, source, minimum=3)
    say(researcher, incident, None, speaker_text=EVIL, minimum=4)
    record_evidence(
        incident_id=incident.pk,
        kind="OTHER",
        party_name=EVIL,
        article_id=None,
        note=EVIL,
        actor=actor,
        now=now,
    )
    record_position(
        incident_id=incident.pk,
        party_name=EVIL,
        said_on=date(2026, 3, 5),
        act="DENIES",
        harm="",
        responsibility="",
        article_id=incident.claims.order_by("id")[0].article_id,
        actor=actor,
        now=now,
    )
    incident.refresh_from_db()
    client = signed_in(researcher)
    pages = [
        client.get(url_of(incident)).content.decode(),
        send(client, incident, "edit", **DETAILS | {"title": EVIL, "reason": ""}).content.decode(),
        send(client, incident, "submit", reason=EVIL)
        and client.get(url_of(incident)).content.decode(),
        client.get(reverse("incidents")).content.decode(),
    ]
    incident.refresh_from_db()
    send(signed_in(reviewer), incident, "return", reason=EVIL)
    pages.append(client.get(url_of(incident)).content.decode())
    for html in pages:
        assert "<script" not in html
        assert "<img" not in html
        assert not re.search(r"\sstyle=|\son\w+=\"", html)


def test_page_asks_as_often_for_forty_claims_as_for_four(
    researcher: Person,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(researcher)
    for many in (4, 40):
        incident = IncidentFactory(created_by=researcher)
        for number in range(many):
            say(
                researcher,
                incident,
                SourceFactory(party=PartyFactory()),
                minimum=number,
                statement=f"{many}-{number}",
            )
        record_position(
            incident_id=incident.pk,
            party_name=f"Party {many}",
            said_on=date(2026, 3, 5),
            act="DENIES",
            harm="",
            responsibility="",
            article_id=incident.claims.order_by("id")[0].article_id,
            actor=researcher.as_actor(),
            now=timezone.now(),
        )
        for _ in range(many // 4):
            sent_request(by=researcher, incident=incident)
        with django_assert_max_num_queries(40):
            assert client.get(url_of(incident)).status_code == 200


def test_empty_day_and_place_are_offered_as_most_texts_say(
    researcher: Person, signed_in: SignIn
) -> None:
    draft = IncidentFactory(date_start=None, date_end=None, date_precision="UNKNOWN", place_name="")
    for place, day in (("Sella", 3), ("Marnesh", 4), ("Marnesh", 4)):
        claim = accepted_claim(by=researcher, incident=draft)
        Reading.objects.create(
            claim=claim,
            outcome="KILLED",
            subject_status="UNKNOWN",
            scope="INCIDENT",
            place=place,
            date_start=date(2026, 11, day),
            date_end=date(2026, 11, day),
            date_precision="DAY",
            date_raw="on Wednesday",
        )

    html = signed_in(researcher).get(url_of(draft)).content.decode()

    form = html[html.index('id="form-edit"') :]
    assert 'value="2026-11-04"' in form
    assert 'value="Marnesh"' in form
    assert 'value="on Wednesday"' in form
    assert "As the linked texts are read; check before you save" in form
    draft.refresh_from_db()
    assert draft.date_start is None


def test_what_a_person_entered_is_not_offered_anew(researcher: Person, signed_in: SignIn) -> None:
    entered = IncidentFactory(place_name="Sella")
    claim = accepted_claim(by=researcher, incident=entered)
    Reading.objects.create(
        claim=claim,
        outcome="KILLED",
        subject_status="UNKNOWN",
        scope="INCIDENT",
        place="Marnesh",
    )

    html = signed_in(researcher).get(url_of(entered)).content.decode()

    assert 'value="Marnesh"' not in html
    assert 'value="Sella"' in html


def test_who_edits_sees_what_may_be_the_same_event(
    researcher: Person, reviewer: Person, viewer: Person, signed_in: SignIn
) -> None:
    recorded = {
        "date_start": date(2026, 11, 4),
        "date_end": date(2026, 11, 4),
        "date_precision": "DAY",
        "place_name": "Sella",
    }
    draft, other = (IncidentFactory(title=title, **recorded) for title in ("One", EVIL))

    html = signed_in(researcher).get(url_of(draft)).content.decode()
    part = html.split('id="alike"')[1].split("</section>")[0]

    assert url_of(other) in part
    assert "the same day or overlapping days" in part
    assert "both in <bdi>Sella</bdi>" in part
    assert "<script>" not in part
    compare = reverse("incident_merge_into", args=[str(draft), str(other)])
    assert compare not in part
    assert compare in signed_in(reviewer).get(url_of(draft)).content.decode()
    assert 'id="alike"' not in signed_in(viewer).get(url_of(draft)).content.decode()
