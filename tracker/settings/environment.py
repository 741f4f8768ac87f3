"""The typed environment: every variable the tracker reads, in one place.

A secret may also come from a file named by ``NAME_FILE``. A required variable that is missing
stops the start with a sentence that names it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

#: A product of RFC 9110; the part before the slash is the name that robots.txt knows us by.
_PRODUCT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,40}/[A-Za-z0-9._-]{1,20}")
_SHORTEST, _LONGEST = 0.01, 3600.0


def read(name: str, default: str | None = None) -> str:
    """The value of ``name`` or of the file ``NAME_FILE`` names.

    Raises ImproperlyConfigured where neither is set and there is no default.
    """
    if os.environ.get(name):
        return os.environ[name]
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as failure:
            raise ImproperlyConfigured(
                f"{name}_FILE names {file}, which can't be read: {failure.strerror}."
            ) from failure
    if default is not None:
        return default
    raise ImproperlyConfigured(f"Set {name}, or {name}_FILE with the path of a file that holds it.")


def read_bool(name: str, *, default: bool) -> bool:
    """``true``/``1``/``yes`` or ``false``/``0``/``no``; anything else is refused."""
    text = read(name, "true" if default else "false").lower()
    if text in {"true", "1", "yes"}:
        return True
    if text in {"false", "0", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {text!r}.")


@dataclass(frozen=True, slots=True)
class Environment:
    """What the process was given; ``production`` has no defaults for what must not be guessed."""

    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    broker_url: str = field(repr=False)
    capture_root: Path
    restricted_key_root: Path | None
    static_root: Path
    public_url: str
    trusted_proxy: bool
    log_format: str
    fetch_allow_private: frozenset[str]
    fetch_user_agent: str
    fetch_proxy: str = field(repr=False)
    fetch_interval: timedelta
    metrics_token: str = field(repr=False)
    alarm_wait_minutes: int
    drop_root: str
    accept_suggestions: bool
    timestamp_authority: str
    timestamp_ca: Path | None

    @property
    def host(self) -> str:
        """The host name that people use, without the port."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def is_https(self) -> bool:
        """Whether cookies must be secure."""
        return urlsplit(self.public_url).scheme == "https"


def load() -> Environment:
    """Read the whole environment or say which variable is missing or wrong."""
    public_url = read("PUBLIC_URL").rstrip("/")
    if urlsplit(public_url).scheme not in {"http", "https"} or not urlsplit(public_url).hostname:
        raise ImproperlyConfigured(
            f"PUBLIC_URL must be an address like https://harm.example.org, not {public_url!r}."
        )
    log_format = read("LOG_FORMAT", "json")
    if log_format not in {"json", "console"}:
        raise ImproperlyConfigured(f"LOG_FORMAT must be json or console, not {log_format!r}.")
    return Environment(
        secret_key=read("SECRET_KEY"),
        database_url=read("DATABASE_URL"),
        broker_url=read("BROKER_URL"),
        capture_root=Path(read("CAPTURE_ROOT")),
        restricted_key_root=Path(keys) if (keys := read("RESTRICTED_KEY_ROOT", "")) else None,
        static_root=Path(read("STATIC_ROOT", "static-collected")),
        public_url=public_url,
        trusted_proxy=read_bool("TRUSTED_PROXY", default=False),
        log_format=log_format,
        fetch_allow_private=frozenset(read("FETCH_ALLOW_PRIVATE", "").split()),
        fetch_user_agent=_user_agent(
            read("FETCH_USER_AGENT", "page-reader/1.0"), contact=read("FETCH_CONTACT", "")
        ),
        fetch_proxy=_egress_proxy(read("FETCH_PROXY", "")),
        fetch_interval=_seconds("FETCH_INTERVAL", read("FETCH_INTERVAL", "5")),
        metrics_token=read("METRICS_TOKEN", ""),
        alarm_wait_minutes=_minutes("ALARM_WAIT_MINUTES", read("ALARM_WAIT_MINUTES", "15")),
        drop_root=read("DROP_ROOT", ""),
        accept_suggestions=read_bool("ACCEPT_SUGGESTIONS", default=False),
        timestamp_authority=_authority(read("TIMESTAMP_AUTHORITY", "")),
        timestamp_ca=Path(ca) if (ca := read("TIMESTAMP_CA", "")) else None,
    )


def _authority(url: str) -> str:
    """The address of the time-stamping authority, "" = none."""
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise ImproperlyConfigured(
            "TIMESTAMP_AUTHORITY must be an address like http://stamps.example.org/tsr, "
            f"not {url!r}."
        )
    return url


def _user_agent(product: str, *, contact: str) -> str:
    """What servers are told, such as ``page-reader/1.0 (+https://example.org/about)``."""
    if not _PRODUCT.fullmatch(product):
        raise ImproperlyConfigured(
            f"FETCH_USER_AGENT must be a name and a version like page-reader/1.0, not {product!r}."
        )
    if not re.fullmatch(r"[!-'*-~]*", contact):
        raise ImproperlyConfigured(
            "FETCH_CONTACT must be an address without spaces and brackets, such as "
            f"https://example.org/about or mailto:desk@example.org, not {contact!r}."
        )
    return f"{product} (+{contact})" if contact else product


def _minutes(name: str, text: str) -> int:
    """A whole number above zero."""
    if not text.isdigit() or not int(text):
        raise ImproperlyConfigured(f"{name} must be a whole number of minutes, not {text!r}.")
    return int(text)


def _egress_proxy(url: str) -> str:
    """The address of the proxy that everything is fetched through, "" = none."""
    parts = urlsplit(url)
    if url and (parts.scheme != "http" or not parts.hostname or parts.path.strip("/")):
        raise ImproperlyConfigured(
            "FETCH_PROXY must be an address like http://proxy.example.org:3128."
        )
    return url


def _seconds(name: str, text: str) -> timedelta:
    """A time in seconds, from a hundredth of one to an hour."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise ImproperlyConfigured(f"{name} must be seconds between 0.01 and 3600, not {text!r}.")
    return timedelta(seconds=seconds)
