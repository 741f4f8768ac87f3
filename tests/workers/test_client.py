"""What comes from the web is bounded in hops, time, headers and kind, and told as it came."""

from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from tests.workers.guests import PAGE, REASON, get, network, serving
from workers.http.bodies import LARGEST_BODY
from workers.http.client import FEED_TYPES, UnableToFetch, post

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = '"7-a"'


class _Site(BaseHTTPRequestHandler):
    """A small site with every kind of trouble."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        path, _, query = self.path.partition("?")
        if path.startswith("/hop/"):
            left = int(path.rsplit("/", 1)[1])
            self._answer(302, location=f"/hop/{left - 1}" if left else "/page")
        elif path.startswith("/moved/"):
            statuses = path.removeprefix("/moved/").split("-")
            rest = "-".join(statuses[1:])
            self._answer(int(statuses[0]), location=f"/moved/{rest}" if rest else "/page")
        elif path == "/status":
            self._answer(int(query), retry_after="7")
        elif path == "/to":
            self._answer(301, location=query)
        elif path == "/nowhere":
            self._answer(302)
        elif path == "/kind":
            self._answer(200, media_type=query)
        elif path == "/tagged":
            known = TAG in (self.headers["If-None-Match"], self.headers["If-Modified-Since"])
            self._answer(304 if known else 200, body=b"" if known else PAGE)
        elif path == "/304":
            self._answer(304)
        elif path == "/packed":
            self._answer(200, body=gzip.compress(PAGE), encoding="gzip")
        else:
            self._trouble(path)

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True
        if self.path == "/stamp":
            self._answer(200, body=asked[::-1], media_type="application/timestamp-reply")
        else:
            self._answer(302, location="/stamp")

    def _trouble(self, path: str) -> None:
        if path == "/many-headers":
            self._begin()
            for number in range(200):
                self.send_header(f"X-{number}", "a")
            self.end_headers()
        elif path == "/long-headers":
            self._begin()
            for number in range(80):
                self.send_header(f"X-{number}", "a" * 1000)
            self.end_headers()
        elif path == "/endless-header":
            self._begin()
            self.wfile.write(b"X: " + b"a" * 300_000)
        elif path == "/no-http":
            self.wfile.write(b"\x00\x01\x02 what?\r\n\r\n")
        elif path == "/cut-off":
            self._begin()
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(PAGE)
        elif path.startswith("/slow"):
            self._trickle(path)
        else:
            self._answer(200, body=PAGE)

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.flush_headers()

    def _answer(
        self,
        status: int,
        *,
        body: bytes = b"",
        location: str = "",
        encoding: str = "",
        media_type: str = "text/html; charset=utf-8",
        retry_after: str = "",
    ) -> None:
        self.send_response(status)
        for name, value in (
            ("Location", location),
            ("Content-Encoding", encoding),
            ("Content-Type", media_type),
            ("Retry-After", retry_after),
            ("ETag", TAG),
            ("Set-Cookie", "a=b"),
            ("X-Twice", "one"),
            ("X-Twice", "two"),
        ):
            if value:
                self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _trickle(self, path: str) -> None:
        """Slow to greet, in the headers, between them or in the body."""
        beginnings = {
            "/slow-body": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
            "/slow-headers": b"HTTP/1.1 200 OK\r\n",
            "/slow-continue": b"",
            "/slow-greeting": b"",
        }
        endless = {"/slow-headers": b"A: b\r\n", "/slow-continue": b"HTTP/1.1 100 Go\r\n\r\n"}
        self.wfile.write(beginnings[path])
        for _ in range(60):
            try:
                self.wfile.write(endless.get(path, b"H" if path == "/slow-body" else b""))
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(_Site) as site:
        yield site


def test_page_and_how_it_came(site: str) -> None:
    answer = get(f"http://{site}/hop/4?x=1#part", network(site))

    assert answer.content == PAGE
    assert answer.media_type == "text/html"
    assert not answer.not_modified
    came = answer.retrieved
    assert (came.url, came.final_url) == (f"http://{site}/hop/4?x=1#part", f"http://{site}/page")
    assert came.redirects == tuple(f"http://{site}/hop/{n}" for n in (3, 2, 1, 0))
    assert (came.status, came.address, came.robots_reason) == (200, "127.0.0.1", REASON)
    assert came.tool.startswith("httpx ")
    assert 0 < came.seconds < 5
    assert came.headers["content-type"] == "text/html; charset=utf-8"
    assert came.headers["x-twice"] == "one, two"
    assert "set-cookie" not in came.headers
    assert came.request_headers["user-agent"] == "test-reader/1.0"
    assert came.request_headers["host"] == site


def test_packed_page_is_unpacked(site: str) -> None:
    assert get(f"http://{site}/packed", network(site)).content == PAGE


@pytest.mark.parametrize(
    ("path", "moved_to"),
    [
        ("page", ""),
        ("moved/301", "page"),
        ("moved/308-301", "page"),
        ("moved/302", ""),
        ("moved/301-302", "moved/302"),
        ("moved/301-302-301", "moved/302-301"),
        ("moved/302-301", ""),
        ("moved/307-308-303", ""),
    ],
)
def test_where_it_has_moved_for_good(site: str, path: str, moved_to: str) -> None:
    answer = get(f"http://{site}/{path}", network(site))

    assert answer.moved_to == (f"http://{site}/{moved_to}" if moved_to else "")


@pytest.mark.parametrize("validators", [{"etag": TAG}, {"last_modified": TAG}])
def test_page_that_has_not_changed(site: str, validators: dict[str, str]) -> None:
    answer = get(f"http://{site}/tagged", network(site), **validators)  # type: ignore[arg-type]

    assert answer.not_modified
    assert answer.content == b""
    assert answer.retrieved.status == 304
    assert answer.retrieved.headers["etag"] == TAG


def test_page_that_has_changed(site: str) -> None:
    answer = get(f"http://{site}/tagged", network(site), etag='"old"', last_modified="old")

    assert not answer.not_modified
    assert answer.content == PAGE


@pytest.mark.parametrize(
    ("path", "said", "is_final", "status"),
    [
        ("hop/5", "redirects more than 5 times", True, None),
        ("to?file:///etc/passwd", "not http or https", True, None),
        ("to?http://127.0.0.1:22/", "Port 22", True, None),
        ("to?http://localhost/", "private network", True, None),
        ("to?//169.254.169.254/latest/meta-data", "private network", True, None),
        ("to?http://a:b@example.org/", "a name or a password", True, None),
        ("to?http://[::1", "can't be read", True, None),
        ("to?/" + "a" * 2000, "more than 2,000 characters", True, None),
        ("nowhere", "status 302", True, 302),
        ("304", "status 304", True, 304),
        ("status?404", "status 404", True, 404),
        ("status?410", "status 410", True, 410),
        ("status?204", "status 204", True, 204),
        ("status?500", "status 500", False, 500),
        ("status?503", "status 503", False, 503),
        ("status?429", "status 429", False, 429),
        ("kind?application/zip", r"application/zip", True, 200),
        ("kind?image/png;name=a.html", r"image/png", True, 200),
        ("kind?", "does not say what", True, 200),
        ("many-headers", "more headers than are read", True, None),
        ("long-headers", "more headers than are read", True, None),
        ("endless-header", "could not be reached", False, None),
        ("no-http", "could not be reached", False, None),
        ("cut-off", "could not be reached", False, None),
    ],
)
def test_trouble_is_said_in_a_sentence(
    site: str,
    path: str,
    said: str,
    is_final: bool,  # noqa: FBT001  # a parameter of the table
    status: int | None,
) -> None:
    with pytest.raises(UnableToFetch, match=said) as failure:
        get(f"http://{site}/{path}", network(site))

    assert failure.value.is_final is is_final
    assert failure.value.status == status


@pytest.mark.parametrize(("status", "seconds"), [(429, 7), (503, 7), (500, None), (404, None)])
def test_time_that_a_busy_server_names(site: str, status: int, seconds: int | None) -> None:
    with pytest.raises(UnableToFetch) as failure:
        get(f"http://{site}/status?{status}", network(site))

    wait = failure.value.retry_after
    assert (wait.total_seconds() if wait else None) == seconds


@pytest.mark.parametrize("media_type", ["application/rss+xml", "application/x-gzip", "text/xml"])
def test_kinds_are_the_callers(site: str, media_type: str) -> None:
    url = f"http://{site}/kind?{media_type}"

    assert get(url, network(site), media_types=FEED_TYPES).media_type == media_type
    with pytest.raises(UnableToFetch, match="a kind that is not read"):
        get(url, network(site))


@pytest.mark.parametrize("part", ["greeting", "headers", "continue", "body"])
def test_trickling_server_is_left_in_time(site: str, part: str) -> None:
    started = time.monotonic()

    with pytest.raises(UnableToFetch, match="too long") as failure:
        get(f"http://{site}/slow-{part}", network(site, total_seconds=0.4))

    assert time.monotonic() - started < 0.8
    assert not failure.value.is_final


def test_server_that_is_not_there() -> None:
    with pytest.raises(UnableToFetch, match="could not be reached") as failure:
        get("http://127.0.0.1:9/", network("127.0.0.1:9"))

    assert not failure.value.is_final


def test_name_that_does_not_resolve() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(UnableToFetch, match="could not be reached"):
        get("http://nowhere.example/", network(resolve=resolve))


def test_bytes_are_sent_to_a_chosen_service(site: str) -> None:
    send = {"content": b"abc", "content_type": "application/timestamp-query"}
    kind = "application/timestamp-reply"

    assert post(f"http://{site}/stamp", **send, accept=kind, network=network(site)) == b"cba"  # type: ignore[arg-type]
    with pytest.raises(UnableToFetch, match="status 302"):
        post(f"http://{site}/moved", **send, accept=kind, network=network(site))  # type: ignore[arg-type]
    with pytest.raises(UnableToFetch, match="kind that is not read"):
        post(f"http://{site}/stamp", **send, accept="text/html", network=network(site))  # type: ignore[arg-type]
    with pytest.raises(UnableToFetch, match="private network"):
        post("http://127.0.0.1/stamp", **send, accept=kind, network=network())  # type: ignore[arg-type]
    large = {**send, "content": b"a" * 70_000}
    with pytest.raises(UnableToFetch, match="larger than"):
        post(f"http://{site}/stamp", **large, accept=kind, network=network(site))  # type: ignore[arg-type]


def test_limits_are_what_the_documents_say() -> None:
    assert LARGEST_BODY == 10 * 1024 * 1024
