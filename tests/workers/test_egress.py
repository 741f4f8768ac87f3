"""Through a proxy that the installation or a feed names; the guard holds all the same."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from tests.workers.guests import PAGE, get, network, resolve, serving
from workers.http.client import UnableToFetch

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        named = self.headers["Host"].encode()
        body = PAGE + named + self.headers.get("Proxy-Authorization", "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Silent."""


class Proxy:
    """Takes each connection to one site, whatever address it is asked for; notes what that was."""

    def __init__(self, site: str, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> None:
        host, port = site.split(":")
        self._site = (host, int(port))
        self._answer = answer
        self.asked: list[list[str]] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, suppress(OSError):  # either side may leave at any moment
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            self.asked.append(head.decode().split("\r\n")[:-2])
            client.sendall(self._answer)
            if b" 200 " not in self._answer:
                return
            with socket.create_connection(self._site) as site:
                ends = {client: site, site: client}
                while True:
                    for end in select.select(list(ends), [], [], 5)[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        ends[end].sendall(data)

    def close(self) -> None:
        """No more."""
        self._server.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(_Site) as site:
        yield site


@pytest.fixture
def proxy(site: str) -> Iterator[Proxy]:
    it = Proxy(site)
    yield it
    it.close()


def test_proxy_is_told_the_checked_address_and_the_server_its_name(proxy: Proxy) -> None:
    answer = get("http://outlet.example/page", network(egress_proxy=proxy.url))

    assert answer.content == PAGE + b"outlet.example"
    assert answer.retrieved.address == "93.184.216.34"
    assert proxy.asked == [["CONNECT 93.184.216.34:80 HTTP/1.1", "Host: 93.184.216.34:80"]]


def test_proxy_of_one_request(proxy: Proxy) -> None:
    elsewhere = network(egress_proxy="http://127.0.0.1:9")

    get("http://outlet.example/", elsewhere, egress_proxy=proxy.url)

    assert len(proxy.asked) == 1


def test_proxy_that_wants_a_name_and_a_password(proxy: Proxy) -> None:
    url = proxy.url.replace("//", "//desk:s%40crate@")

    answer = get("http://outlet.example/", network(egress_proxy=url))

    assert proxy.asked[0][2] == "Proxy-Authorization: Basic ZGVzazpzQGNyYXRl"
    assert b"Basic" not in answer.content, "the server never sees them"
    assert not any("proxy" in name for name in answer.retrieved.request_headers)


def test_address_of_ipv6_is_bracketed(proxy: Proxy) -> None:
    def six(_host: str, _port: int) -> list[str]:
        return ["2606:4700::1111"]

    get("http://outlet.example/", network(egress_proxy=proxy.url, resolve=six))

    assert proxy.asked[0][0] == "CONNECT [2606:4700::1111]:80 HTTP/1.1"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://outlet.example:8080/",
        "ftp://outlet.example/",
    ],
)
def test_guard_holds_behind_a_proxy(url: str, proxy: Proxy) -> None:
    with pytest.raises(UnableToFetch) as failure:
        get(url, network(egress_proxy=proxy.url))

    assert failure.value.is_final
    assert proxy.asked == []


def test_tls_goes_through_with_the_servers_name(proxy: Proxy) -> None:
    """The site behind speaks no TLS: what matters is that the tunnel was asked for port 443."""
    with pytest.raises(UnableToFetch, match="could not be reached"):
        get("https://outlet.example/", network(egress_proxy=proxy.url))

    assert proxy.asked[0][0] == "CONNECT 93.184.216.34:443 HTTP/1.1"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "refuses the connection .HTTP/1.1 403 Forbidden"),
        (b"HTTP/1.1 407 Who are you\r\n\r\n", "407"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "refuses the connection"),
        (b"HTTP/1.1 403 " + b"a" * 20_000, "does not answer as a proxy does"),
        (b"HTTP/1.1 403 ", "does not answer as a proxy does"),
    ],
)
def test_proxy_that_does_not_let_us_through(site: str, answer: bytes, said: str) -> None:
    proxy = Proxy(site, answer)

    with pytest.raises(UnableToFetch, match=said) as failure:
        get("http://outlet.example/", network(egress_proxy=proxy.url))

    proxy.close()
    assert not failure.value.is_final


def test_proxy_that_is_not_there() -> None:
    with pytest.raises(UnableToFetch, match="could not be reached"):
        get("http://outlet.example/", network(egress_proxy="http://127.0.0.1:9", resolve=resolve))
