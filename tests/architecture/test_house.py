"""The rules of the house, counted on the tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.celery import app
from tracker.core.jobs import QUEUES, ROUTES, Job

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(
    path
    for folder in ("tracker", "api", "workers", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
LONGEST = 400
DRAWERS = {"utils", "helpers", "common", "misc", "lib"}


def test_no_file_is_longer_than_a_few_screens() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in CODE
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert long == {}


def test_no_drawer_without_a_name() -> None:
    assert [str(p) for p in CODE if DRAWERS & {*p.relative_to(ROOT).parts, p.stem}] == []


def test_every_job_has_a_task_and_a_queue() -> None:
    app.loader.import_default_modules()

    assert {job.value for job in Job} <= set(app.tasks)
    assert set(ROUTES) == set(Job)
    assert set(ROUTES.values()) <= set(QUEUES)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_in_a_function(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    hidden = [
        line
        for number, line in enumerate(lines)
        if re.match(r"\s+(from [a-z_.]+ import|import [a-z])", line)
        and not _is_under_guard(lines, number)
    ]

    assert hidden == []


def _is_under_guard(lines: list[str], number: int) -> bool:
    """An import under TYPE_CHECKING, in a try, or in an app's ready() is at its place."""
    for line in reversed(lines[:number]):
        if line.strip() and not line.startswith((" ", "\t")):
            return line.startswith(("if TYPE_CHECKING", "try:", "from ", "import ", ")"))
        if "def ready(self)" in line:
            return True
    return False


def test_pages_reach_incidents_only_where_a_second_coding_is_kept_blind() -> None:
    """``selectors/closed.py`` of verification asks first whether they are closed to the viewer."""
    passed_by = re.compile(r"\b(get_incident|get_request|get_total|get_restructuring)\b")
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tracker/web").rglob("*.py")
        if passed_by.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
