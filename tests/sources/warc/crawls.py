"""Small web archives, written as other tools write them."""

from __future__ import annotations

import gzip
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2026-11-02T08:30:00Z"


def page(number: int, body: str = "") -> bytes:
    """An invented article as a page."""
    text = body or f"A strike on the bridge of Ardesh killed {number} people, the mayor said."
    return f"<!doctype html><html><body><article><p>{text}</p></article></body></html>".encode()


class Crawl:
    """A crawl of https://delta.example, one answer at a time."""

    def __init__(self, *, is_packed: bool = True) -> None:
        self._out = BytesIO()
        self._writer = WARCWriter(self._out, gzip=is_packed)
        info = {"software": "Wget/1.21.3", "format": "WARC File Format 1.0"}
        self._writer.write_record(self._writer.create_warcinfo_record("crawl.warc", info))

    def answer(
        self,
        path: str,
        body: bytes,
        *,
        status: str = "200 OK",
        media_type: str = "text/html; charset=utf-8",
        headers: tuple[tuple[str, str], ...] = (),
        request_first: bool = False,
        warc_headers: dict[str, str] | None = None,
    ) -> Crawl:
        """One answer with its request."""
        url = f"https://delta.example{path}"
        answer = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(
                status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1"
            ),
            warc_headers_dict={"WARC-Date": DATE, "WARC-IP-Address": "192.0.2.7"}
            | (warc_headers or {}),
        )
        request = self._writer.create_warc_record(
            url,
            "request",
            http_headers=StatusAndHeaders(
                f"GET {path} HTTP/1.1",
                [("Host", "delta.example"), ("User-Agent", "Wget"), ("Cookie", "session=secret")],
                is_http_request=True,
            ),
        )
        if request_first:
            self._writer.write_record(request)
            self._writer.write_record(answer)
        else:
            self._writer.write_request_response_pair(request, answer)
        return self

    def content(self) -> bytes:
        """The file so far."""
        return self._out.getvalue()


def repacked(content: bytes) -> bytes:
    """The same records in one gzip member, as careless tools write them."""
    return gzip.compress(gzip.decompress(content))
