"""The typed environment: whole, or one sentence that names the hole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.settings import environment

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgres://tracker_app:invented@db.example.org/tracker",
    "BROKER_URL": "amqp://tracker:invented@broker.example.org//",
    "CAPTURE_ROOT": "/captures",
    "PUBLIC_URL": "https://harm.example.org",
}


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A full environment, and the way to make holes in it."""
    for name in ("TRUSTED_PROXY", "LOG_FORMAT", "STATIC_ROOT", "RESTRICTED_KEY_ROOT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_whole_environment_is_typed(whole: pytest.MonkeyPatch) -> None:
    read = environment.load()

    assert (read.host, read.is_https, read.trusted_proxy) == ("harm.example.org", True, False)
    assert read.restricted_key_root is None, "without it nobody is recorded"
    assert "invented" not in repr(read)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_hole_is_named(whole: pytest.MonkeyPatch, name: str) -> None:
    whole.delenv(name)

    with pytest.raises(ImproperlyConfigured, match=f"Set {name}, or {name}_FILE"):
        environment.load()


def test_a_secret_may_lie_in_a_file(whole: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("from a file\n", encoding="utf-8")
    whole.delenv("SECRET_KEY")
    whole.setenv("SECRET_KEY_FILE", str(secret))
    assert environment.load().secret_key == "from a file"

    secret.unlink()
    with pytest.raises(ImproperlyConfigured, match="can't be read"):
        environment.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "harm.example.org"),
        ("PUBLIC_URL", "ftp://harm.example.org"),
        ("TRUSTED_PROXY", "maybe"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_named(whole: pytest.MonkeyPatch, name: str, value: str) -> None:
    whole.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=name):
        environment.load()


@pytest.mark.parametrize("hole", [None, "SECRET_KEY"])
def test_production_loads_whole_and_refuses_a_hole(hole: str | None) -> None:
    given = {k: v for k, v in os.environ.items() if k not in WHOLE and not k.endswith("_FILE")}
    given |= {k: v for k, v in WHOLE.items() if k != hole}
    given["DJANGO_SETTINGS_MODULE"] = "tracker.settings.production"
    code = "from django.conf import settings; print(settings.ALLOWED_HOSTS, settings.DEBUG)"

    done = subprocess.run(  # noqa: S603  # this interpreter
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )

    if hole is None:
        assert done.stdout.strip() == "['harm.example.org'] False"
    else:
        assert done.returncode != 0
        assert "Set SECRET_KEY" in done.stderr


def test_fetcher_is_neutral_unless_told_otherwise(whole: pytest.MonkeyPatch) -> None:
    read = environment.load()

    assert (read.fetch_user_agent, read.fetch_proxy) == ("page-reader/1.0", "")
    assert read.fetch_interval.total_seconds() == 5
    assert read.fetch_allow_private == frozenset()
    whole.setenv("FETCH_CONTACT", "https://example.org/about")
    whole.setenv("FETCH_PROXY", "http://desk:secret@proxy.example.org:3128")
    read = environment.load()
    assert read.fetch_user_agent == "page-reader/1.0 (+https://example.org/about)"
    assert "secret" not in repr(read)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FETCH_USER_AGENT", "page reader", "a name and a version"),
        ("FETCH_USER_AGENT", "a/1\r\nX: y", "a name and a version"),
        ("FETCH_CONTACT", "us (here)", "an address without spaces"),
        ("FETCH_CONTACT", "a\r\nX:y", "an address without spaces"),
        ("FETCH_PROXY", "proxy.example.org:3128", "FETCH_PROXY must be an address"),
        ("FETCH_PROXY", "https://proxy.example.org", "FETCH_PROXY must be an address"),
        ("FETCH_PROXY", "socks5://proxy.example.org", "FETCH_PROXY must be an address"),
        ("FETCH_INTERVAL", "0", "seconds between"),
        ("FETCH_INTERVAL", "soon", "seconds between"),
        ("FETCH_INTERVAL", "nan", "seconds between"),
    ],
)
def test_fetcher_that_is_set_up_wrongly(
    whole: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    whole.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=said):
        environment.load()


@pytest.mark.parametrize("value", ["0", "soon", "-5", "1.5"])
def test_limit_of_an_alarm_is_a_whole_number_of_minutes(
    whole: pytest.MonkeyPatch, value: str
) -> None:
    assert environment.load().alarm_wait_minutes == 15
    whole.setenv("ALARM_WAIT_MINUTES", value)

    with pytest.raises(ImproperlyConfigured, match="whole number of minutes"):
        environment.load()


def test_token_of_the_metrics_may_lie_in_a_file_and_is_never_shown(
    whole: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert environment.load().metrics_token == ""
    secret = tmp_path / "token"
    secret.write_text("invented-token\n", encoding="utf-8")
    whole.setenv("METRICS_TOKEN_FILE", str(secret))

    read = environment.load()

    assert read.metrics_token == "invented-token"
    assert "invented-token" not in repr(read)
