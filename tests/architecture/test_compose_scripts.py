"""The scripts beside compose.yaml: secrets that agree, and a health check by the public name."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from tracker.core.database_roles import APP_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def _run(folder: Path) -> int:
    command = [str(folder / "make-secrets.sh")]
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603  # our own script
    return done.returncode


def _made_secrets(folder: Path) -> dict[str, str]:
    shutil.copy(ROOT / "compose" / "make-secrets.sh", folder)
    assert _run(folder) == 0
    return {path.name: path.read_text() for path in (folder / "secrets").iterdir()}


def test_made_secrets_are_the_declared_ones_and_agree(tmp_path: Path) -> None:
    made = _made_secrets(tmp_path)
    application, owner = urlsplit(made["database_url"]), urlsplit(made["migrate_database_url"])
    broker = urlsplit(made["broker_url"])

    assert {f"compose/secrets/{name}" for name in made} == {
        secret["file"] for secret in COMPOSE["secrets"].values()
    }
    assert (application.username, application.password) == (APP_ROLE, made["tracker_app_password"])
    assert (owner.username, owner.password) == ("tracker_owner", made["tracker_owner_password"])
    assert f"default_pass = {broker.password}\n" in made["rabbitmq_user.conf"]
    assert {application.hostname, owner.hostname, broker.hostname} <= set(COMPOSE["services"])
    assert len(made["secret_key"]) >= 50
    assert oct((tmp_path / "secrets").stat().st_mode & 0o777) == "0o700"


def test_secrets_are_never_replaced(tmp_path: Path) -> None:
    before = _made_secrets(tmp_path)

    assert _run(tmp_path) == 1
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == before


class _Answers(BaseHTTPRequestHandler):
    """A web process that knows one host and is not ready."""

    def do_GET(self) -> None:
        """Answer as the tracker would."""
        known = self.headers["Host"] == "harm.example.org"
        self.send_response(400 if not known else {"/healthz": 200}.get(self.path, 503))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        """Say nothing."""


@pytest.mark.enable_socket
@pytest.mark.parametrize(("page", "status"), [("healthz", 200), ("readyz", 503)])
def test_health_check_asks_by_the_public_name(page: str, status: int) -> None:
    status_of: Callable[..., int] = runpy.run_path(str(ROOT / "compose" / "healthcheck.py"))[
        "status_of"
    ]
    with HTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        answer = status_of(page, public_url="https://harm.example.org", port=server.server_port)
        thread.join(timeout=5)

    assert answer == status


def test_scripts_can_be_run() -> None:
    for name in ("make-secrets.sh", "create-roles.sh"):
        assert os.access(ROOT / "compose" / name, os.X_OK)
