"""Everything that has to be green, as commands; ``manage.py test`` runs them in this order."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.embedded.talk import result, say

if TYPE_CHECKING:
    from pathlib import Path

PYTHON_SOURCES = ("manage.py", "tracker", "api", "workers", "tests")
STARTING = "servers or fault or browser or pipeline"  # tests that start processes of their own
TIMED = "timed"  # of those: nothing may run beside them
SHORT_FOLDERS = ("tests/database", "tests/migrations")
SLOW = ("--durations=10", "--durations-min=5")  # named where they run, so that nobody has to guess
NOTHING_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One command that ends with 0 where all is well."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    report: Path | None = None  # pytest writes its figures there


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check went."""

    name: str
    is_green: bool
    seconds: float


def static_checks(checkout: Path, scratch: Path) -> list[Check]:
    """What needs no test to run: style, types, layers, migrations, settings."""
    sources = [name for name in PYTHON_SOURCES if (checkout / name).exists()]
    layers = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    manage = [sys.executable, "manage.py"]
    return [
        Check("ruff check", _module("ruff", "check", ".")),
        Check("ruff format", _module("ruff", "format", "--check", ".")),
        Check("mypy", _module("mypy", *sources)),
        Check("import contracts", [sys.executable, "-c", layers]),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check(
            "check --deploy",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            _production(scratch),
        ),
    ]


def full_tests(scratch: Path, extra: list[str]) -> list[Check]:
    """All tests: two at a time, then those that need the machine for themselves one by one.

    The databases of the first are kept for those that start servers, whose own processes no
    coverage sees.
    """
    coverage = ["--cov", "--cov-report="] if not extra else []
    anew, again = ["-n", "2", "--reuse-db", "--create-db"], ["-n", "2", "--reuse-db"]
    with_servers = f"({STARTING}) and not ({TIMED})"
    return [
        _pytest("tests", scratch, [*anew, "-m", f"not ({STARTING})", *coverage, *extra]),
        _pytest(
            "tests with servers",
            scratch,
            [*again, "--dist", "loadfile", "-m", with_servers, *extra],
        ),
        _pytest("tests by the clock", scratch, ["-p", "no:xdist", "-m", TIMED, *extra]),
    ] + ([Check("coverage", _module("coverage", "report"))] if coverage else [])


def short_tests(checkout: Path, scratch: Path, extra: list[str]) -> list[Check]:
    """Only what another database or broker could answer differently."""
    folders = [name for name in SHORT_FOLDERS if (checkout / name).is_dir()]
    database = [_pytest("database", scratch, [*folders, "-m", f"not ({STARTING})", *extra])]
    return (database if folders else []) + [
        _pytest("pipeline", scratch, ["-p", "no:xdist", "-m", "pipeline and not fault", *extra])
    ]


def run_checks(checks: list[Check], checkout: Path, environment: dict[str, str]) -> bool:
    """Run every check, whatever the others say; True where all are green."""
    outcomes = []
    for check in checks:
        say(f"\n== {check.name}")
        begun = time.monotonic()
        status = subprocess.run(  # noqa: S603  # tools of the lock
            check.command, cwd=checkout, env=environment | check.environment, check=False
        ).returncode
        if check.report is not None and status == NOTHING_COLLECTED:
            status = 0
        outcomes.append(Outcome(check.name, status == 0, time.monotonic() - begun))
    return _summary(outcomes, [check.report for check in checks if check.report])


def _summary(outcomes: list[Outcome], reports: list[Path]) -> bool:
    result("")
    for outcome in outcomes:
        word = "ok    " if outcome.is_green else "FAILED"
        result(f"{word}  {outcome.name:<20} {outcome.seconds:6.1f} s")
    passed, failed, skipped = _figures(reports)
    result(f"{passed} passed, {failed} failed, {skipped} skipped")
    return all(outcome.is_green for outcome in outcomes) and passed > 0


def _figures(reports: list[Path]) -> tuple[int, int, int]:
    total = failed = skipped = 0
    for report in reports:
        if not report.exists():
            continue
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  # pytest's own
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


def _pytest(name: str, scratch: Path, arguments: list[str]) -> Check:
    report = scratch / f"{name.replace(' ', '-')}.xml"
    command = _module("pytest", "-q", f"--junitxml={report}", *SLOW, *arguments)
    return Check(name, command, report=report)


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def _production(scratch: Path) -> dict[str, str]:
    """A whole environment as production has it, with invented values."""
    return {
        "DJANGO_SETTINGS_MODULE": "tracker.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "BROKER_URL": "amqp://tracker:invented@broker.example.org:5672//",
        "CAPTURE_ROOT": str(scratch / "captures"),
        "STATIC_ROOT": str(scratch / "static"),
        "PUBLIC_URL": "https://harm.example.org",
        "TRUSTED_PROXY": "true",
        "LOG_FORMAT": "json",
    }
