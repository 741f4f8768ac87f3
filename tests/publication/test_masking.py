"""What leaves the house holds no name of a private person, in no field, walked one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.accounts.services.partners import create_partner_key
from tracker.core.actor import machine
from tracker.incidents.services.review import submit_incident
from tracker.publication.rules.masking import LONGEST_QUOTE, outgoing_link, outgoing_quote
from tracker.publication.services.publish import publish_incident

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tracker.accounts.models import Person
    from tracker.publication.models import Version

CANARIES = ("Amina", "Quelltal", "Idris", "Um Ahmad", "amina-quelltal", "كويلتال")
TEXT = (
    "ARDESH (Meridian Wire) - Seven people, among them Amina Quelltal and her son Idris, were "
    "killed on Tuesday, Brigadier Omar Haddad said.\n\n“Eleven died,” said Um Ahmad, a neighbour."
)
ARABIC = "قتل سبعة أشخاص بينهم أمينة كويلتال يوم الثلاثاء."
#: Every field of a claim that is text, and what guards it. A new one has to be put here.
TEXTS_OF_A_CLAIM = {
    "label": "ours",
    "quote": "masked",
    "speaker": "public_speaker",
    "party": "a belligerent",
    "said_on": "a day",
    "outcome": "a code",
    "subject_status": "a code",
    "polarity": "a code",
    "scope": "a code",
    "excluded_because": "a code",
    "citation.outlet": "public_speaker",
    "citation.published_on": "a day",
    "citation.url": "outgoing_link",
}


def _fields(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of a document with the path to it, lists without their numbers."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _fields(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for part in value:
            yield from _fields(part, path)
    else:
        yield path, value


def _claims(incident: Any, by: Person) -> None:
    article = ArticleFactory(text=TEXT, url="https://herald.example/2026/amina-quelltal-killed")
    arabic = ArticleFactory(text=ARABIC, language="ar", url="https://sahil.example/41")
    witness = SourceFactory(name="Um Ahmad Quelltal", kind="WITNESS")
    rescuer = SourceFactory(kind="RESCUE_SERVICE")
    first, second = TEXT.split("\n\n")
    for quote, source, text, words in (
        (first, rescuer, article, ""),
        (second, witness, article, "Um Ahmad"),
        (second, None, article, "Idris Quelltal"),
        (ARABIC, rescuer, arabic, ""),
    ):
        accepted_claim(
            by=by,
            incident=incident,
            article=text,
            start=text.text.index(quote),
            quote=quote,
            speaker=source,
            speaker_text=words,
            quantifier_raw="Amina and six others",
            minimum=7,
        )


@pytest.fixture
def version(researcher: Person, reviewer: Person) -> Version:
    """Published, with names of victims and a witness in all that is quoted."""
    incident = IncidentFactory(
        created_by=researcher, place_name="house of Amina Quelltal", geo_precision="EXACT"
    )
    _claims(incident, researcher)
    incident.refresh_from_db()
    submit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        actor=researcher.as_actor(),
        now=NOW,
    )
    incident.refresh_from_db()
    return publish_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        change_note="First.",
        actor=reviewer.as_actor(),
        now=NOW,
    )


@pytest.mark.django_db
def test_no_field_of_a_version_holds_a_private_name(version: Version) -> None:
    leaves = [(path, str(value)) for path, value in _fields(version.document)]

    assert len(leaves) > 100
    assert [(path, value) for path, value in leaves for name in CANARIES if name in value] == []


@pytest.mark.django_db
def test_every_text_of_a_claim_has_its_guard(version: Version) -> None:
    texts = {
        path
        for claim in version.document["claims"]
        for path, value in _fields(claim)
        if isinstance(value, str)
    }

    assert texts <= set(TEXTS_OF_A_CLAIM)


@pytest.mark.django_db
def test_passages_leave_with_blanks_and_officials(version: Version) -> None:
    by_quote = [claim["quote"] for claim in version.document["claims"]]

    assert by_quote == [
        "[name] (Meridian Wire) - Seven people, among them [name] and her son [name], were killed "
        "on Tuesday, Brigadier Omar Haddad said.",
        "“Eleven died,” said [name], a neighbour.",
        "“Eleven died,” said [name], a neighbour.",
        None,
    ]
    assert {claim["citation"]["url"] for claim in version.document["claims"]} == {
        None,
        "https://sahil.example/41",
    }


@pytest.mark.django_db
def test_partners_read_nothing_else(version: Version, client: Client) -> None:
    key = create_partner_key(organisation="Delta Relief", actor=machine("tests"), now=NOW).secret
    for address in (
        "/api/v1/incidents/",
        f"/api/v1/incidents/{version.code}/",
        "/api/v1/sources/",
    ):
        answer = client.get(address, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200
        told = json.dumps(answer.json(), ensure_ascii=False)
        assert not [name for name in CANARIES if name in told]


def test_long_passage_is_cut_at_a_word() -> None:
    text = "Seven people were killed " * 40

    quote = outgoing_quote(text, start=0, end=len(text), language="en", kept=())

    assert quote is not None
    assert len(quote) <= LONGEST_QUOTE + 2
    assert quote.endswith(("killed …", "people …", "were …", "Seven …"))


def test_passage_that_begins_within_a_name_tells_none_of_it() -> None:
    text = "Among the dead was Amina Quelltal, aged nine."
    start = text.index("Quelltal")

    assert outgoing_quote(text, start=start, end=len(text), language="en", kept=()) == (
        "[name], aged nine."
    )


@pytest.mark.parametrize("language", ["ar", "de", ""])
def test_language_whose_names_can_not_be_told_does_not_leave(language: str) -> None:
    assert outgoing_quote("Sieben Tote", start=0, end=11, language=language, kept=()) is None


def test_link_that_spells_no_name_stays() -> None:
    text = "Amina Quelltal died."
    plain = "https://herald.example/seven-killed"

    assert outgoing_link(plain, text=text, language="en", kept=()) == plain
    assert outgoing_link("", text=text, language="en", kept=()) is None
    assert (
        outgoing_link("https://a.example/?q=Quelltal%20Amina", text=text, language="en", kept=())
        is None
    )
