"""``manage.py benchmark NAME``: print measured figures; exit status 1 where a limit is missed."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.start_times import measure_starts
from tracker.embedded.temporary import temporary_servers

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = "example: python3 manage.py benchmark neardup"
START = "start"
#: Measurements of pure code, which need no server.
WITHOUT_SERVERS = frozenset({"extraction"})
SETTINGS = "tracker.settings.test"


def main(arguments: list[str]) -> int:
    """Measure and print; 0 where every figure keeps its limit."""
    parser = argparse.ArgumentParser(
        prog="manage.py benchmark",
        description="Print a measured figure, with its limit. `start`: how long `demo` takes in a "
        "fresh copy of this checkout. `extraction` needs no server; the others bring PostgreSQL "
        "and Valkey of their own, unless DATABASE_URL and BROKER_URL name others. All pass further "
        "options on; `benchmark NAME --help` says which.",
        epilog=EXAMPLE,
        add_help=len(arguments) < 4,  # noqa: PLR2004  # else the measurement's own
    )
    parser.add_argument("name", choices=[START, *_measurements()], help="what to measure")
    options, extra = parser.parse_known_args(arguments[2:])
    if options.name == START:
        if extra:
            parser.error(f"`benchmark {START}` takes no further options: {extra[0]}")
        return measure_starts()
    command = [sys.executable, "-m", f"tests.benchmarks.{options.name}", *extra]
    if options.name in WITHOUT_SERVERS:
        return _run(command, dict(os.environ))
    with temporary_servers() as servers:
        return _run(command, {**servers, **os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS})


def _run(command: list[str], environment: dict[str, str]) -> int:
    return subprocess.run(  # noqa: S603  # a module of this project
        command, cwd=CHECKOUT, env=environment, check=False
    ).returncode


def _measurements() -> list[str]:
    """Every measurement there is: a module that can be run by its name."""
    return sorted(path.stem for path in _modules() if not path.stem.startswith("_"))


def _modules() -> list[Path]:
    return [
        path
        for path in (CHECKOUT / "tests" / "benchmarks").glob("*.py")
        if 'if __name__ == "__main__":' in path.read_text(encoding="utf-8")
    ]
