"""``manage.py test``: every check that has to be green, servers included."""

from __future__ import annotations

import argparse
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded import valkey
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.checks import full_tests, run_checks, short_tests, static_checks
from tracker.embedded.installation import held, running_servers
from tracker.embedded.kinds import TEST
from tracker.embedded.roles import APPLICATION, OWNER

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            checks = short_tests(CHECKOUT, scratch, extra)
        else:
            checks = [] if options.tests_only else static_checks(CHECKOUT, scratch)
            checks += full_tests(scratch, extra)
        with _servers() as servers:
            environment = {**servers, **os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS}
            return 0 if run_checks(checks, CHECKOUT, environment) else 1


@contextmanager
def _servers() -> Iterator[dict[str, str]]:
    """The addresses of what the environment does not name itself, running for the while."""
    if os.environ.get("DATABASE_URL") and os.environ.get("BROKER_URL"):
        yield {}
        return
    control = CHECKOUT / TEST.folder
    with held(control, TEST), running_servers(CHECKOUT, TEST, control) as installation:
        postgres = installation.postgres
        addresses = {"BROKER_URL": valkey.broker_url(installation.layout)}
        if not os.environ.get("DATABASE_URL"):
            secrets = postgres.credentials
            addresses["DATABASE_URL"] = postgres.url(OWNER, secrets.owner)
            addresses["APP_DATABASE_URL"] = postgres.url(APPLICATION, secrets.application)
        yield addresses
