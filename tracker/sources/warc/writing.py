"""Captures to a WARC that other tools read: request, answer, metadata; validated when written."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from typing import IO, TYPE_CHECKING
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tracker.sources.warc.records import Broken, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

SOFTWARE = "civilian-harm-tracker"
_VERSION = "1.1"
#: True of the bytes on the wire and no longer of those kept, which are unpacked.
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One receipt of a content over the web. ``status`` None = it was no answer over HTTP."""

    url: str
    final_url: str
    at: datetime
    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict)
    request_headers: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one capture, how they came, and what is said of them in a metadata record."""

    sha256: str
    media_type: str
    received_at: datetime
    content: bytes = field(repr=False)
    answers: Sequence[Answer] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


class ArchiveInvalid(Exception):
    """A written archive does not read back as what was put into it; the message says what."""


class ArchiveWriter:
    """Writes contents one after the other; ``sha256s`` are those of the payloads, in order."""

    def __init__(self, file: IO[bytes], *, name: str, about: Mapping[str, str]) -> None:
        self._writer = WARCWriter(file, gzip=name.endswith(".gz"), warc_version=_VERSION)
        self.sha256s: list[str] = []
        info = {"software": SOFTWARE, "format": f"WARC File Format {_VERSION}", **about}
        self._writer.write_record(self._writer.create_warcinfo_record(name, info))

    def add(self, content: Content) -> None:
        """The bytes once, under the first receipt; later receipts as revisits of it."""
        first, *later = content.answers or (None,)
        if first is None or first.status is None:
            uri = _ascii(first.final_url) if first else f"urn:sha256:{content.sha256}"
            record = self._record(
                uri,
                "resource",
                at=first.at if first else content.received_at,
                content=content.content,
                media_type=content.media_type,
            )
        else:
            record = self._record(
                _ascii(first.final_url),
                "response",
                at=first.at,
                content=content.content,
                http_headers=_answer_headers(first, len(content.content)),
                address=first.address,
            )
        self._writer.write_record(record)
        self.sha256s.append(content.sha256)
        self._beside(record, first, {"sha256": content.sha256, **content.notes})
        digest = record.rec_headers.get_header("WARC-Payload-Digest")
        for answer in later:
            if answer.status is not None:
                self._revisit(answer, record, digest, len(content.content))

    def _revisit(self, answer: Answer, first: ArcWarcRecord, digest: str, size: int) -> None:
        record = self._writer.create_revisit_record(
            _ascii(answer.final_url),
            digest,
            first.rec_headers.get_header("WARC-Target-URI"),
            first.rec_headers.get_header("WARC-Date"),
            http_headers=_answer_headers(answer, size),
            warc_headers_dict=_warc_headers(answer.at, answer.address),
        )
        self._writer.write_record(record)
        self._beside(record, answer, {})

    def _beside(
        self, record: ArcWarcRecord, answer: Answer | None, notes: Mapping[str, str]
    ) -> None:
        """The request and the metadata that belong to a record."""
        headers = record.rec_headers
        uri, at = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
        link = {"WARC-Concurrent-To": headers.get_header("WARC-Record-ID"), "WARC-Date": at}
        if answer is not None and answer.status is not None:
            self._writer.write_record(
                self._writer.create_warc_record(
                    uri,
                    "request",
                    http_headers=_request_headers(answer),
                    warc_headers_dict=dict(link),
                )
            )
        said = {**notes, **(answer.notes if answer else {})}
        if answer is not None and answer.url != answer.final_url:
            said["address-as-given"] = answer.url
        block = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value).encode()
        if block:
            self._writer.write_record(
                self._writer.create_warc_record(
                    uri,
                    "metadata",
                    payload=BytesIO(block),
                    length=len(block),
                    warc_headers_dict=dict(link),
                )
            )

    def _record(
        self,
        uri: str,
        kind: str,
        *,
        at: datetime,
        content: bytes,
        media_type: str = "",
        http_headers: StatusAndHeaders | None = None,
        address: str = "",
    ) -> ArcWarcRecord:
        return self._writer.create_warc_record(
            uri,
            kind,
            payload=BytesIO(content),
            length=len(content),
            warc_content_type=media_type,
            http_headers=http_headers,
            warc_headers_dict=_warc_headers(at, address),
        )


def validate(path: Path, *, sha256s: Sequence[str]) -> None:
    """Read a written archive back, twice: by warcio with its digests, and by our own reader.

    Raises ArchiveInvalid.
    """
    found: list[str] = []
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file, check_digests="raise"):
                payload = hashlib.sha256()
                while piece := record.raw_stream.read(64 * 1024):
                    payload.update(piece)
                if record.rec_type in {"response", "resource"}:
                    found.append(payload.hexdigest())
        except ArchiveLoadFailed as failure:
            raise ArchiveInvalid(f"Its record {len(found) + 1} does not read back.") from failure
        if found != list(sha256s):
            raise ArchiveInvalid("It does not hold the captures that were put into it.")
        file.seek(0)
        for record in read_records(file, largest=0):
            if isinstance(record, Broken):
                raise ArchiveInvalid(f"Record {record.number}: {record.reason}")


def _warc_headers(at: datetime, address: str) -> dict[str, str]:
    headers = {"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    try:
        headers["WARC-IP-Address"] = str(ipaddress.ip_address(address))
    except ValueError:
        return headers
    return headers


def _answer_headers(answer: Answer, size: int) -> StatusAndHeaders:
    """As received, but for those that describe the wire: they are kept under another name."""
    headers = [
        (f"X-Archive-Orig-{name}" if name in _OF_THE_WIRE else _ascii(name), _ascii(value))
        for name, value in answer.headers.items()
    ]
    headers.append(("Content-Length", str(size)))
    code = answer.status or 0
    phrase = HTTPStatus(code).phrase if code in set(HTTPStatus) else "Unknown"
    return StatusAndHeaders(f"{code} {phrase}", headers, protocol="HTTP/1.1")


def _request_headers(answer: Answer) -> StatusAndHeaders:
    parts = urlsplit(_ascii(answer.final_url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {_ascii(name): _ascii(value) for name, value in answer.request_headers.items()}
    headers.setdefault("host", parts.netloc)
    return StatusAndHeaders(f"GET {target} HTTP/1.1", list(headers.items()), is_http_request=True)


def _ascii(text: str) -> str:
    """Addresses and headers are ASCII in an archive: whatever is not is percent-encoded."""
    return "".join(c if c.isascii() else quote(c) for c in text)
