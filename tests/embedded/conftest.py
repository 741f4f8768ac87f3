"""Real starts of the real command, each in a folder of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.embedded.starting import Start, copy_of, free_port, started_once

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that other accounts may enter; pytest's own may not be entered by them."""
    folder = Path(tempfile.mkdtemp(prefix="harm-start-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated() -> Iterator[Path]:
    """The data of an installation that was started once, to be copied instead of made again."""
    with started_once() as data:
        yield data


@pytest.fixture(scope="module")
def running(place: Path, migrated: Path) -> Iterator[Start]:
    """``manage.py up``, running for all tests of a module."""
    start = Start(copy_of(migrated, place / "state"), free_port())
    try:
        start.wait_until_running()
        yield start
    finally:
        start.stop()


@pytest.fixture
def as_root() -> None:
    """Accounts can be changed by root alone."""
    if os.geteuid() != 0:
        pytest.skip("Only root can start servers as another account.")
