"""PostgreSQL and Valkey for as long as checks and measurements need them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.embedded import valkey
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.installation import held, running_servers
from tracker.embedded.kinds import TEST
from tracker.embedded.roles import APPLICATION, OWNER

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def temporary_servers() -> Iterator[dict[str, str]]:
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
