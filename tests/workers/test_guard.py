"""No spelling, name, redirect or variable leads the fetcher to a machine that is not public."""

from __future__ import annotations

import socket
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.workers.guests import PAGE, PUBLIC, get, network, resolve, serving
from tests.workers.spellings import NOT_PUBLIC, ODD, TARGETS, carried, written
from workers.http import addresses
from workers.http.addresses import AddressRefused, choose_address, is_public, resolve_by_system
from workers.http.client import UnableToFetch
from workers.http.exchange import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


class Canary:
    """A server on every address of this machine that nobody may ever reach.

    Its port is one that is fetched from, so that nothing but the address protects it; whatever
    connection is opened, to it or to another machine, is noted.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[object] = []
        self._socket = socket.create_server(
            ("::", 0), family=socket.AF_INET6, dualstack_ipv6=True, backlog=500
        )
        self._socket.setblocking(False)  # noqa: FBT003  # the signature is Python's
        self.port = self._socket.getsockname()[1]
        monkeypatch.setattr(addresses, "PORTS", frozenset({80, 443, self.port}))
        connect = socket.create_connection

        def noted(address: tuple[str, int], *args: object, **options: object) -> socket.socket:
            self.opened.append(address)
            return connect(address, *args, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "create_connection", noted)

    @property
    def was_reached(self) -> bool:
        """Whether a connection has arrived."""
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """No more."""
        self._socket.close()


@pytest.fixture
def open_canary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Canary]:
    bird = Canary(monkeypatch)
    yield bird
    bird.close()


@pytest.fixture
def canary(open_canary: Canary) -> Iterator[Canary]:
    """Alive in the end: nobody has reached it."""
    yield open_canary
    assert open_canary.opened == []
    assert not open_canary.was_reached


def test_canary_would_be_reached_without_the_guard(open_canary: Canary) -> None:
    target = f"127.0.0.1:{open_canary.port}"

    with pytest.raises(UnableToFetch, match="took too long"):
        get(f"http://{target}/", network(target, total_seconds=0.2))

    assert open_canary.was_reached


@pytest.mark.parametrize("address", NOT_PUBLIC + [c for t in TARGETS for c in carried(t)])
def test_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8"])
def test_address_that_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", [form for target in TARGETS for form in written(target)])
def test_no_spelling_reaches_this_machine_or_network(host: str, canary: Canary) -> None:
    through = network(resolve=lambda host, port: resolve(unquote(host), port))

    with pytest.raises(UnableToFetch) as failure:
        get(f"http://{host}:{canary.port}/latest/meta-data", through)

    assert failure.value.is_final


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "LocalHost.LocalDomain"])
def test_names_of_this_machine(host: str, scheme: str, canary: Canary) -> None:
    with pytest.raises(UnableToFetch, match="private network"):
        get(f"{scheme}://{host}:{canary.port}/", network())


@pytest.mark.parametrize("address", NOT_PUBLIC + [c for t in TARGETS for c in carried(t)])
def test_name_that_leads_to_an_address_that_is_not_public(address: str, canary: Canary) -> None:
    with pytest.raises(UnableToFetch, match="private network"):
        get(
            f"http://innocent.example:{canary.port}/",
            network(resolve=lambda _host, _port: [address]),
        )


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:10.0.0.1", "fd00:ec2::254"])
def test_one_such_address_among_public_ones_is_enough(
    address: str, position: int, canary: Canary
) -> None:
    found = [PUBLIC, "1.1.1.1", "2606:4700::1111"]
    found.insert(position, address)

    with pytest.raises(UnableToFetch, match="private network"):
        get(
            f"http://innocent.example:{canary.port}/",
            network(resolve=lambda _host, _port: found),
        )


@pytest.mark.parametrize("url", ODD)
def test_odd_schemes_ports_and_names(url: str, canary: Canary) -> None:
    with pytest.raises(UnableToFetch) as failure:
        get(url, network())

    assert failure.value.is_final


class _Turning(BaseHTTPRequestHandler):
    """Redirects to whatever the query says."""

    def do_GET(self) -> None:
        self.send_response(int(self.path[1:4]))
        self.send_header("Location", unquote(self.path.split("?", 1)[1]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def turning() -> Iterator[str]:
    with serving(_Turning) as site:
        yield site


_LURES = [
    *(f"http://{form}:PORT/" for form in written("127.0.0.1") if form.isascii()),
    *(f"http://{form}/latest/meta-data" for form in written("169.254.169.254")[:6]),
    *(url for url in ODD if "innocent.example" in url and "://" in url),
    "file:///etc/passwd",
    "unix:///var/run/docker.sock",
    "javascript:alert(1)",
    "data:text/html,hello",
    "http://[::1",
    "//127.0.0.1:PORT/",
    "//localhost:PORT/",
    "//user@127.0.0.1:PORT/",
    "https://[::1]:PORT/",
]


@pytest.mark.parametrize("location", _LURES)
def test_redirect_is_checked_like_the_first_address(
    location: str, turning: str, open_canary: Canary
) -> None:
    lure = location.replace("PORT", str(open_canary.port))
    quoted = "".join(f"%{byte:02x}" for byte in lure.encode())
    through = network(turning, resolve=lambda host, port: resolve(unquote(host), port))

    with pytest.raises(UnableToFetch) as failure:
        get(f"http://{turning}/302?{quoted}", through)

    assert failure.value.is_final
    assert not open_canary.was_reached
    host, port = turning.split(":")
    assert open_canary.opened == [(host, int(port))]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_checked(status: int, turning: str, open_canary: Canary) -> None:
    with pytest.raises(UnableToFetch, match="private network"):
        get(f"http://{turning}/{status}?http://[::1]:{open_canary.port}/", network(turning))

    assert not open_canary.was_reached


def test_name_that_changes_its_address_is_asked_once(canary: Canary) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    chosen = choose_address(
        "rebinding.example", canary.port, resolve=lambda _host, _port: next(answers)
    )

    assert chosen == PUBLIC
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize("turns", range(1, 4))
def test_rebinding_name_reaches_only_what_was_checked(
    turns: int, turning: str, open_canary: Canary
) -> None:
    """The name leads to the site so many times, then to this machine's own service."""
    port = int(turning.split(":")[1])
    asked: list[str] = []

    def rebind(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= turns else ["::1"]

    allowed = f"rebinding.example:{port}"
    hop = f"http://rebinding.example:{port}/302?"
    lure = hop * turns + f"http://rebinding.example:{open_canary.port}/"

    with pytest.raises(UnableToFetch, match="private network"):
        get(lure, network(allowed, resolve=rebind))

    assert len(asked) == turns + 1, "each connection asks for the address exactly once"
    assert open_canary.opened == [("127.0.0.1", port)] * turns
    assert not open_canary.was_reached


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.mark.parametrize("name", _PROXIES)
def test_proxy_of_the_environment_is_ignored(
    name: str, open_canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in (name, "NO_PROXY"):
        monkeypatch.setenv(variable, f"http://127.0.0.1:{open_canary.port}")
    monkeypatch.delenv("NO_PROXY")

    with serving(_Page) as site:
        assert get(f"http://{site}/", network(site)).content == PAGE

    assert not open_canary.was_reached


def test_certificates_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")

    with serving(_Page) as site, pytest.raises(UnableToFetch, match="could not be reached"):
        get(f"https://{site}/", network(site))


def test_name_without_an_address() -> None:
    with pytest.raises(AddressRefused, match="leads to no address"):
        choose_address("nowhere.example", 80, resolve=lambda _h, _p: [])


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..example"])
def test_name_that_is_none_leads_to_no_address(host: str) -> None:
    with pytest.raises(UnableToFetch, match=r"leads to no address|could not be reached"):
        get(f"http://{host}/", network(resolve=resolve_by_system))


def test_exempted_target_is_that_host_and_port_only() -> None:
    allowed = {"127.0.0.1:8099"}

    assert choose_address("127.0.0.1", 8099, resolve=resolve, private_allowed=allowed)
    for host, port in (("127.0.0.1", 80), ("127.0.0.2", 8099), ("localhost", 8099)):
        with pytest.raises(AddressRefused):
            choose_address(host, port, resolve=resolve, private_allowed=allowed)


def test_nothing_is_exempted_unless_the_installation_says_so(settings: object) -> None:
    assert frozenset() == settings.FETCH_ALLOW_PRIVATE  # type: ignore[attr-defined]
    assert Network(user_agent="a/1").private_allowed == frozenset()
