"""``manage.py test``: every check that has to be green, servers included."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.checks import full_tests, run_checks, short_tests, static_checks
from tracker.embedded.temporary import temporary_servers

SETTINGS = "tracker.settings.test"
EXAMPLE = "example: python3 manage.py test tests/incidents -k range"


def main(arguments: list[str]) -> int:
    """Run all of it; 0 only where everything is green."""
    parser = argparse.ArgumentParser(
        prog="manage.py test",
        description="Run every check. PostgreSQL and Valkey are provided, unless DATABASE_URL and "
        "BROKER_URL name others. Unknown options and paths go to pytest.",
        epilog=EXAMPLE,
    )
    parser.add_argument(
        "--servers-only",
        action="store_true",
        help="only what depends on the servers: database, migrations, pipeline",
    )
    parser.add_argument("--tests-only", action="store_true", help="leave out ruff, mypy and such")
    options, extra = parser.parse_known_args(arguments[2:])
    with tempfile.TemporaryDirectory(prefix="civilian-harm-checks-") as folder:
        scratch = Path(folder)
        if options.servers_only:
            checks = short_tests(scratch, extra)
        else:
            checks = [] if options.tests_only else static_checks(CHECKOUT, scratch)
            checks += full_tests(scratch, extra)
        with temporary_servers() as servers:
            environment = {**servers, **os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS}
            return 0 if run_checks(checks, CHECKOUT, environment) else 1
