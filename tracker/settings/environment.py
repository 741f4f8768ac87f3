"""The typed environment: every variable the tracker reads, in one place.

A secret may also come from a file named by ``NAME_FILE``. A required variable that is missing
stops the start with a sentence that names it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


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
    static_root: Path
    public_url: str
    trusted_proxy: bool
    log_format: str
    fetch_allow_private: frozenset[str]
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
        static_root=Path(read("STATIC_ROOT", "static-collected")),
        public_url=public_url,
        trusted_proxy=read_bool("TRUSTED_PROXY", default=False),
        log_format=log_format,
        fetch_allow_private=frozenset(read("FETCH_ALLOW_PRIVATE", "").split()),
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
