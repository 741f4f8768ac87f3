"""A running installation that can be hurt, and what its database says."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tests.embedded.starting import (
    Start,
    bare_environment,
    copy_of,
    free_port,
    manage,
    started_once,
    wait_for,
)
from tracker.embedded.checkout import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator


class Installation:
    """A running installation, and what its database says."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    @contextmanager
    def ingesting(self, path: Path) -> Iterator[None]:
        """The command under way meanwhile, begun again as it says itself when the database went."""
        left = threading.Event()
        person = threading.Thread(target=self._insist, args=(path, left))
        person.start()
        try:
            yield
            person.join(timeout=600)
        finally:
            left.set()
            person.join()

    def _insist(self, path: Path, left: threading.Event) -> None:
        """Run the command until it has stored everything, or it is left."""
        status: int | None = 1
        while status and not left.is_set():
            command = subprocess.Popen(  # noqa: S603  # our own command
                [sys.executable, str(CHECKOUT / "manage.py"), "ingest", str(path)],
                env=bare_environment(TRACKER_DATA_DIR=str(self._start.data)),
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            while (status := command.poll()) is None and not left.wait(0.2):
                pass
            command.kill()
            command.wait()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command, waited for."""
        return manage(*arguments, TRACKER_DATA_DIR=str(self._start.data))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives; nothing while the database is away."""
        try:
            if self._connection is None:
                address = self._start.state.environment["DATABASE_URL"]
                self._connection = psycopg.connect(address, autocommit=True)
            return self._connection.execute(query).fetchall()
        except psycopg.OperationalError:
            self.close()
            return []

    def close(self) -> None:
        """End the connection; the next query makes another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def states(self) -> Counter[str]:
        """How many articles are in each state."""
        return Counter(dict(self.rows("SELECT state, count(*) FROM sources_article GROUP BY 1")))

    def extracted(self) -> int:
        """How many articles are done; 0 while the database is away."""
        return self.states()["EXTRACTED"]

    def kill(self, service: str) -> None:
        """SIGKILL for the process itself; the supervisor has to start another."""
        before = self._start.main_process(service)
        os.kill(before, signal.SIGKILL)
        assert wait_for(lambda: self._is_replaced(service, before), patience=30), service

    def _is_replaced(self, service: str, before: int) -> bool:
        try:
            return self._start.main_process(service) != before
        except (KeyError, IndexError, AssertionError):
            return False


@contextmanager
def installation() -> Iterator[Installation]:
    """``manage.py up`` in a folder of its own, gone in the end."""
    place = Path(tempfile.mkdtemp(prefix="harm-fault-"))
    place.chmod(0o755)
    with started_once() as made:
        start = Start(copy_of(made, place / "state"), free_port())
    try:
        start.wait_until_running()
        running = Installation(start)
        try:
            yield running
        finally:
            running.close()
    finally:
        start.stop()
        shutil.rmtree(place, ignore_errors=True)
