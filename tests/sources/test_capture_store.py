"""Bytes lie under their hash, are never written twice, and are checked when read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.core.actor import machine
from tracker.sources.models import Capture
from tracker.sources.services.capture_store import (
    CaptureDamaged,
    UnableToStore,
    path_of,
    read_capture,
    store_capture,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
ACTOR = machine("tests")


def _store() -> Capture:
    capture, _ = store_capture(
        content=b"bytes", media_type="text/plain", reference="a", actor=ACTOR, now=NOW
    )
    return capture


def test_capture_is_written_read_only_and_checked() -> None:
    capture, is_new = store_capture(
        content=b"bytes", media_type="text/plain", reference="x" * 600, actor=ACTOR, now=NOW
    )
    again, is_new_again = store_capture(
        content=b"bytes", media_type="text/html", reference="other", actor=ACTOR, now=NOW
    )

    assert (is_new, is_new_again, again) == (True, False, capture)
    assert capture.reference == "…" + "x" * 499
    path = path_of(capture.sha256)
    assert path.stat().st_mode & 0o777 == 0o440
    assert list(path.parent.iterdir()) == [path]
    path.chmod(0o600)
    path.write_bytes(b"bytez")
    with pytest.raises(CaptureDamaged, match="were changed"):
        read_capture(capture)
    path.unlink()
    with pytest.raises(CaptureDamaged, match="can't be read"):
        read_capture(capture)


def test_folders_of_the_store_are_as_open_as_its_root(capture_root: Path) -> None:
    capture_root.mkdir()
    capture_root.chmod(0o2770)

    _store()

    folders = [path for path in capture_root.rglob("*") if path.is_dir()]
    assert [oct(path.stat().st_mode & 0o7777) for path in folders] == ["0o2770", "0o2770"]


def test_store_that_cannot_be_written_leaves_no_row(capture_root: Path) -> None:
    capture_root.write_text("a file where the folder should be")

    with pytest.raises(UnableToStore, match="can't be written"):
        _store()
    assert not Capture.objects.exists()
