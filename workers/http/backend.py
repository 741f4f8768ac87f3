"""Connections for httpx's engine that go to one checked address and end in time."""

from __future__ import annotations

import base64
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import httpcore

from workers.http.addresses import AddressRefused

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    import httpx

_LONGEST_GREETING = 16 * 1024
_PROXY_AGREES = re.compile(rb"HTTP/1\.[01] 2\d\d[ \r]")


class TimeIsUp(Exception):
    """The whole fetch took too long, however busily the server trickled."""


class ProxyRefused(Exception):
    """The egress proxy does not let the request through."""


class Deadline:
    """What is left of the time for one fetch, redirects included."""

    def __init__(self, seconds: float) -> None:
        self._began = time.monotonic()
        self._seconds = seconds

    def left(self, wanted: float | None = None) -> float:
        """Seconds that an operation may take. Raises TimeIsUp."""
        left = self._seconds - self.spent
        if left <= 0:
            raise TimeIsUp
        return left if wanted is None else min(left, wanted)

    @property
    def spent(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began


@dataclass(frozen=True, slots=True)
class PinnedBackend(httpcore.NetworkBackend):
    """Connects to ``address``, the one that was checked, whatever the name resolves to by now.

    The request still carries the name: Host and the TLS certificate are of the name. ``proxy``
    None = straight; else the proxy is told the checked address and never the name, so that it
    can't be led elsewhere either.
    """

    address: str
    deadline: Deadline
    proxy: httpx.URL | None = None

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002  # resolved and checked before
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # the signature is httpcore's
    ) -> httpcore.NetworkStream:
        """As httpcore asks."""
        to, at = self.address, port
        if self.proxy is not None:
            to, at = self.proxy.host, self.proxy.port or 3128
        stream = _TimedStream(
            httpcore.SyncBackend().connect_tcp(
                to, at, timeout=self.deadline.left(timeout), local_address=local_address
            ),
            self.deadline,
        )
        if self.proxy is not None:
            with ExitStack() as unless_it_opens:
                unless_it_opens.callback(stream.close)
                _open_tunnel(stream, self.proxy, address=self.address, port=port, timeout=timeout)
                unless_it_opens.pop_all()
        return stream

    def connect_unix_socket(self, *_args: Any, **_options: Any) -> httpcore.NetworkStream:
        """Never."""
        raise AddressRefused("A socket of this machine is never fetched from.")


def _open_tunnel(
    stream: httpcore.NetworkStream,
    proxy: httpx.URL,
    *,
    address: str,
    port: int,
    timeout: float | None,
) -> None:
    """Ask the proxy for a connection to the address. Raises ProxyRefused."""
    target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.userinfo:
        secret = base64.b64encode(unquote(proxy.userinfo.decode()).encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {secret}")
    stream.write("\r\n".join([*lines, "", ""]).encode(), timeout=timeout)
    answer = b""
    while b"\r\n\r\n" not in answer:
        received = stream.read(4096, timeout=timeout)
        answer += received
        if not received or len(answer) > _LONGEST_GREETING:
            raise ProxyRefused("The egress proxy does not answer as a proxy does.")
    if not _PROXY_AGREES.match(answer) or not answer.endswith(b"\r\n\r\n"):
        said = answer.split(b"\r\n", 1)[0][:60].decode("ascii", "replace")
        raise ProxyRefused(f"The egress proxy refuses the connection ({said}).")


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(
            ssl_context, server_hostname=server_hostname, timeout=self._deadline.left(timeout)
        )
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
