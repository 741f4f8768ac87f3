"""Which network addresses may be talked to: public ones, whatever way they are written."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Resolver = Callable[[str, int], list[str]]

PORTS = frozenset({80, 443})
#: IPv6 ranges that carry an IPv4 address to somewhere else, or whose use has ended.
_TRANSLATED = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
    )
)


class AddressRefused(Exception):
    """The address leads, or may lead, to a machine that is not public."""


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
    Raises AddressRefused where any address of the host is not public, or the port is unusual.
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
