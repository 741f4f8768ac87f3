"""Everything that has to be green, as commands; ``manage.py test`` runs them in this order."""

from __future__ import annotations

import secrets
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from tracker.embedded.talk import result, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PYTHON_SOURCES = ("manage.py", "tracker", "api", "workers", "tests")
STARTING = "servers or fault or browser or pipeline"  # tests that start processes of their own
STARTING_FOLDERS = ("tests/browser", "tests/embedded", "tests/faults", "tests/workers")
TIMED = "timed"  # of those: nothing may run beside them
TEMPLATE = "harm_tracker_migrated"  # the database that those of the tests are copied from
SHORT_FOLDER = "tests/database"
SLOW = ("--durations=10", "--durations-min=5")  # named where they run, so that nobody has to guess
NOTHING_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One command that ends with 0 where all is well."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    report: Path | None = None  # pytest writes its figures there
    is_beside: bool = False  # begun with the first check, and waited for when its turn comes


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

    What they share is made beside the checks before them, unless only a part (``extra``) is run.
    The databases of the first are kept for those that start servers, whose own processes no
    coverage sees.
    """
    if extra:
        return _tests(scratch, extra=extra)
    installation = scratch / "installation"
    shared = {"TEST_DATABASE_TEMPLATE": TEMPLATE, "TEST_INSTALLATION": str(installation)}
    make = _module("tests.prepared", str(installation))
    return [
        Check("what tests share", make, shared, is_beside=True),
        *_tests(scratch, coverage=["--cov", "--cov-report="], shared=shared),
        Check("coverage", _module("coverage", "report")),
    ]


def _tests(
    scratch: Path,
    *,
    extra: Sequence[str] = (),
    coverage: Sequence[str] = (),
    shared: dict[str, str] | None = None,
) -> list[Check]:
    anew, again = ["-n", "2", "--reuse-db", "--create-db"], ["-n", "2", "--reuse-db"]
    # In the order of the folders, by which the longest file is begun first.
    by_file = ["--dist", "loadfile", "--no-loadscope-reorder"]
    with_servers = [*by_file, "-m", f"({STARTING}) and not ({TIMED})"]
    # To look for these few in all folders takes ten seconds longer.
    folders = [] if extra else STARTING_FOLDERS
    stages = {
        "tests": [*anew, "-m", f"not ({STARTING})", *coverage],
        "tests with servers": [*again, *with_servers, *folders],
        "tests by the clock": ["-p", "no:xdist", "-m", TIMED, *folders],
    }
    return [
        _pytest(name, scratch, [*arguments, *extra], environment=shared)
        for name, arguments in stages.items()
    ]


def short_tests(scratch: Path, extra: list[str]) -> list[Check]:
    """Only what another database or broker could answer differently."""
    database = [SHORT_FOLDER, "-m", f"not ({STARTING})"]
    pipeline = ["-p", "no:xdist", "-m", "pipeline and not fault"]
    folders = [] if extra else STARTING_FOLDERS
    return [
        _pytest("database", scratch, [*database, *extra]),
        _pytest("pipeline", scratch, [*pipeline, *folders, *extra]),
    ]


def run_checks(checks: list[Check], checkout: Path, environment: dict[str, str]) -> bool:
    """Run every check, whatever the others say; True where all are green."""
    outcomes = []
    with ExitStack() as stack:
        beside = {
            check.name: stack.enter_context(_beside(check, checkout, environment))
            for check in checks
            if check.is_beside
        }
        for check in checks:
            say(f"\n== {check.name}")
            begun = time.monotonic()
            if check.name in beside:
                status = beside[check.name]()
            else:
                status = _begin(check, checkout, environment).wait()
            if check.report is not None and status == NOTHING_COLLECTED:
                status = 0
            outcomes.append(Outcome(check.name, status == 0, time.monotonic() - begun))
    return _summary(outcomes, [check.report for check in checks if check.report])


@contextmanager
def _beside(
    check: Check, checkout: Path, environment: dict[str, str]
) -> Iterator[Callable[[], int]]:
    """Begin a check while others run; gives what waits for its end and then says what it said."""
    with (
        tempfile.TemporaryFile() as said,
        _begin(check, checkout, environment, output=said) as process,
    ):

        def end() -> int:
            status = process.wait()
            said.seek(0)
            say(said.read().decode(errors="replace").rstrip())
            return status

        try:
            yield end
        finally:
            process.terminate()


def _begin(
    check: Check, checkout: Path, environment: dict[str, str], output: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # tools of the lock
        check.command,
        cwd=checkout,
        env=environment | check.environment,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )


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


def _pytest(
    name: str, scratch: Path, arguments: list[str], environment: dict[str, str] | None = None
) -> Check:
    report = scratch / f"{name.replace(' ', '-')}.xml"
    command = _module("pytest", "-q", f"--junitxml={report}", *SLOW, *arguments)
    return Check(name, command, environment or {}, report=report)


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
