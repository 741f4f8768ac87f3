"""No spelling of a private address gets through, and nothing is sent before the check."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from workers.http.addresses import AddressRefused, choose_address, is_public, resolve_by_system
from workers.http.client import UnableToFetch, get_page

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = [
    "127.0.0.1",
    "127.1.2.3",
    "127.255.255.255",
    "0.0.0.0",  # noqa: S104  # an address to refuse
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::2",
    "::7f00:1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:192.168.1.1",
    "::ffff:0.0.0.0",
    "64:ff9b::7f00:1",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:53aa:64c:0:fbff:80ff:fffe",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:c0a8:101::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fdff:ffff::1",
    "fe80::1",
    "fe80::1%lo",
    "2606:4700::1111%eth0",
    "fec0::1",
    "ff00::1",
    "ff02::1",
    "ff0e::1",
    "not an address",
    "",
    "1.1.1.1.1",
]
#: Names and numbers that the resolver itself turns into an address of this machine.
SPELLINGS = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://[::]/",
    "https://127.0.0.1/",
    "http://127.0.0.1:80/",
    "http://127.0.0.1:443/",
    "http://127。0。0。1/",
    "http://127.0.0.1:22/",
    "http://127.0.0.1:6379/",
    "http://example.org:8080/",
    "http://[::1]:5432/",
    "ftp://127.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "//127.0.0.1/",
    "data:text/html,hello",
    "http://user:secret@127.0.0.1/",
    "http://example.org@127.0.0.1/",
    "http:///",
    "http://",
    "",
    "http://[::1",
    "http://\x00/",
]


@pytest.fixture
def canary(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every attempt to open a connection, whatever code makes it."""
    attempts: list[object] = []

    def refuse(address: object, *_args: object, **_options: object) -> socket.socket:
        attempts.append(address)
        raise OSError("the canary")

    monkeypatch.setattr(socket, "create_connection", refuse)
    yield attempts
    assert attempts == []


@pytest.mark.parametrize("address", PRIVATE)
def test_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_address_that_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_reaches_this_machine(url: str, canary: list[object]) -> None:
    def resolve(host: str, port: int) -> list[str]:
        if host == "example.org":
            return ["93.184.216.34"]
        return resolve_by_system(host, port)

    with pytest.raises(UnableToFetch):
        get_page(url, resolve=resolve)


@pytest.mark.parametrize("address", [a for a in PRIVATE if a])
def test_name_that_leads_to_a_private_address(address: str, canary: list[object]) -> None:
    with pytest.raises(UnableToFetch, match="private network"):
        get_page("http://innocent.example/", resolve=lambda _host, _port: [address])


def test_one_private_address_among_public_ones_is_enough(canary: list[object]) -> None:
    with pytest.raises(UnableToFetch, match="private network"):
        get_page("http://innocent.example/", resolve=lambda _h, _p: ["93.184.216.34", "10.0.0.1"])


def test_name_is_resolved_once_and_the_checked_address_is_used() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    chosen = choose_address("rebinding.example", 80, resolve=lambda _h, _p: next(answers))

    assert chosen == "93.184.216.34"
    assert next(answers) == ["127.0.0.1"]


def test_name_without_an_address() -> None:
    with pytest.raises(AddressRefused, match="leads to no address"):
        choose_address("nowhere.example", 80, resolve=lambda _h, _p: [])


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..example"])
def test_name_that_is_none_leads_to_no_address(host: str) -> None:
    with pytest.raises(UnableToFetch, match=r"leads to no address|could not be reached"):
        get_page(f"http://{host}/")


def test_exempted_target_is_that_host_and_port_only() -> None:
    allowed = {"127.0.0.1:8099"}

    assert (
        choose_address(
            "127.0.0.1", 8099, resolve=lambda _h, _p: ["127.0.0.1"], private_allowed=allowed
        )
        == "127.0.0.1"
    )
    for host, port in (("127.0.0.1", 80), ("127.0.0.2", 8099), ("localhost", 8099)):
        with pytest.raises(AddressRefused):
            choose_address(
                host, port, resolve=lambda _h, _p: ["127.0.0.1"], private_allowed=allowed
            )
