"""Our own processes: the commands of web, worker and beat, and the environment they get."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.embedded import valkey
from tracker.embedded.roles import APPLICATION, OWNER
from tracker.embedded.service import Service

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tracker.embedded.accounts import Account
    from tracker.embedded.layout import Layout
    from tracker.embedded.postgres import Postgres

#: The same names as tracker.core.jobs.QUEUES, which can't be imported without Celery.
QUEUES = ("fetch", "articles", "again", "deliver", "maintenance")
GRACE = 6.0  # seconds that a task or a request in hand is given
INHERITED: tuple[str, ...] = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR")
#: What an operator may set for the application itself.
INHERITED += ("FETCH_USER_AGENT", "FETCH_CONTACT", "FETCH_PROXY", "FETCH_INTERVAL")
INHERITED += ("FETCH_ALLOW_PRIVATE", "DROP_ROOT", "ACCEPT_SUGGESTIONS", "TIMESTAMP_AUTHORITY")
INHERITED += ("TIMESTAMP_CA", "METRICS_TOKEN", "METRICS_TOKEN_FILE", "ALARM_WAIT_MINUTES")
INHERITED += ("SSL_CERT_FILE", "SSL_CERT_DIR", "PYTHONDONTWRITEBYTECODE", "PYTHONWARNINGS")


@dataclass(frozen=True, slots=True)
class Address:
    """Where people reach this installation."""

    port: int
    public_url: str

    @property
    def is_behind_proxy(self) -> bool:
        """Whether something in front of us ends TLS."""
        return self.public_url.startswith("https://")


def settings_environment(
    layout: Layout, postgres: Postgres, address: Address, static: Path
) -> dict[str, str]:
    """What the settings read: the application's database role and no other."""
    secrets = postgres.credentials
    return {
        "DJANGO_SETTINGS_MODULE": "tracker.settings.embedded",
        "SECRET_KEY": secrets.secret_key,
        "DATABASE_URL": postgres.url(APPLICATION, secrets.application),
        "BROKER_URL": valkey.broker_url(layout),
        "CAPTURE_ROOT": str(layout.captures),
        "RESTRICTED_KEY_ROOT": str(layout.keys),
        "STATIC_ROOT": str(static),
        "PUBLIC_URL": address.public_url,
        "TRUSTED_PROXY": "true" if address.is_behind_proxy else "false",
        "LOG_FORMAT": "json",
    }


def process_environment(layout: Layout) -> dict[str, str]:
    """What is passed on of our own environment; nothing else, for it may hold secrets."""
    passed = {name: os.environ[name] for name in INHERITED if name in os.environ}
    # the account's own home may not exist; nothing is meant to go there
    return passed | {"PYTHONUNBUFFERED": "1", "HOME": str(layout.logs)}


def migration_environment(environment: dict[str, str], postgres: Postgres) -> dict[str, str]:
    """The same, with the owner's role beside it: for ``migrate`` alone."""
    owner = postgres.url(OWNER, postgres.credentials.owner)
    return environment | {"MIGRATE_DATABASE_URL": owner}


def application_services(
    checkout: Path,
    layout: Layout,
    account: Account,
    environment: dict[str, str],
    listener: int,
) -> list[Service]:
    """Web, worker and beat, each under a guard."""
    web = ["gunicorn", "tracker.wsgi:application", "--bind", f"fd://{listener}", "--preload"]
    web += ["--workers", "2", "--threads", "4", "--graceful-timeout", "4", "--timeout", "60"]
    web += ["--no-control-socket", "--max-requests", "2000", "--max-requests-jitter", "200"]
    celery = ["celery", "--quiet", "-A", "tracker"]
    worker = [*celery, "worker", "-Q", ",".join(QUEUES), "-l", "INFO"]
    worker += ["--concurrency", "2", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "-l", "INFO", "--pidfile=", "-s", str(layout.beat / "schedule")]
    commands: list[tuple[str, list[str], tuple[int, ...]]] = [
        ("web", web, (listener,)),
        ("worker", worker, ()),
        ("beat", beat, ()),
    ]
    return [
        Service(
            name=name,
            command=_guarded(command, layout.logs / f"{name}.log", descriptors),
            account=account,
            environment=environment,
            folder=checkout,
            stop_signal=signal.SIGTERM,
            log=layout.logs / f"{name}.log",
            owns_log=True,
            pass_fds=descriptors,
        )
        for name, command, descriptors in commands
    ]


def _guarded(command: Sequence[str], log: Path, descriptors: tuple[int, ...]) -> list[str]:
    guard = [sys.executable, "-m", "tracker.embedded.guard", "--log", str(log)]
    guard += ["--grace", str(GRACE)]
    for descriptor in descriptors:
        guard += ["--pass-fd", str(descriptor)]
    return [*guard, "--", sys.executable, "-m", *command]
