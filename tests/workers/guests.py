"""How tests fetch: without a database, from servers of their own on loopback."""

from __future__ import annotations

import socket
import threading
import uuid
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tracker.sources.services.turns import HeldTurn, Travelled, Turns
from workers.http.addresses import resolve_by_system
from workers.http.client import PAGE_TYPES, Answer, Request, fetch
from workers.http.exchange import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

REASON = "A test of the fetcher alone."
PAGE = b"<!doctype html><title>t</title><p>Shells fell."
PUBLIC = "93.184.216.34"


class FreeTurns(Turns):
    """It is always our turn; notes who was asked."""

    def __init__(self) -> None:
        super().__init__(interval=timedelta(0))
        self.asked: list[tuple[str, str]] = []

    def take(self, *, host: str, address: str) -> HeldTurn:
        self.asked.append((host, address))
        return HeldTurn(host, address, uuid.uuid4())

    def give_back(
        self,
        turn: HeldTurn,
        *,
        rest: timedelta = timedelta(0),
        host_rest: timedelta = timedelta(0),
    ) -> None:
        """Nothing to end."""

    def travelled(self, url: str, *, now: datetime) -> Travelled:
        return Travelled((url,))


def resolve(host: str, port: int) -> list[str]:
    """Numbers and this machine's name as the system reads them; all other names are public."""
    if host.rstrip(".").lower() in {"localhost", "localhost.localdomain"}:
        return resolve_by_system("localhost", port)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return [PUBLIC]
    return [str(entry[4][0]) for entry in found]


def network(
    *allowed: str,
    resolve: Callable[[str, int], list[str]] = resolve,
    egress_proxy: str = "",
    total_seconds: float = 5.0,
) -> Network:
    """A network of tests."""
    return Network(
        user_agent="test-reader/1.0",
        private_allowed=frozenset(allowed),
        resolve=resolve,
        egress_proxy=egress_proxy,
        total_seconds=total_seconds,
    )


def get(
    url: str,
    through: Network,
    *,
    media_types: frozenset[str] = PAGE_TYPES,
    etag: str = "",
    last_modified: str = "",
    egress_proxy: str = "",
) -> Answer:
    """Fetch without turns and robots.txt, which need a database."""
    request = Request(
        url=url,
        media_types=media_types,
        etag=etag,
        last_modified=last_modified,
        egress_proxy=egress_proxy,
        robots_reason=REASON,
    )
    return fetch(request, turns=FreeTurns(), network=through)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], host: str = "127.0.0.1") -> Iterator[str]:
    """A server of that kind; gives its "host:port"."""
    server = ThreadingHTTPServer((host, 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
