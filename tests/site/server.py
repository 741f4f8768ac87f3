"""The press on loopback: one server for each outlet's address, and a book of every request."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.site.pages import feed_of, page_of, robots_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.site.plan import Outlet

RETRY_AFTER = 2


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as it arrived; ``at`` is the server's monotonic clock."""

    outlet: int
    at: float
    path: str
    status: int


class Press:
    """All outlets on one port, each on its own address; ``edition`` 2 shows what changed."""

    def __init__(self, outlets: Sequence[Outlet], port: int) -> None:
        self.outlets = outlets
        self.port = port
        self.edition = 1
        self.visits: list[Visit] = []
        self._lock = threading.Lock()
        self._served = [0] * len(outlets)

    def base_of(self, outlet: Outlet) -> str:
        """The beginning of its addresses."""
        return f"http://{outlet.address}:{self.port}"

    def feed_address(self, outlet: Outlet) -> str:
        """Where its feed lies."""
        return f"{self.base_of(outlet)}/feed"

    @property
    def allowed(self) -> str:
        """The targets that an installation has to allow, as its setting wants them."""
        return " ".join(f"{outlet.address}:{self.port}" for outlet in self.outlets)

    def answer(self, outlet: Outlet, target: str) -> tuple[int, str, bytes]:
        """Status, content type and body; the request is noted."""
        path = urlsplit(target).path
        with self._lock:
            self._served[outlet.number] += 1
            served = self._served[outlet.number]
        status, kind, body = self._content(outlet, path, served)
        with self._lock:
            self.visits.append(Visit(outlet.number, time.monotonic(), path, status))
        return status, kind, body

    def _content(self, outlet: Outlet, path: str, served: int) -> tuple[int, str, bytes]:
        if path == "/robots.txt":
            return HTTPStatus.OK, "text/plain", robots_of(outlet).encode()
        if path == "/feed":
            body, kind = feed_of(outlet, self.base_of(outlet), edition=self.edition)
            return HTTPStatus.OK, kind, body
        if outlet.busy_until_request and served == outlet.busy_until_request:
            return HTTPStatus.TOO_MANY_REQUESTS, "text/plain", b"Later, please."
        for page in outlet.pages:
            if page.path == path:
                markup = page_of(outlet, page, edition=self.edition)
                return HTTPStatus.OK, "text/html; charset=utf-8", markup.encode()
        return HTTPStatus.NOT_FOUND, "text/html", b"<html><body>Nothing.</body></html>"


@contextmanager
def serving(outlets: Sequence[Outlet]) -> Iterator[Press]:
    """The press while it is open."""
    first = _server(outlets[0], 0)
    press = Press(outlets, first.server_port)
    servers = [first, *(_server(outlet, press.port) for outlet in outlets[1:])]
    for server, outlet in zip(servers, outlets, strict=True):
        server.press, server.outlet = press, outlet
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield press
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    press: Press
    outlet: Outlet


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        status, kind, body = self.server.press.answer(self.server.outlet, self.path)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", tag)
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            self.send_header("Content-Encoding", "gzip")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self.send_header("Retry-After", str(RETRY_AFTER))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Silent."""


def _server(outlet: Outlet, port: int) -> _Server:
    return _Server((outlet.address, port), _Handler)
