"""A copy of the keys: shredding reaches it, and keys come back from it."""

from __future__ import annotations

import json
import shutil
import stat
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import NOW
from tests.factories.restricted import named, recorded
from tracker.restricted.services.shred import shred_person

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tracker.accounts.models import Person
    from tracker.restricted.models import PrivatePerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder on another disk."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def mirror(folder: Path, *options: str) -> dict[str, int]:
    out = StringIO()
    call_command("mirror_keys", str(folder), *options, stdout=out)
    counts: dict[str, int] = json.loads(out.getvalue())
    return counts


def test_a_copy_follows_and_forgets(
    record: PrivatePerson, writer: Person, key_root: Path, stick: Path
) -> None:
    other = recorded(record.incident, by=writer, values=named("Another"))
    assert mirror(stick) == {"copied": 2, "kept": 0, "erased": 0, "missing": 0}
    path = stick / f"{record.key_name}.key"
    assert path.read_bytes() == (key_root / path.name).read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    shred_person(person_id=record.pk, actor=writer.as_actor(), now=NOW, reason="Asked to.")

    assert mirror(stick) == {"copied": 0, "kept": 1, "erased": 1, "missing": 0}
    assert [one.stem for one in stick.iterdir()] == [other.key_name]


def test_lost_keys_come_back_and_shredded_ones_do_not(
    record: PrivatePerson, writer: Person, key_root: Path, stick: Path
) -> None:
    other = recorded(record.incident, by=writer, values=named("Another"))
    mirror(stick)
    shred_person(person_id=record.pk, actor=writer.as_actor(), now=NOW, reason="Asked to.")
    shutil.rmtree(key_root)
    key_root.mkdir()

    assert mirror(stick, "--back") == {"copied": 1, "kept": 0, "erased": 1, "missing": 0}
    assert [one.stem for one in key_root.iterdir()] == [other.key_name]


def test_an_empty_folder_of_keys_erases_no_copy(
    record: PrivatePerson, key_root: Path, stick: Path
) -> None:
    mirror(stick)
    shutil.rmtree(key_root)
    key_root.mkdir()

    assert mirror(stick)["kept"] == 1
    assert len(list(stick.iterdir())) == 1


def test_what_can_not_be_is_said(
    record: PrivatePerson, key_root: Path, stick: Path, settings: Settings
) -> None:
    with pytest.raises(CommandError, match="no folder"):
        mirror(stick / "absent")
    with pytest.raises(CommandError, match="itself"):
        mirror(key_root)
    key = key_root / f"{record.key_name}.key"
    key.write_bytes(b"short")
    with pytest.raises(CommandError, match=r"1 record\(s\) is in neither"):
        mirror(stick)
    key.unlink()
    key.mkdir()
    with pytest.raises(CommandError, match="can't be copied"):
        mirror(stick)
    key.rmdir()
    with pytest.raises(CommandError, match="in neither"):
        mirror(stick)
    settings.RESTRICTED_KEY_ROOT = None
    with pytest.raises(CommandError, match="RESTRICTED_KEY_ROOT"):
        mirror(stick)
