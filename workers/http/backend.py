"""Connections for httpx's engine that go to a checked address and end in time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpcore

from workers.http.addresses import AddressRefused, choose_address

if TYPE_CHECKING:
    import ssl
    from collections.abc import Collection, Iterable

    from workers.http.addresses import Resolver


class TimeIsUp(Exception):
    """The whole fetch took too long, however busily the server trickled."""


class Deadline:
    """What is left of the time for one fetch, redirects included."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, wanted: float | None = None) -> float:
        """Seconds that an operation may take. Raises TimeIsUp."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeIsUp
        return left if wanted is None else min(left, wanted)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves once, checks every address, connects to the one it checked.

    The request still carries the name: Host and the TLS certificate are of the name.
    """

    def __init__(
        self, *, deadline: Deadline, resolve: Resolver, private_allowed: Collection[str]
    ) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._private_allowed = private_allowed
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # the signature is httpcore's
    ) -> httpcore.NetworkStream:
        """As httpcore asks. Raises AddressRefused before anything is sent."""
        address = choose_address(
            host, port, resolve=self._resolve, private_allowed=self._private_allowed
        )
        stream = self._inner.connect_tcp(
            address, port, timeout=self._deadline.left(timeout), local_address=local_address
        )
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(self, *_args: Any, **_options: Any) -> httpcore.NetworkStream:
        """Never."""
        raise AddressRefused("A socket of this machine is never fetched from.")


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
