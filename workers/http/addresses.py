"""Which addresses may be talked to: public ones over http, whatever way they are written."""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Resolver = Callable[[str, int], list[str]]

PORTS = frozenset({80, 443})
LONGEST_URL = 2000
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
#: IPv6 ranges that carry an IPv4 address to somewhere else, or whose use has ended.
_TRANSLATED = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


class AddressRefused(Exception):
    """It leads, or may lead, to something that is not fetched from."""


def checked_url(url: str, *, base: httpx.URL | None = None) -> httpx.URL:
    """The address without its fragment, of a redirect seen from ``base``. Raises AddressRefused."""
    try:
        target = base.join(url) if base is not None else httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as failure:
        raise AddressRefused("The address can't be read.") from failure
    if target.scheme not in {"http", "https"} or not target.host:
        raise AddressRefused("It leads to something that is not http or https.")
    if target.userinfo:
        raise AddressRefused("The address holds a name or a password.")
    if _is_disguised(target.host):
        raise AddressRefused("The server is given as a number in disguise.")
    target = target.copy_with(fragment=None)
    if len(str(target)) > LONGEST_URL:
        raise AddressRefused(f"It leads to an address of more than {LONGEST_URL:,} characters.")
    return target


def _is_disguised(host: str) -> bool:
    """Whether a host ends in a number and is no plain IPv4 address: what that leads to depends on
    who reads it."""
    if not _NUMBER.fullmatch(host.rstrip(".").rsplit(".", 1)[-1]):
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True
    return False


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, seen through mapped forms."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.scope_id is not None or any(ip in network for network in _TRANSLATED):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def choose_address(
    host: str, port: int, *, resolve: Resolver, private_allowed: Collection[str] = ()
) -> str:
    """The one address to connect to.

    ``private_allowed`` holds "host:port" of targets exempted by the installation.
    Raises AddressRefused where any address of the host is not public, or the port is unusual;
    OSError where the name can't be resolved.
    """
    is_exempt = f"{host}:{port}" in private_allowed
    if port not in PORTS and not is_exempt:
        raise AddressRefused(f"Port {port} is not fetched from; only 80 and 443 are.")
    addresses = resolve(host, port)
    if not addresses:
        raise AddressRefused("The name of the server leads to no address.")
    if not is_exempt and not all(is_public(address) for address in addresses):
        raise AddressRefused(
            "The address leads into a private network, which is never fetched from."
        )
    return addresses[0]


def resolve_by_system(host: str, port: int) -> list[str]:
    """Every address that the system's resolver gives; none for no name. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:  # a label that is too long or empty
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
