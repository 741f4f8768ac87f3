"""Sources: the rating in force, dated notes, and two people at one form."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    IncidentFactory,
    PartyFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.audit.models import AuditEvent
from tracker.sources.choices import SourceKind
from tracker.sources.models import CredibilityNote, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

NOTE = {"what": "note", "reliability": "B", "text": "Held up for a year.", "audience": "PARTNERS"}


def _edit(source: Source, **change: str) -> dict[str, str]:
    return {
        "what": "edit",
        "kind": source.kind,
        "party_name": "",
        "reason": "Read its imprint.",
        "revision": str(source.revision),
        **change,
    }


def test_list_shows_the_rating_in_force_and_a_dash_for_none(
    researcher: Person, viewer: Person, now: datetime, signed_in: SignedIn
) -> None:
    rated, _unrated = SourceFactory(name="Coast Herald"), SourceFactory(name="Delta Post")
    for reliability in ("F", None):
        CredibilityNote.objects.create(
            source=rated, reliability=reliability, text="x", author=researcher, made_at=now
        )

    page = signed_in(viewer).get("/sources/").content.decode()

    assert '<span class="visually-hidden">Reliability </span>F</span>' in page
    assert page.count("is-unrated") == 1
    assert "not rated" in page


def test_list_narrows_by_kind_and_words_and_says_so(viewer: Person, signed_in: SignedIn) -> None:
    SourceFactory(name="Coast Herald")
    SourceFactory(name="Meridian Wire", kind=SourceKind.WIRE)

    page = signed_in(viewer).get("/sources/?kind=WIRE&q=merid").content.decode()

    assert "Meridian Wire" in page
    assert "Coast Herald" not in page
    assert "Shown:" in page


def test_list_ignores_a_kind_there_is_none_of(viewer: Person, signed_in: SignedIn) -> None:
    SourceFactory(name="Coast Herald")

    page = signed_in(viewer).get("/sources/?kind=SPARROW").content.decode()

    assert "Coast Herald" in page


def test_pages_of_the_list_leave_nothing_out_and_repeat_nothing(
    viewer: Person, signed_in: SignedIn
) -> None:
    names = [f"{'Äeé'[n % 3]}{n:03d} & Co" for n in range(120)]
    for name in names:
        SourceFactory(name=name)
    client = signed_in(viewer)
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = client.get("/sources/", {"after": after}).context["page"]
        seen += [row.source.name for row in page.rows]
        after = page.next_after

    assert sorted(seen) == sorted(names)
    assert after == ""


def test_list_costs_the_same_for_many(
    viewer: Person, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for source in SourceFactory.create_batch(40, party=PartyFactory()):
        ArticleFactory(outlet=source)
    client = signed_in(viewer)

    with django_assert_max_num_queries(7):
        client.get("/sources/")


def test_page_of_a_source_costs_the_same_for_many(
    researcher: Person,
    now: datetime,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    source = SourceFactory()
    for article in ArticleFactory.create_batch(12, outlet=source):
        ClaimFactory(article=article, speaker=source)
        CredibilityNote.objects.create(source=source, text="x", author=researcher, made_at=now)
    client = signed_in(researcher)

    with django_assert_max_num_queries(20):
        client.get(f"/sources/{source.pk}/")


def test_note_is_in_force_with_alias_and_audience(researcher: Person, signed_in: SignedIn) -> None:
    source = SourceFactory()
    client = signed_in(researcher)

    assert client.post(f"/sources/{source.pk}/", NOTE).status_code == HTTPStatus.FOUND

    page = client.get(f"/sources/{source.pk}/").content.decode()
    assert "usually reliable" in page
    assert "partners too" in page
    assert page.count(researcher.alias) >= 2
    assert researcher.email not in page


def test_note_that_leaves_the_rating_keeps_it(researcher: Person, signed_in: SignedIn) -> None:
    source = SourceFactory()
    client = signed_in(researcher)
    client.post(f"/sources/{source.pk}/", NOTE)

    client.post(f"/sources/{source.pk}/", NOTE | {"reliability": "", "text": "Another slip."})

    page = client.get(f"/sources/{source.pk}/").content.decode()
    assert "usually reliable" in page
    assert "left as it was" in page


@pytest.mark.parametrize(
    "change", [{"text": "   "}, {"reliability": "G"}, {"audience": "EVERYBODY"}]
)
def test_note_with_a_fault_is_not_saved_and_stays_in_the_form(
    researcher: Person, signed_in: SignedIn, change: dict[str, str]
) -> None:
    source = SourceFactory()

    page = signed_in(researcher).post(f"/sources/{source.pk}/", NOTE | change)

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "t-errors" in page.content.decode()
    assert (NOTE | change)["text"].strip() in page.content.decode()
    assert not CredibilityNote.objects.exists()


def test_viewer_reads_and_does_not_judge(viewer: Person, signed_in: SignedIn) -> None:
    source = SourceFactory()
    client = signed_in(viewer)

    assert "Write a note" not in client.get(f"/sources/{source.pk}/").content.decode()
    refused = client.post(f"/sources/{source.pk}/", NOTE)

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert NOTE["text"] in refused.content.decode()
    assert not CredibilityNote.objects.exists()


def test_kind_and_party_change_with_a_reason(researcher: Person, signed_in: SignedIn) -> None:
    source = SourceFactory()

    signed_in(researcher).post(
        f"/sources/{source.pk}/", _edit(source, kind="STATE_MEDIA", party_name="Nahr Army")
    )

    source.refresh_from_db()
    assert source.kind == SourceKind.STATE_MEDIA
    assert source.party is not None
    assert source.party.name == "Nahr Army"
    assert source.revision == 2


def test_second_of_two_editors_sees_both_versions_and_chooses(
    researcher: Person, reviewer: Person, signed_in: SignedIn
) -> None:
    source = SourceFactory()
    first, second = signed_in(reviewer), signed_in(researcher)
    first.post(f"/sources/{source.pk}/", _edit(source, kind="WIRE"))

    conflict = second.post(
        f"/sources/{source.pk}/", _edit(source, kind="MONITOR", party_name="Nahr Army")
    )

    page = conflict.content.decode()
    assert conflict.status_code == HTTPStatus.CONFLICT
    assert "wire agency" in page
    assert "monitor" in page
    assert "Nahr Army" in page
    assert 'name="revision" value="2"' in page
    second.post(f"/sources/{source.pk}/", _edit(source, kind="MONITOR", revision="2"))
    source.refresh_from_db()
    assert source.kind == SourceKind.MONITOR


def test_unknown_source_is_not_found(viewer: Person, signed_in: SignedIn) -> None:
    assert signed_in(viewer).get("/sources/999999/").status_code == HTTPStatus.NOT_FOUND


def test_a_speaker_without_an_article_can_be_entered(
    client: Client, researcher: Person, viewer: Person
) -> None:
    client.force_login(researcher)
    sent = {"name": "  Veria   Monitor ", "kind": "MONITOR", "party_name": ""}

    made = client.post("/sources/new/", sent)
    again = client.post("/sources/new/", sent | {"name": "veria monitor"})

    source = Source.objects.get(name="Veria Monitor")
    assert made.headers["Location"] == f"/sources/{source.pk}/"
    assert source.kind == "MONITOR"
    assert again.status_code == 400
    assert "there already" in again.content.decode()
    assert AuditEvent.objects.filter(action="source.add", target_id=source.pk).count() == 1
    client.force_login(viewer)
    assert client.post("/sources/new/", sent).status_code == 403


def test_page_shows_what_the_records_show_beside_the_rating(
    researcher: Person, viewer: Person, signed_in: SignedIn
) -> None:
    source = SourceFactory(name="Nahr Rescue Service")
    incident = IncidentFactory()
    for speaker in (source, SourceFactory()):
        accepted_claim(by=researcher, incident=incident, speaker=speaker, minimum=7, maximum=7)

    page = signed_in(viewer).get(f"/sources/{source.pk}/").content.decode()

    assert "What the records show" in page
    assert "<dt>Later corroborated</dt><dd>1 <small>of 1 own figures</small>" in page
    shown = signed_in(viewer).get(f"/incidents/{incident}/").content.decode()
    assert "of 1 own figures 1 later corroborated, 0 corrected" in shown
