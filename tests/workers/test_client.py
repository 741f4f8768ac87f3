"""What comes from the web is bounded in hops, time, size and kind."""

from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from workers.http.client import LARGEST_BODY, UnableToFetch, get_page

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = b"<!doctype html><title>t</title><p>Shells fell."


class _Site(BaseHTTPRequestHandler):
    """A small site with every kind of trouble."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/hop/"):
            left = int(path.rsplit("/", 1)[1])
            self._answer(302, location=f"/hop/{left - 1}" if left else "/page")
        elif path == "/status":
            self._answer(int(self.path.split("?")[1]))
        elif path == "/to":
            self._answer(301, location=self.path.split("?", 1)[1])
        elif path == "/huge":
            self._answer(200, body=b"a" * (LARGEST_BODY + 1))
        elif path == "/bomb":
            self._answer(200, body=gzip.compress(b"a" * (8 * LARGEST_BODY)), encoding="gzip")
        elif path == "/packed":
            self._answer(200, body=gzip.compress(PAGE), encoding="gzip")
        elif path == "/broken-gzip":
            self._answer(200, body=b"not gzip", encoding="gzip")
        elif path == "/brotli":
            self._answer(200, body=PAGE, encoding="br")
        elif path == "/pdf":
            self._answer(200, media_type="application/pdf")
        elif path == "/untyped":
            self._answer(200, media_type="")
        elif path == "/slow":
            self._trickle()
        else:
            self._answer(200, body=PAGE)

    def _answer(
        self,
        status: int,
        *,
        body: bytes = b"",
        location: str = "",
        encoding: str = "",
        media_type: str = "text/html; charset=utf-8",
    ) -> None:
        self.send_response(status)
        for name, value in (
            ("Location", location),
            ("Content-Encoding", encoding),
            ("Content-Type", media_type),
            ("Content-Length", str(len(body))),
            ("Set-Cookie", "a=b"),
        ):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(50):
            try:
                self.wfile.write(b"a")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_page(site: str) -> None:
    answer = get_page(f"http://{site}/hop/4?x=1#part", private_allowed={site})

    assert answer.content == PAGE
    assert answer.media_type == "text/html"
    assert answer.final_url == f"http://{site}/page"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "set-cookie" not in answer.headers


def test_packed_page_is_unpacked(site: str) -> None:
    assert get_page(f"http://{site}/packed", private_allowed={site}).content == PAGE


@pytest.mark.parametrize(
    ("path", "said", "is_final"),
    [
        ("hop/5", "redirects more than 5 times", True),
        ("to?file:///etc/passwd", "not http or https", True),
        ("to?http://127.0.0.1:22/", "Port 22", True),
        ("to?http://localhost/", "private network", True),
        ("to?//169.254.169.254/latest/meta-data", "private network", True),
        ("to?http://a:b@example.org/", "a name or a password", True),
        ("to?http://[::1", "can't be read", True),
        ("status?404", "status 404", True),
        ("status?204", "status 204", True),
        ("status?503", "status 503", False),
        ("status?429", "status 429", False),
        ("huge", "larger than 10 MB", True),
        ("bomb", "larger than 10 MB", True),
        ("broken-gzip", "packed wrongly", False),
        ("brotli", "packed in a way", True),
        ("pdf", r"application/pdf", True),
        ("untyped", "does not say what", True),
    ],
)
def test_trouble_is_said_in_a_sentence(site: str, path: str, said: str, is_final: bool) -> None:  # noqa: FBT001  # a parameter of the table
    with pytest.raises(UnableToFetch, match=said) as failure:
        get_page(f"http://{site}/{path}", private_allowed={site})

    assert failure.value.is_final is is_final


def test_trickling_server_is_left_in_time(site: str) -> None:
    started = time.monotonic()

    with pytest.raises(UnableToFetch, match="too long") as failure:
        get_page(f"http://{site}/slow", private_allowed={site}, total_seconds=0.5)

    assert time.monotonic() - started < 2
    assert not failure.value.is_final


def test_server_that_is_not_there() -> None:
    with pytest.raises(UnableToFetch, match="could not be reached") as failure:
        get_page("http://127.0.0.1:9/", private_allowed={"127.0.0.1:9"})

    assert not failure.value.is_final


def test_name_that_does_not_resolve() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(UnableToFetch, match="could not be reached"):
        get_page("http://nowhere.example/", resolve=resolve)


def test_proxy_variables_are_ignored(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert get_page(f"http://{site}/page", private_allowed={site}).content == PAGE
