"""Fixtures that every folder of tests may use."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.factories import PersonFactory
from tracker.core.actor import Role
from tracker.embedded.checks import STARTING, STARTING_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.accounts.models import Person

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[2] / "shared"


#: They run code of which other tests run all but a few lines; to measure it takes half as long
#: again.
REPEATING = (
    "api/test_schema.py",
    "architecture",
    "benchmarks",
    "database",
    "extraction/test_figures.py",
    "extraction/test_happenings.py",
    "extraction/test_hostile.py",
    "extraction/test_mentions.py",
    "extraction/test_metamorphic.py",
    "extraction/test_scope.py",
    "extraction/test_whens.py",
    "imports/test_grouping.py",
    "imports/test_race.py",
    "incidents/rules/test_properties.py",
    "incidents/test_group_stories.py",
    "incidents/test_merge.py",
    "incidents/test_merge_races.py",
    "publication/test_life_machine.py",
    "restricted/test_floor.py",
    "restricted/test_merge.py",
    "sources/parsing/test_hostile.py",
    "sources/test_lineage.py",
    "sources/test_neardup.py",
    "sources/test_relate.py",
    "sources/test_relate_candidates.py",
    "verification/test_extract.py",
    "verification/test_lease_machine.py",
    "verification/test_lease_race.py",
    "web/test_access.py",
    "web/test_worked_example.py",
    "workers/test_guard.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage leaves out what only repeats; what starts servers is looked for in few folders."""
    here = Path(__file__).parent
    starting = set(STARTING.split(" or "))
    for item in items:
        path = item.path.relative_to(here).as_posix()
        if path.startswith(REPEATING):
            item.add_marker(pytest.mark.no_cover)
        is_looked_for = f"tests/{path}".startswith(STARTING_FOLDERS)
        if not is_looked_for and starting & {mark.name for mark in item.iter_markers()}:
            folders = ", ".join(STARTING_FOLDERS)
            raise pytest.UsageError(f"{item.nodeid} starts servers: it belongs into {folders}.")


@pytest.fixture
def now() -> datetime:
    """The time that tests pass to services."""
    return NOW


@pytest.fixture
def researcher(db: None) -> Person:
    """A person who codes articles and writes incidents."""
    return PersonFactory(role=Role.RESEARCHER.value)


@pytest.fixture
def reviewer(db: None) -> Person:
    """A person who reviews and publishes."""
    return PersonFactory(role=Role.REVIEWER.value)


@pytest.fixture
def coordinator(db: None) -> Person:
    """A person who also reopens tasks and watches the workers."""
    return PersonFactory(role=Role.COORDINATOR.value)


@pytest.fixture
def administrator(db: None) -> Person:
    """A person who manages people and decides no claims."""
    return PersonFactory(role=Role.ADMINISTRATOR.value)


@pytest.fixture
def viewer(db: None) -> Person:
    """A person who only reads."""
    return PersonFactory(role=Role.VIEWER.value)


@pytest.fixture
def shared() -> Path:
    """The evaluation material beside the checkout; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("The evaluation material (../shared) is not beside this checkout.")
    return SHARED


@pytest.fixture(autouse=True)
def capture_root(tmp_path: Path, settings: object) -> Path:
    """Each test keeps its captures in a folder of its own."""
    root = tmp_path / "captures"
    settings.CAPTURE_ROOT = root  # type: ignore[attr-defined]
    return root


@pytest.fixture(autouse=True)
def key_root(tmp_path: Path, settings: object) -> Path:
    """Each test keeps the keys of private persons in a folder of its own."""
    root = tmp_path / "keys"
    settings.RESTRICTED_KEY_ROOT = root  # type: ignore[attr-defined]
    return root


@pytest.fixture(scope="session", autouse=True)
def _no_real_servers_by_accident() -> None:
    """Django's async guard off: Playwright's loop runs in the same thread as the ORM."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_append_only_tables() -> Iterator[None]:
    """After a test with transactions of its own, and only there, TRUNCATE must pass."""
    flush = DatabaseOperations.execute_sql_flush

    def flush_all(self: DatabaseOperations, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
                "WHERE NOT tgisinternal AND (tgtype & 32) <> 0"
            )
            tables = [row[0] for row in cursor.fetchall()]
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        flush(self, [*off, *sql_list, *on])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_all)
        yield
