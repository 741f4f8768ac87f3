"""Kill worker, broker and database in turn while 400 articles are on the way: nothing is lost,
nothing is doubled."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.embedded.starting import Start, bare_environment, free_port, manage, wait_for
from tests.faults.invented import EDITED, ORIGINALS, VERBATIM, invented_lines
from tracker.embedded.checkout import CHECKOUT
from tracker.extraction import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.fault, pytest.mark.servers, pytest.mark.timeout(600)]
ALL = ORIGINALS + VERBATIM + EDITED


class _Tracker:
    """A running installation, and what its database says."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    @contextmanager
    def ingesting(self, path: Path) -> Iterator[None]:
        """The command as a person would start it, under way meanwhile, ended at the end."""
        command = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, str(CHECKOUT / "manage.py"), "ingest", str(path)],
            env=bare_environment(TRACKER_DATA_DIR=str(self._start.data)),
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
            command.wait(timeout=120)
        finally:
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

    def wait_for_extracted(self, count: int) -> None:
        """Wait until so many articles are done, which must not be all of them."""
        assert wait_for(lambda: self.states()["EXTRACTED"] >= count, patience=150), self.states()
        assert self.states()["EXTRACTED"] < ALL

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


@pytest.fixture
def tracker() -> Any:
    place = Path(tempfile.mkdtemp(prefix="harm-fault-"))
    place.chmod(0o755)
    start = Start(place / "state", free_port())
    try:
        start.wait_until_running()
        tracker = _Tracker(start)
        yield tracker
        tracker.close()
    finally:
        start.stop()
        shutil.rmtree(place, ignore_errors=True)


def test_kills_lose_and_double_nothing(tracker: _Tracker, tmp_path: Path) -> None:
    path = tmp_path / "invented.jsonl"
    path.write_text("\n".join(invented_lines()), encoding="utf-8")

    with tracker.ingesting(path):
        for service, extracted in (("worker", 30), ("Valkey", 80), ("PostgreSQL", 150)):
            tracker.wait_for_extracted(extracted)
            tracker.kill(service)
    assert wait_for(lambda: tracker.rows("SELECT 1"))
    again = tracker.manage("ingest", str(path))

    assert again.returncode == 0, again.stderr
    assert wait_for(lambda: tracker.states() == {"EXTRACTED": ALL}, patience=200), tracker.states()
    _check_articles(tracker)
    _check_claims(tracker)
    verified = tracker.manage("verify_audit")
    assert verified.returncode == 0, verified.stdout


def _check_articles(tracker: _Tracker) -> None:
    lineage = Counter(
        dict(tracker.rows("SELECT lineage_kind, count(*) FROM sources_article GROUP BY 1"))
    )
    assert lineage == {"ORIGINAL": ORIGINALS, "VERBATIM_COPY": VERBATIM, "EDITED_COPY": EDITED}
    assert tracker.rows("SELECT count(*) FROM sources_capture") == [(ALL,)]
    assert tracker.rows("SELECT count(*) FROM sources_ingestfailure") == [(0,)]
    assert tracker.rows("SELECT count(*) FROM verification_reviewtask") == [(ORIGINALS + EDITED,)]
    lines = tracker.rows(
        "SELECT action, count(*), count(DISTINCT target_id) FROM audit_auditevent "
        "WHERE action LIKE 'article.%' GROUP BY 1 ORDER BY 1"
    )
    steps = ("article.extract", "article.ingest", "article.parse", "article.relate")
    assert lines == [(step, ALL, ALL) for step in steps]


def _check_claims(tracker: _Tracker) -> None:
    """Each task's article has exactly the claims that its text gives, once."""
    texts = {row["id"]: row for row in map(json.loads, invented_lines())}
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, *claim in tracker.rows(
        "SELECT external_id, start, outcome, minimum, maximum FROM incidents_claim "
        "JOIN sources_article a ON a.id = article_id"
    ):
        found.setdefault(name, []).append(tuple(claim))
    with_task = tracker.rows(
        "SELECT external_id FROM sources_article a "
        "JOIN verification_reviewtask ON article_id = a.id"
    )
    expected = {
        name: sorted(
            (c.start, c.outcome, c.minimum, c.maximum)
            for c in extract(title=texts[name]["title"], text=texts[name]["text"]).claims
        )
        for (name,) in with_task
    }

    assert {name: sorted(claims) for name, claims in found.items()} == expected
    copies = tracker.rows(
        "SELECT count(*) FROM incidents_claim c JOIN sources_article a ON a.id = c.article_id "
        "WHERE a.lineage_kind = 'EDITED_COPY' AND c.copy_of_id IS NOT NULL"
    )
    assert copies == [(EDITED,)]
