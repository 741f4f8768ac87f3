"""The pages about private persons: shut by role, silent until asked, and kept in no draft."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.factories import IncidentFactory, PersonFactory
from tests.factories.restricted import NAME, named, recorded, trusted
from tracker.audit.models import AuditEvent
from tracker.restricted.choices import AccessLevel
from tracker.restricted.models import AccessGrant, Consent, PrivatePerson
from tracker.verification.models import Draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

    SignedIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
TYPED = {"kind": "VICTIM", "outcome": "KILLED", "status": "CIVILIAN", "names": f"{NAME}\nZ. Q."}


@pytest.fixture
def incident(db: None) -> Incident:
    """A draft."""
    return IncidentFactory()


@pytest.fixture
def writer(db: None) -> Person:
    """A researcher who was given the right to write."""
    return trusted(PersonFactory())


@pytest.fixture
def record(incident: Incident, writer: Person) -> PrivatePerson:
    """A civilian who was killed."""
    return recorded(incident, by=writer)


def html(answer: Any, status: int = HTTPStatus.OK) -> str:
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    text: str = answer.content.decode()
    return text


def test_names_are_shown_by_a_button_and_noted(
    record: PrivatePerson, writer: Person, signed_in: SignedIn
) -> None:
    browser, path = signed_in(writer), f"/restricted/incidents/{record.incident}/"

    closed = html(browser.get(path))
    assert NAME not in closed
    assert "Show the names" in closed
    assert not AuditEvent.objects.filter(action="restricted.show").exists()

    assert NAME in html(browser.post(path))
    assert AuditEvent.objects.get(action="restricted.show").target_id == record.pk


def test_a_record_is_shown_with_all_its_values(
    record: PrivatePerson, writer: Person, signed_in: SignedIn
) -> None:
    browser, path = signed_in(writer), f"/restricted/{record.pk}/"
    closed = html(browser.get(path))
    assert NAME not in closed
    assert "Correct it" not in closed

    shown = html(browser.post(f"{path}show/"))

    for words in (NAME, "34", "female", "of the mill", "+999 55 0100", "12.34567, 23.45678"):
        assert words in shown
    assert "Correct it" in shown


def test_readers_are_offered_nothing_to_write(record: PrivatePerson, signed_in: SignedIn) -> None:
    browser = signed_in(trusted(PersonFactory(), AccessLevel.READ))
    path = f"/restricted/{record.pk}/"

    shown = html(browser.post(f"{path}show/"))
    assert NAME in shown
    for words in ("Correct it", "Note a consent", "Shred"):
        assert words not in shown
    for address in (f"{path}correct/", f"{path}consent/", f"{path}shred/"):
        html(browser.post(address), HTTPStatus.FORBIDDEN)
    line = AuditEvent.objects.filter(action="access.refuse").latest("pk")
    assert line.changes == {"right": "restricted_write", "page": "restricted_shred"}


def test_a_person_is_recorded_and_the_range_follows(
    incident: Incident, writer: Person, signed_in: SignedIn
) -> None:
    browser, path = signed_in(writer), f"/restricted/incidents/{incident}/new/"
    assert "Seal and save" in html(browser.get(path))
    assert "Give a name" in html(browser.post(path, TYPED | {"names": ""}), HTTPStatus.BAD_REQUEST)
    wrong = html(browser.post(path, TYPED | {"age": "old"}), HTTPStatus.BAD_REQUEST)
    assert NAME in wrong, "what was typed is not typed twice"

    answer = browser.post(path, TYPED)

    assert answer["Location"] == f"/restricted/incidents/{incident}/"
    assert PrivatePerson.objects.count() == 1
    page = html(browser.get(f"/incidents/{incident}/"))
    assert "Number of named victims changed" in page
    assert "Open the records" in page
    assert NAME not in page
    again = html(browser.post(path, TYPED), HTTPStatus.BAD_REQUEST)
    assert "holds the same name" in again
    browser.post(path, TYPED | {"is_namesake": "on"})
    assert PrivatePerson.objects.count() == 2


def test_a_record_is_corrected(record: PrivatePerson, writer: Person, signed_in: SignedIn) -> None:
    browser, path = signed_in(writer), f"/restricted/{record.pk}/"
    sent = TYPED | {"names": "Zeinab", "revision": "1", "reason": "Spelt wrongly."}
    wrong = html(browser.post(f"{path}correct/", sent | {"reason": ""}), HTTPStatus.BAD_REQUEST)
    assert "Zeinab" in wrong
    assert NAME not in wrong

    assert browser.post(f"{path}correct/", sent)["Location"] == path

    assert "Zeinab" in html(browser.post(f"{path}show/"))
    stale = html(browser.post(f"{path}correct/", sent), HTTPStatus.BAD_REQUEST)
    assert "show it again" in stale
    assert 'name="revision" value="1"' in stale, "a second click overwrites nothing either"


def test_a_consent_is_noted_and_taken_back_in_two_steps(
    record: PrivatePerson, writer: Person, signed_in: SignedIn, key_root: Path
) -> None:
    browser, path = signed_in(writer), f"/restricted/{record.pk}/"
    sent = {"scope": "RECORD", "giver": "RELATIVE", "giver_name": "Idris", "given_on": "2026-11-01"}
    html(browser.post(f"{path}consent/", sent | {"given_on": ""}), HTTPStatus.BAD_REQUEST)
    future = browser.post(f"{path}consent/", sent | {"given_on": "2999-01-01"})
    assert "future" in html(future, HTTPStatus.BAD_REQUEST)
    browser.post(f"{path}consent/", sent)
    browser.post(f"{path}consent/", sent | {"scope": "PUBLISH"})
    keep, publish = Consent.objects.order_by("pk")
    assert "Idris" in html(browser.post(f"{path}show/"))
    assert "Idris" not in html(browser.get(path))

    back = f"/restricted/consents/{publish.pk}/withdraw/"
    assert "key of this record" not in html(browser.get(back))
    early = {"withdrawn_on": "2026-10-01", "sure": "1"}
    html(browser.post(back, early), HTTPStatus.BAD_REQUEST)
    browser.post(back, {"withdrawn_on": "2026-11-02", "sure": "1"})
    assert "taken back on" in html(browser.get(path))

    back = f"/restricted/consents/{keep.pk}/withdraw/"
    assert "key of this record is destroyed" in html(browser.get(back))
    assert "Do you mean it?" in html(browser.post(back, {"withdrawn_on": "2026-11-02"}))
    assert list(key_root.iterdir())
    done = browser.post(back, {"withdrawn_on": "2026-11-02", "sure": "1"}, follow=True)
    assert "is shredded" in html(done)
    assert not list(key_root.iterdir())


def test_shredding_takes_a_reason_and_two_steps(
    record: PrivatePerson, writer: Person, signed_in: SignedIn, key_root: Path
) -> None:
    browser, path = signed_in(writer), f"/restricted/{record.pk}/shred/"
    assert "Do you mean it?" not in html(browser.get(path))
    html(browser.post(path, {"reason": "", "sure": "1"}), HTTPStatus.BAD_REQUEST)
    assert "Do you mean it?" in html(browser.post(path, {"reason": "Asked to."}))
    assert list(key_root.iterdir())

    done = html(browser.post(path, {"reason": "Asked to.", "sure": "1"}, follow=True))

    assert "run mirror_keys" in done
    assert not list(key_root.iterdir())
    assert "gone for good" in html(browser.get(f"/restricted/{record.pk}/"))
    html(browser.post(path, {"reason": "Asked to.", "sure": "1"}), HTTPStatus.BAD_REQUEST)


def test_what_is_typed_is_kept_in_no_draft_and_on_no_error_page(
    incident: Incident, writer: Person
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(writer)
    browser.get("/")
    path = f"/restricted/incidents/{incident}/new/"

    refused = browser.post(path, TYPED, headers={"Sec-Fetch-Site": "same-origin"})

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert NAME not in refused.content.decode()
    gone = Client()
    gone.cookies = browser.cookies
    gone.logout()
    gone.post(path, TYPED)
    assert not Draft.objects.exists()


def test_the_right_is_given_and_ended(
    coordinator: Person, researcher: Person, signed_in: SignedIn
) -> None:
    browser, path = signed_in(coordinator), "/restricted/access/"
    assert "Nobody has the right." in html(browser.get(path))
    sent = {"person": str(researcher.pk), "level": "READ", "reason": "Keeps the list."}
    html(browser.post(path, sent | {"reason": ""}), HTTPStatus.BAD_REQUEST)
    own = browser.post(path, sent | {"person": str(coordinator.pk)})
    html(own, HTTPStatus.BAD_REQUEST)

    assert researcher.alias in html(browser.post(path, sent, follow=True))

    grant = AccessGrant.objects.get()
    browser.post(f"{path}{grant.pk}/end/")
    grant.refresh_from_db()
    assert grant.ended_at is not None


def test_the_incident_offers_the_records_to_nobody_else(
    incident: Incident, researcher: Person, coordinator: Person, signed_in: SignedIn
) -> None:
    path = f"/incidents/{incident}/"
    assert "Names and contacts" not in html(signed_in(researcher).get(path))
    shown = html(signed_in(coordinator).get(path))
    assert "Who may see names" in shown
    assert "Open the records" not in shown


def test_long_lists_cost_no_more_queries(
    record: PrivatePerson,
    writer: Person,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser, path = signed_in(writer), f"/restricted/incidents/{record.incident}/"
    for number in range(5):
        recorded(record.incident, by=writer, values=named(f"Person {number}"))

    for method in (browser.get, browser.post):
        with django_assert_max_num_queries(20):
            method(path)
