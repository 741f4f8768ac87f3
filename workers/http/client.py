"""One page from the web: checked addresses, bounded redirects, time and size."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpcore
import httpx

from workers.http.addresses import AddressRefused, resolve_by_system
from workers.http.backend import Deadline, GuardedBackend, TimeIsUp

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from workers.http.addresses import Resolver

TOTAL_SECONDS = 20.0
LARGEST_BODY = 10 * 1024 * 1024
MOST_REDIRECTS = 5
MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/json"})
USER_AGENT = "civilian-harm-tracker (documents reported harm to civilians)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_KEPT_HEADERS = frozenset(
    {
        "content-type",
        "content-language",
        "date",
        "etag",
        "last-modified",
        "server",
        "content-encoding",
    }
)
_OK = 200
_HEADERS: dict[bytes | str, bytes | str] = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, application/json;q=0.5",
    "Accept-Encoding": "gzip",
}
_TIMEOUTS = {"connect": 5.0, "read": 10.0, "write": 10.0, "pool": 5.0}


class UnableToFetch(Exception):
    """Why there is no page, in one sentence. ``is_final`` = trying again would not help."""

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        super().__init__(sentence)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as received, decompressed."""

    content: bytes
    media_type: str
    final_url: str
    headers: dict[str, str]


def get_page(
    url: str,
    *,
    resolve: Resolver = resolve_by_system,
    private_allowed: Collection[str] = (),
    total_seconds: float = TOTAL_SECONDS,
) -> Answer:
    """Fetch one address. Raises UnableToFetch and nothing else."""
    deadline = Deadline(total_seconds)
    backend = GuardedBackend(deadline=deadline, resolve=resolve, private_allowed=private_allowed)
    try:
        with httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=backend
        ) as pool:
            return _follow(pool, url)
    except AddressRefused as refusal:
        raise UnableToFetch(str(refusal), is_final=True) from refusal
    except (TimeIsUp, httpcore.TimeoutException) as failure:
        raise UnableToFetch("The server took too long to answer.", is_final=False) from failure
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as failure:
        raise UnableToFetch(
            f"The server could not be reached ({type(failure).__name__}).", is_final=False
        ) from failure


def _follow(pool: httpcore.ConnectionPool, url: str) -> Answer:
    target = _checked(url)
    for _ in range(MOST_REDIRECTS + 1):
        step = _one_request(pool, target)
        if isinstance(step, Answer):
            return step
        target = _checked(step, base=target)
    raise UnableToFetch(f"It redirects more than {MOST_REDIRECTS} times.", is_final=True)


def _checked(url: str, *, base: httpx.URL | None = None) -> httpx.URL:
    try:
        target = base.join(url) if base is not None else httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as failure:
        raise UnableToFetch("The address can't be read.", is_final=True) from failure
    if target.scheme not in {"http", "https"} or not target.host:
        raise UnableToFetch("It leads to something that is not http or https.", is_final=True)
    if target.userinfo:
        raise UnableToFetch("The address holds a name or a password.", is_final=True)
    return target.copy_with(fragment=None)


def _one_request(pool: httpcore.ConnectionPool, target: httpx.URL) -> Answer | str:
    """The page, or where it went."""
    with pool.stream(
        "GET",
        httpcore.URL(
            scheme=target.raw_scheme,
            host=target.raw_host,
            port=target.port,
            target=target.raw_path,
        ),
        headers={"Host": target.netloc.decode("ascii"), **_HEADERS},
        extensions={"timeout": _TIMEOUTS},
    ) as response:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        if response.status in _REDIRECTS and headers.get("location"):
            return headers["location"]
        media_type = _accepted(response.status, headers.get("content-type", ""))
        body = _bounded(response.iter_stream(), headers.get("content-encoding", ""))
    return Answer(
        content=body,
        media_type=media_type,
        final_url=str(target)[:2000],
        headers={name: value[:1000] for name, value in headers.items() if name in _KEPT_HEADERS},
    )


def _accepted(status: int, content_type: str) -> str:
    """The media type of an answer that is a page."""
    if status != _OK:
        raise UnableToFetch(
            f"The server answered with status {status}.", is_final=status not in _LATER
        )
    media_type = content_type.split(";", maxsplit=1)[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        said = media_type[:60] or "the server does not say what"
        raise UnableToFetch(
            f"It is neither a page nor plain text nor JSON ({said}).", is_final=True
        )
    return media_type


def _bounded(chunks: Iterator[bytes], encoding: str) -> bytes:
    """The body, unpacked as it comes and never beyond the limit."""
    encoding = encoding.strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise UnableToFetch("The page is packed in a way that is not read.", is_final=True)
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    body = bytearray()
    for chunk in chunks:
        if unpacker is None:
            body += chunk
        else:
            body += _unpacked(unpacker, chunk, room=LARGEST_BODY + 1 - len(body))
        if len(body) > LARGEST_BODY:
            raise UnableToFetch("The page is larger than 10 MB.", is_final=True)
    return bytes(body)


def _unpacked(unpacker: zlib._Decompress, chunk: bytes, *, room: int) -> bytes:
    try:
        return unpacker.decompress(chunk, room)
    except zlib.error as failure:
        raise UnableToFetch("The page is packed wrongly.", is_final=False) from failure
