"""Does the process answer, and can it do its work?"""

from __future__ import annotations

import socket
from contextlib import closing
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

_WAIT = 2
_PORTS = {"amqp": 5672, "amqps": 5671, "redis": 6379, "rediss": 6379}


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of anybody."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 until the database answers and has every migration; without the broker "degraded".

    Pages and decisions go on without the broker, so that alone takes no server out of service.
    """
    database = _database()
    broker = "ok" if _broker_answers(settings.BROKER_URL) else "unreachable"
    ready = database == "ok"
    status = "unavailable"
    if ready:
        status = "ready" if broker == "ok" else "degraded"
    return JsonResponse(
        {"status": status, "database": database, "broker": broker},
        status=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _database() -> str:
    # A connection of its own: it must give up after two seconds, which a page's need not.
    params = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in {"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert"}
    }
    try:
        with (
            closing(
                psycopg.connect(
                    **params,
                    connect_timeout=_WAIT,
                    options=f"-c statement_timeout={_WAIT * 1000}",
                    autocommit=True,
                )
            ) as probe,
            probe.cursor() as cursor,
        ):
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except psycopg.errors.UndefinedTable:
        return "migrations missing"
    except psycopg.Error:
        return "unreachable"
    return "ok" if _latest_migrations() <= applied else "migrations missing"


@lru_cache(maxsize=1)
def _latest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, read from the files once per process."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.graph.leaf_nodes())


def _broker_answers(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return True
    try:
        if parts.scheme in {"redis+socket", "socket", "unix"}:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
                door.settimeout(_WAIT)
                door.connect(unquote(parts.path))
            return True
        address = (parts.hostname or "localhost", parts.port or _PORTS.get(parts.scheme, 5672))
        with socket.create_connection(address, timeout=_WAIT):
            return True
    except OSError:
        return False
