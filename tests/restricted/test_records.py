"""Records of private persons: sealed, counted, correctable, and who is refused."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import IncidentFactory
from tests.factories.restricted import KILLED, NAME, VALUES, named, recorded
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.models import Incident
from tracker.restricted.models import PrivatePerson
from tracker.restricted.personal import PersonalValues
from tracker.restricted.services.keys import UnableToReachKeys
from tracker.restricted.services.reading import show_names, show_record
from tracker.restricted.services.records import Codes, UnableToRecord, correct_person
from tracker.restricted.services.sealing import UnableToOpen, seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
WITNESS = Codes("WITNESS")


def test_values_come_back_as_they_were(record: PrivatePerson, reader: Person) -> None:
    shown = show_record(person_id=record.pk, actor=reader.as_actor(), now=NOW)

    assert shown.values == VALUES
    assert NAME not in repr(shown)
    assert NAME not in repr(VALUES)


def test_each_person_has_a_key_of_their_own_for_one_account(
    record: PrivatePerson, incident: Incident, writer: Person, key_root: Path
) -> None:
    other = recorded(incident, by=writer, values=named("Another"))

    keys = sorted(key_root.iterdir())
    assert {key.stem for key in keys} == {record.key_name, other.key_name}
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    assert stat.S_IMODE(key_root.stat().st_mode) == 0o700
    assert keys[0].read_bytes() != keys[1].read_bytes()


def test_sealed_values_open_with_their_own_key_and_record_only() -> None:
    sealed = seal(b"values", key=b"k" * 32, bound_to="one")

    assert unseal(sealed, key=b"k" * 32, bound_to="one") == b"values"
    assert seal(b"values", key=b"k" * 32, bound_to="one") != sealed
    for bytes_, key, bound_to in (
        (sealed, b"x" * 32, "one"),
        (sealed, b"k" * 32, "two"),
        (sealed[:-1], b"k" * 32, "one"),
        (b"\x02" + sealed[1:], b"k" * 32, "one"),
        (b"", b"k" * 32, "one"),
    ):
        with pytest.raises(UnableToOpen):
            unseal(bytes_, key=key, bound_to=bound_to)


@pytest.mark.parametrize("role", ["viewer", "researcher", "reviewer", "coordinator"])
def test_no_role_reads_or_writes_by_itself(
    role: str, record: PrivatePerson, incident: Incident, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(role)

    with pytest.raises(NotAllowed, match="one by one"):
        show_names(incident=incident, actor=actor.as_actor(), now=NOW)
    with pytest.raises(NotAllowed, match="one by one"):
        recorded(incident, by=actor, values=named("Another"))


def test_machines_read_nothing(record: PrivatePerson) -> None:
    with pytest.raises(NotAllowed):
        show_record(person_id=record.pk, actor=machine("tests"), now=NOW)


def test_a_reader_writes_nothing(incident: Incident, reader: Person, key_root: Path) -> None:
    with pytest.raises(NotAllowed, match="for reading only"):
        recorded(incident, by=reader)
    assert not key_root.exists()


@pytest.mark.parametrize(
    ("codes", "values", "sentence"),
    [
        (KILLED, PersonalValues(), "Give a name"),
        (WITNESS, PersonalValues(home="x"), "Give a name"),
        (KILLED, named("x" * 201), "200 characters"),
        (KILLED, named("x", age=131), "between 0 and 130"),
        (KILLED, named("x", gender="?"), "gender"),
        (KILLED, named("x", contacts="c" * 2001), "2000 characters"),
        (KILLED, named("x", home_lat=1.0), "both the latitude"),
        (KILLED, named("x", home_lat=91.0, home_lon=1.0), "-90 to 90"),
        (Codes("VICTIM"), named("x"), "outcome and a status"),
        (Codes("WITNESS", "KILLED", "CIVILIAN"), named("x"), "nobody else has"),
        (Codes("OTHER"), named("x"), "OTHER"),
    ],
)
def test_faults_are_refused_without_repeating_values(
    codes: Codes, values: PersonalValues, sentence: str, incident: Incident, writer: Person
) -> None:
    with pytest.raises(InvalidInput, match=sentence) as refusal:
        recorded(incident, by=writer, codes=codes, values=values)

    assert "xx" not in str(refusal.value)
    assert not PrivatePerson.objects.exists()


def test_a_witness_may_have_contacts_alone(incident: Incident, writer: Person) -> None:
    values = PersonalValues(contacts="by the baker")

    assert recorded(incident, by=writer, codes=WITNESS, values=values).pk


def test_a_namesake_is_asked_about(
    record: PrivatePerson, incident: Incident, writer: Person, key_root: Path
) -> None:
    with pytest.raises(UnableToRecord, match=f"Record {record.pk} of this incident") as refusal:
        recorded(incident, by=writer, values=named(NAME.upper()))
    assert [key.stem for key in key_root.iterdir()] == [record.key_name], "a refusal keeps no key"
    assert NAME.casefold() not in str(refusal.value).casefold()

    assert recorded(incident, by=writer, values=named(NAME), is_namesake=True).pk
    assert recorded(IncidentFactory(), by=writer, values=named(NAME)).pk


def test_a_record_is_corrected_under_the_same_key(record: PrivatePerson, writer: Person) -> None:
    actor = writer.as_actor()

    def correct(revision: int = 1, reason: str = "Spelt wrongly.") -> PrivatePerson:
        return correct_person(
            person_id=record.pk,
            expected_revision=revision,
            codes=KILLED,
            values=named("Zeinab Quelltal"),
            is_namesake=False,
            actor=actor,
            now=NOW,
            reason=reason,
        )

    with pytest.raises(InvalidInput, match="why"):
        correct(reason=" ")
    corrected = correct()

    assert corrected.key_name == record.key_name
    shown = show_record(person_id=record.pk, actor=actor, now=NOW)
    assert shown.values is not None
    assert shown.values.names == ("Zeinab Quelltal",)
    with pytest.raises(StaleRevision):
        correct()


def test_a_lost_key_is_said_and_hides_no_other_record(
    record: PrivatePerson, incident: Incident, writer: Person, key_root: Path
) -> None:
    recorded(incident, by=writer, values=named("Another"))
    (key_root / f"{record.key_name}.key").unlink()

    lost, kept = show_names(incident=incident, actor=writer.as_actor(), now=NOW)

    assert lost.values is None
    assert "not in the folder" in lost.fault
    assert kept.values is not None
    assert recorded(incident, by=writer, values=named("A third")).pk


def test_a_damaged_key_is_said(record: PrivatePerson, writer: Person, key_root: Path) -> None:
    (key_root / f"{record.key_name}.key").write_bytes(b"short")

    shown = show_record(person_id=record.pk, actor=writer.as_actor(), now=NOW)

    assert "damaged" in shown.fault


def test_without_a_folder_nothing_is_recorded(
    incident: Incident, writer: Person, settings: Settings, tmp_path: Path
) -> None:
    settings.RESTRICTED_KEY_ROOT = None
    with pytest.raises(UnableToReachKeys, match="RESTRICTED_KEY_ROOT is not set"):
        recorded(incident, by=writer)

    settings.RESTRICTED_KEY_ROOT = tmp_path / "file"
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UnableToReachKeys, match="can't be used"):
        recorded(incident, by=writer)
    assert not PrivatePerson.objects.exists()


def test_a_key_name_never_leads_out_of_the_folder(record: PrivatePerson, writer: Person) -> None:
    record.key_name = "../secrets"
    record.pk = None
    record.save(force_insert=True)

    shown = show_record(person_id=record.pk, actor=writer.as_actor(), now=NOW)
    assert "never made" in shown.fault


def test_what_is_not_there(writer: Person) -> None:
    for call in (
        lambda: show_record(person_id=0, actor=writer.as_actor(), now=NOW),
        lambda: recorded(Incident(pk=0), by=writer),
    ):
        with pytest.raises(NotFound):
            call()
