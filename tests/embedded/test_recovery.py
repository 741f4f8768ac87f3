"""Processes are killed, one by one and all at once; the data and the pages come back."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.embedded.starting import Start, alive, copy_of, free_port, wait_for

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.servers, pytest.mark.timeout(500)]


@pytest.mark.parametrize("service", ["PostgreSQL", "Valkey", "web", "worker", "beat"])
def test_a_service_that_is_killed_is_started_again_and_said_so(
    running: Start, service: str
) -> None:
    former = running.main_process(service)
    family = {former} if service in {"PostgreSQL", "Valkey"} else {running.state.processes[service]}
    os.kill(former, signal.SIGKILL)

    assert wait_for(lambda: f"{service} is started again" in running.output, 30)
    assert f"{service} was ended by" in running.output
    assert wait_for(lambda: running.answers("/readyz"), 30)
    assert not alive(family)
    assert running.state.processes[service] not in family


def test_killing_the_supervisor_leaves_nothing_and_the_next_start_has_all_data(
    place: Path, migrated: Path
) -> None:
    first = Start(copy_of(migrated, place / "killed"), free_port())
    first.wait_until_running()
    with psycopg.connect(_dsn(first)) as connection:
        connection.execute("INSERT INTO core_cache VALUES ('kept', 'yes', now() + '1 day')")
    family = first.family()
    assert len(family) > 8

    first.process.kill()
    first.process.wait()

    second = Start(place / "killed", first.port)  # while the former processes are still ending
    try:
        second.wait_until_running()
        assert not alive(family)
        with psycopg.connect(_dsn(second)) as connection:
            row = connection.execute("SELECT value FROM core_cache WHERE cache_key = 'kept'")
            assert row.fetchone() == ("yes",)
    finally:
        second.stop()


@pytest.mark.timed
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_takes_less_than_ten_seconds_and_leaves_nothing(
    place: Path, migrated: Path, how: signal.Signals
) -> None:
    data = place / f"stopped-{how.name}"
    start = Start(copy_of(migrated, data), free_port())
    start.wait_until_running()
    family = start.family()

    seconds = start.stop(how)

    assert seconds < 10
    assert start.process.returncode == 0
    assert not alive(family)
    assert not (data / "running.json").exists()
    assert not (data / "run").exists()


@pytest.mark.timed
def test_a_stop_does_not_wait_for_a_migration(place: Path) -> None:
    start = Start(place / "stopped-early", free_port())
    assert wait_for(lambda: "Migrating the database" in start.output)
    family = start.family()

    assert start.stop() < 10
    assert start.process.returncode != 0, "what was asked for did not come about"
    assert not alive(family)


def _dsn(start: Start) -> str:
    return start.state.environment["DATABASE_URL"].replace("postgres://", "postgresql://")
