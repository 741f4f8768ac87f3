"""Pages out of the records of a WARC: the request, the answer and the decoded body together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeadersParser

from tracker.sources.warc.decoding import decoded
from tracker.sources.warc.records import Broken, Record, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a crawl holds besides is no article: pictures, scripts, styles.
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
#: Typed and uploaded items come out of our own archives as resources of these types.
_RESOURCE_TYPES = PAGE_TYPES | {"application/json"}
_OK = 200
_ANY = [""]
_OVERHEAD = 256 * 1024


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as its archive has it. ``status`` None = it was not an answer over HTTP."""

    number: int
    url: str
    at: datetime | None
    media_type: str
    content: bytes = field(repr=False)
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    request_headers: dict[str, str] = field(default_factory=dict)
    address: str = ""
    software: str = ""
    record_id: str = ""
    concurrent_to: str = ""


def read_pages(file: IO[bytes], *, largest: int) -> Iterator[ArchivedPage | Broken]:
    """Every page of a WARC, and a sentence for each record that can't be used.

    Answers that are no pages (pictures, redirects, errors) are passed over. A request belongs to
    the answer beside it that names it or has its address.
    """
    software = ""
    request: Record | None = None
    page: ArchivedPage | None = None
    for record in read_records(file, largest=largest + _OVERHEAD):
        if isinstance(record, Broken):
            if page is not None:
                yield page
                page = None
            yield record
            continue
        if record.kind == "warcinfo":
            software = _field(record.block, "software")
        elif record.kind == "request":
            request = record
            if page is not None and _belongs(record, page):
                page = replace(page, request_headers=_message(record.block)[1])
                request = None
        else:
            if page is not None:
                yield page
                page = None
            found = _page(record, largest) if record.kind in {"response", "resource"} else None
            if isinstance(found, Broken):
                yield found
            elif found is not None:
                page = replace(found, software=software)
                if request is not None and _belongs(request, page):
                    page = replace(page, request_headers=_message(request.block)[1])
                request = None
    if page is not None:
        yield page


def _page(record: Record, largest: int) -> ArchivedPage | Broken | None:
    """The page of a record; None where it is none."""
    page = _of_response(record) if record.kind == "response" else _of_resource(record)
    if page is None or _path(page.url) == "/robots.txt":
        return None
    if record.headers.get("warc-truncated"):
        return Broken(record.number, "Whoever archived it cut it off.")
    if not record.is_whole:
        return Broken(record.number, _too_large(largest))
    content = decoded(
        page.content,
        transfer=page.headers.get("transfer-encoding", ""),
        encoding=page.headers.get("content-encoding", ""),
        largest=largest,
    )
    if content is None:
        return Broken(record.number, "Its content is packed wrongly or in a way that is not read.")
    if len(content) > largest:
        return Broken(record.number, _too_large(largest))
    return replace(page, content=content)


def _of_response(record: Record) -> ArchivedPage | None:
    if not record.url.lower().startswith(("http://", "https://")):
        return None
    status, headers, body = _message(record.block)
    media_type = _media_type(headers.get("content-type", ""))
    if status != _OK or media_type not in PAGE_TYPES:
        return None
    return ArchivedPage(
        number=record.number,
        url=record.url,
        at=_moment(record.headers.get("warc-date", "")),
        media_type=media_type,
        content=body,
        status=status,
        headers=headers,
        address=record.headers.get("warc-ip-address", ""),
        record_id=record.headers.get("warc-record-id", ""),
        concurrent_to=record.headers.get("warc-concurrent-to", ""),
    )


def _of_resource(record: Record) -> ArchivedPage | None:
    media_type = _media_type(record.headers.get("content-type", ""))
    if media_type not in _RESOURCE_TYPES:
        return None
    is_web = record.url.lower().startswith(("http://", "https://"))
    return ArchivedPage(
        number=record.number,
        url=record.url if is_web else "",
        at=_moment(record.headers.get("warc-date", "")),
        media_type=media_type,
        content=record.block,
        record_id=record.headers.get("warc-record-id", ""),
    )


def _belongs(request: Record, page: ArchivedPage) -> bool:
    named = request.headers.get("warc-concurrent-to", "")
    if named or page.concurrent_to:
        request_id = request.headers.get("warc-record-id", "")
        return named == page.record_id != "" or page.concurrent_to == request_id != ""
    return request.url == page.url


def _message(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers with names in lower case, and body of an HTTP message; 0 = no answer."""
    stream = BytesIO(block)
    try:
        parsed = StatusAndHeadersParser(_ANY, verify=False).parse(stream)
    except EOFError:
        return 0, {}, b""
    code = parsed.statusline.split(" ", 1)[0]
    headers = {name.lower(): value for name, value in parsed.headers}
    return int(code) if code.isascii() and code.isdigit() else 0, headers, stream.read()


def _media_type(said: str) -> str:
    return said.split(";", maxsplit=1)[0].strip().lower()


def _moment(said: str) -> datetime | None:
    """The time of a record; None where it is no time."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _field(block: bytes, name: str) -> str:
    """A field of ``application/warc-fields``, "" = it is not there."""
    for line in block.decode("utf-8", "replace").splitlines():
        said, _, value = line.partition(":")
        if said.strip().lower() == name:
            return value.strip()
    return ""


def _too_large(largest: int) -> str:
    return f"It is larger than {largest // (1024 * 1024)} MB, which no article is."
