"""One request and its answer, redirects not followed: bounded in time, size, headers and kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import httpcore
import httpx
from django.conf import settings

from workers.http.addresses import choose_address, resolve_by_system
from workers.http.backend import PinnedBackend
from workers.http.bodies import ACCEPTED_PACKING, LARGEST_BODY, read_body
from workers.http.failures import UnableToFetch, told_in_a_sentence

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from workers.http.addresses import Resolver
    from workers.http.backend import Deadline

OK = 200
TOTAL_SECONDS = 20.0
_MOST_HEADERS = 100
_LONGEST_HEADER = 1000
_LONGEST_HEADERS = 64 * 1024
_TIMEOUTS = {"connect": 5.0, "read": 10.0, "write": 10.0, "pool": 5.0}
#: Never kept: what signs somebody in.
_SECRET_HEADERS = frozenset({"set-cookie", "set-cookie2", "www-authenticate"})


@dataclass(frozen=True, slots=True)
class Network:
    """How this installation reaches the web.

    ``private_allowed`` holds "host:port" that are exempted from the guard; ``egress_proxy`` "" =
    none. ``total_seconds`` bounds one fetch with all its redirects.
    """

    user_agent: str
    private_allowed: frozenset[str] = frozenset()
    egress_proxy: str = field(default="", repr=False)
    resolve: Resolver = resolve_by_system
    total_seconds: float = TOTAL_SECONDS

    @property
    def agent(self) -> str:
        """The name that robots.txt knows us by."""
        return self.user_agent.split("/", 1)[0]

    def address_of(self, target: httpx.URL) -> str:
        """The checked address of a server. Raises UnableToFetch."""
        with told_in_a_sentence():
            return choose_address(
                target.host,
                port_of(target),
                resolve=self.resolve,
                private_allowed=self.private_allowed,
            )


def installed() -> Network:
    """The network as the settings describe it."""
    return Network(
        user_agent=settings.FETCH_USER_AGENT,
        private_allowed=settings.FETCH_ALLOW_PRIVATE,
        egress_proxy=settings.FETCH_PROXY,
    )


@dataclass(frozen=True, slots=True)
class Call:
    """What to send. ``media_types`` empty = any answer is read, else others are refused.

    ``largest`` bounds the body, received and unpacked; ``is_cut`` = the rest is left away.
    """

    headers: Mapping[str, str]
    media_types: frozenset[str]
    method: str = "GET"
    content: bytes = b""
    largest: int = LARGEST_BODY
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What came; ``content`` is read for status 200 only. Names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    request_headers: dict[str, str]
    content: bytes
    media_type: str
    address: str


def exchange(
    target: httpx.URL,
    call: Call,
    *,
    address: str,
    proxy: str,
    network: Network,
    deadline: Deadline,
) -> Reply:
    """Send one request to the checked ``address``. Raises UnableToFetch."""
    sent = {
        "host": target.netloc.decode("ascii"),
        "user-agent": network.user_agent,
        "accept-encoding": ACCEPTED_PACKING,
        **call.headers,
    }
    backend = PinnedBackend(address, deadline, httpx.URL(proxy) if proxy else None)
    with (
        told_in_a_sentence(),
        httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=backend) as pool,
        pool.stream(
            call.method,
            httpcore.URL(
                scheme=target.raw_scheme,
                host=target.raw_host,
                port=target.port,
                target=target.raw_path,
            ),
            headers=[(name.encode(), value.encode()) for name, value in sent.items()],
            content=call.content or None,
            extensions={"timeout": _TIMEOUTS},
        ) as response,
    ):
        headers = _headers(response.headers)
        media_type = headers.get("content-type", "").split(";", maxsplit=1)[0].strip().lower()
        content = b""
        if response.status == OK:
            if call.media_types and media_type not in call.media_types:
                said = media_type[:60] or "the server does not say what"
                raise UnableToFetch(
                    f"It is of a kind that is not read here ({said}).", is_final=True, status=OK
                )
            content = read_body(
                response.iter_stream(),
                encoding=headers.get("content-encoding", ""),
                largest=call.largest,
                is_cut=call.is_cut,
            )
    return Reply(
        status=response.status,
        headers={name: value for name, value in headers.items() if name not in _SECRET_HEADERS},
        request_headers=sent,
        content=content,
        media_type=media_type,
        address=address,
    )


def port_of(target: httpx.URL) -> int:
    """The port, also where the address leaves it out."""
    return target.port or (443 if target.scheme == "https" else 80)


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """By name in lower case; what comes twice is joined as RFC 9110 says."""
    if len(raw) > _MOST_HEADERS or sum(len(n) + len(v) for n, v in raw) > _LONGEST_HEADERS:
        raise UnableToFetch("The server sends more headers than are read.", is_final=True)
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        joined = f"{headers[key]}, {text}" if key in headers else text
        headers[key] = joined if key == "location" else joined[:_LONGEST_HEADER]
    return headers


@cache
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
