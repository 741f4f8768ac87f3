"""Shredding: a tombstone stays, and no copy anywhere can be opened again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from tests.conftest import NOW
from tests.factories.restricted import KILLED, VALUES, named, recorded
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.restricted.services.consent import UnableToWithdraw, record_consent, withdraw_consent
from tracker.restricted.services.keys import UnableToReachKeys, read_key
from tracker.restricted.services.reading import show_names, show_record, view_record
from tracker.restricted.services.records import UnableToRecord, correct_person
from tracker.restricted.services.sealing import UnableToOpen, unseal
from tracker.restricted.services.shred import shred_person

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.restricted.models import Consent, PrivatePerson

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 18)


def agree(record: PrivatePerson, by: Person, scope: str = "RECORD", on: date = DAY) -> Consent:
    return record_consent(
        person_id=record.pk,
        scope=scope,
        giver="RELATIVE",
        giver_name="Idris Quelltal",
        given_on=on,
        actor=by.as_actor(),
        now=NOW,
    )


def shred(record: PrivatePerson, by: Person, reason: str = "Asked to.") -> PrivatePerson:
    return shred_person(person_id=record.pk, actor=by.as_actor(), now=NOW, reason=reason)


def test_shredding_leaves_a_tombstone_and_no_key(
    record: PrivatePerson, incident: Incident, writer: Person, key_root: Path
) -> None:
    consent = agree(record, writer)

    shredded = shred(record, writer)

    assert not list(key_root.iterdir())
    assert (shredded.sealed, shredded.shredded_by_id) == (None, writer.pk)
    consent.refresh_from_db()
    assert consent.sealed_giver is None
    line = AuditEvent.objects.get(action="restricted.shred")
    assert (line.target_id, line.reason.text) == (record.pk, "Asked to.")
    listed = show_names(incident=incident, actor=writer.as_actor(), now=NOW)
    assert [one.values for one in listed] == [None]
    with pytest.raises(NotFound, match="gone for good"):
        show_record(person_id=record.pk, actor=writer.as_actor(), now=NOW)
    assert view_record(person_id=record.pk, actor=writer.as_actor(), now=NOW).shredded_at == NOW


def test_copies_made_before_open_with_no_key_left(
    record: PrivatePerson, writer: Person, key_root: Path
) -> None:
    other = recorded(record.incident, by=writer, values=named("Another"))
    shred(record, writer)

    history = apps.get_model("restricted", "PrivatePersonEvent").objects
    kept = [bytes(row.sealed) for row in history.filter(pgh_obj=record.pk) if row.sealed]
    assert kept, "the history holds the sealed bytes, as a backup or the write-ahead log does"
    assert [path.stem for path in key_root.iterdir()] == [other.key_name]
    for sealed in kept:
        with pytest.raises(UnableToOpen):
            unseal(sealed, key=read_key(other.key_name), bound_to=record.key_name)


def test_a_shredded_record_takes_nothing_again(record: PrivatePerson, writer: Person) -> None:
    consent = agree(record, writer)
    shred(record, writer)

    for call in (
        lambda: shred(record, writer),
        lambda: agree(record, writer, "PUBLISH"),
        lambda: withdraw_consent(
            consent_id=consent.pk, withdrawn_on=DAY, actor=writer.as_actor(), now=NOW
        ),
        lambda: correct_person(
            person_id=record.pk,
            expected_revision=2,
            codes=KILLED,
            values=VALUES,
            is_namesake=False,
            actor=writer.as_actor(),
            now=NOW,
            reason="Again.",
        ),
    ):
        with pytest.raises(UnableToRecord, match="shredded"):
            call()


def test_shredding_needs_the_right_and_a_reason(
    record: PrivatePerson, writer: Person, reader: Person, key_root: Path
) -> None:
    with pytest.raises(NotAllowed):
        shred(record, reader)
    with pytest.raises(InvalidInput, match="Say why"):
        shred(record, writer, " ")
    assert list(key_root.iterdir())


def test_a_key_that_can_not_be_deleted_leaves_no_tombstone(
    record: PrivatePerson, writer: Person, key_root: Path
) -> None:
    path = key_root / f"{record.key_name}.key"
    path.unlink()
    path.mkdir()

    with pytest.raises(UnableToReachKeys):
        shred(record, writer)

    record.refresh_from_db()
    assert record.shredded_at is None
    path.rmdir()
    assert shred(record, writer).shredded_at == NOW, "a key that is gone hinders nobody"


def test_a_giver_is_shown_with_the_values(record: PrivatePerson, writer: Person) -> None:
    consent = agree(record, writer)
    nameless = record_consent(
        person_id=record.pk,
        scope="PUBLISH",
        giver="SELF",
        giver_name="",
        given_on=DAY,
        actor=writer.as_actor(),
        now=NOW,
    )

    shown = show_record(person_id=record.pk, actor=writer.as_actor(), now=NOW)

    assert shown.givers == {consent.pk: "Idris Quelltal", nameless.pk: ""}


def test_withdrawing_the_consent_to_be_recorded_shreds(
    record: PrivatePerson, writer: Person, key_root: Path
) -> None:
    publish, keep = agree(record, writer, "PUBLISH"), agree(record, writer)
    actor = writer.as_actor()

    withdraw_consent(consent_id=publish.pk, withdrawn_on=DAY, actor=actor, now=NOW)
    record.refresh_from_db()
    assert record.shredded_at is None
    with pytest.raises(UnableToWithdraw):
        withdraw_consent(consent_id=publish.pk, withdrawn_on=DAY, actor=actor, now=NOW)
    assert agree(record, writer, "PUBLISH").pk, "it may be given anew, in a row of its own"

    withdraw_consent(consent_id=keep.pk, withdrawn_on=DAY, actor=actor, now=NOW)

    record.refresh_from_db()
    assert record.shredded_at == NOW
    assert not list(key_root.iterdir())


def test_consents_that_can_not_be(record: PrivatePerson, writer: Person, reader: Person) -> None:
    consent = agree(record, writer)
    with pytest.raises(InvalidInput, match="in force already"):
        agree(record, writer)
    with pytest.raises(InvalidInput, match="future"):
        agree(record, writer, "PUBLISH", on=date(2027, 1, 1))
    with pytest.raises(InvalidInput):
        agree(record, writer, "ANYTHING")
    with pytest.raises(InvalidInput, match="200 characters"):
        record_consent(
            person_id=record.pk,
            scope="PUBLISH",
            giver="RELATIVE",
            giver_name="x" * 201,
            given_on=DAY,
            actor=writer.as_actor(),
            now=NOW,
        )
    with pytest.raises(NotAllowed):
        agree(record, reader, "PUBLISH")
    for consent_id, day, failure in (
        (consent.pk, date(2026, 11, 17), InvalidInput),
        (consent.pk, date(2027, 1, 1), InvalidInput),
        (0, DAY, NotFound),
    ):
        with pytest.raises(failure):
            withdraw_consent(
                consent_id=consent_id, withdrawn_on=day, actor=writer.as_actor(), now=NOW
            )
