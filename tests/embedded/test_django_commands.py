"""Django's commands beside a running installation, or without any."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SETTINGS = ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "BROKER_URL", "CAPTURE_ROOT", "PUBLIC_URL")


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {*SETTINGS, "DATABASE_URL"}}
    return subprocess.run(  # noqa: S603  # this project's own command
        [sys.executable, str(CHECKOUT / "manage.py"), *arguments],
        env=environment | {"TRACKER_PYTHON": "as-is"} | given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("given", [{}, {"DATABASE_URL": "postgres://x@127.0.0.1:1/none"}])
def test_a_command_without_a_database_asks_for_no_settings(
    tmp_path: Path, given: dict[str, str]
) -> None:
    scenarios = tmp_path / "scenarios.jsonl"
    scenarios.write_text('{"id": "empty", "claims": []}\n', encoding="utf-8")

    done = run("assess", str(scenarios), **given)

    assert done.returncode == 0, done.stderr
    assert '"id": "empty"' in done.stdout


def test_a_hole_in_the_settings_is_one_sentence() -> None:
    done = run("verify_audit", DATABASE_URL="postgres://x@127.0.0.1:1/none")

    assert done.returncode == 1
    assert "Set PUBLIC_URL" in done.stderr
    assert "Traceback" not in done.stderr
