"""Every way to write an address that must not be reached."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

#: Loopback, cloud metadata, private, shared, benchmark and unspecified addresses.
TARGETS = [
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "100.100.100.200",
    "0.0.0.0",  # noqa: S104  # an address to refuse
]
#: Addresses as a resolver may give them.
NOT_PUBLIC = [
    "127.0.0.1",
    "127.1.2.3",
    "127.255.255.255",
    "0.0.0.0",  # noqa: S104  # as above
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
    "192.0.0.170",
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
    "::ffff:0.0.0.0",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:53aa:64c:0:fbff:80ff:fffe",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
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
    "1.1.1.1.1",
    "127.0.0.1 ",
    "0x7f.0.0.1",
]
#: What leads nowhere else than to a refusal, whatever the host.
ODD = [
    "ftp://innocent.example/",
    "file:///etc/passwd",
    "file://innocent.example/etc/passwd",
    "gopher://innocent.example/",
    "dict://innocent.example:11211/stats",
    "ldap://innocent.example/",
    "sftp://innocent.example/",
    "jar:http://innocent.example/a.jar",
    "ws://innocent.example/",
    "unix:///var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
    "javascript:alert(1)",
    "data:text/html,hello",
    "about:blank",
    "//innocent.example/",
    "/etc/passwd",
    "innocent.example",
    "",
    "http:",
    "http://",
    "http:///",
    "http://:80/",
    "https://?",
    "http://[::1",
    "http://[::1]extra/",
    "http://[v1.a]/",
    "http://\x00/",
    "http://innocent.example:80:80/",
    "http://innocent.example:99999/",
    "http://innocent.example:-1/",
    "http://innocent.example:http/",
    "http://user@innocent.example/",
    "http://user:secret@innocent.example/",
    "http://:secret@innocent.example/",
    "http://innocent.example%40127.0.0.1@127.0.0.1/",
    "http://innocent.example:80@127.0.0.1/",
    *(
        f"http://innocent.example:{port}/"
        for port in (1, 21, 22, 23, 25, 110, 111, 143, 445, 993, 2375, 3306, 5432, 5672, 6379)
    ),
    *(f"https://innocent.example:{port}/" for port in (81, 444, 8000, 8080, 8443, 9200, 11211)),
]


def written(address: str) -> list[str]:
    """The ways to write an IPv4 address as the host of a URL."""
    number = int(IPv4Address(address))
    a, b, c, d = IPv4Address(address).packed
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    return [
        address,
        f"{address}.",
        str(number),
        hex(number),
        f"0X{number:08X}",
        f"0{number:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        ".".join(hex(part) for part in (a, b, c, d)),
        ".".join(f"0{part:o}" for part in (a, b, c, d)),
        ".".join(f"{part:04o}" for part in (a, b, c, d)),
        f"{hex(a)}.{b}.0{c:o}.{d}",
        address.replace(".", "\u3002"),
        address.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        address.replace(".", "%2e"),
        f"[::ffff:{address}]",
        f"[::ffff:{high}:{low}]",
        f"[0:0:0:0:0:ffff:{high}:{low}]",
        f"[::FFFF:{address}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[64:ff9b:1::{high}:{low}]",
        f"[2002:{high}:{low}::1]",
        f"[2001:0:{high}:{low}::1]",
    ]


def carried(address: str) -> list[str]:
    """The IPv6 addresses that lead to an IPv4 address, as a resolver may give them."""
    number = int(IPv4Address(address))
    return [
        str(IPv6Address((0xFFFF << 32) | number)),
        str(IPv6Address(number)),
        str(IPv6Address((0x64FF9B << 96) | number)),
        str(IPv6Address((0x64FF9B0001 << 80) | number)),
        str(IPv6Address((0x2002 << 112) | (number << 80) | 1)),
        str(IPv6Address((0x20010000 << 96) | (number << 64) | (number ^ 0xFFFFFFFF))),
        f"::ffff:{address}",
        f"64:ff9b::{address}",
    ]
