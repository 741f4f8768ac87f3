"""Over TLS the connection goes to the checked address, and the certificate is the name's."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.workers.guests import PAGE, get, network
from tests.workers.test_egress import Proxy
from workers.http import exchange
from workers.http.client import UnableToFetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "outlet.example"


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_args: object) -> None:
        """Silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        """A visitor who does not like the certificate leaves."""


def _certificate(folder: Path) -> Path:
    """A key and a certificate of the outlet that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "outlet.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def outlet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, list[str]]]:
    """The port of a server over TLS whose certificate is trusted, and the names it was asked by."""
    file = _certificate(tmp_path)
    trust = ssl.create_default_context(cafile=str(file))
    monkeypatch.setattr(exchange, "_ssl_context", lambda: trust)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    names: list[str] = []
    context.sni_callback = lambda _socket, name, _context: names.append(str(name))
    server = _Server(("127.0.0.1", 0), _Page)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port, names
    server.shutdown()
    server.server_close()


def test_name_is_kept_for_the_certificate(outlet: tuple[int, list[str]]) -> None:
    port, names = outlet
    through = network(f"{NAME}:{port}", resolve=lambda _host, _port: ["127.0.0.1"])

    answer = get(f"https://{NAME}:{port}/", through)

    assert answer.content == PAGE
    assert answer.retrieved.address == "127.0.0.1"
    assert names == [NAME]


def test_certificate_of_another_name_is_refused(outlet: tuple[int, list[str]]) -> None:
    port, _ = outlet
    through = network(f"other.example:{port}", resolve=lambda _host, _port: ["127.0.0.1"])

    with pytest.raises(UnableToFetch, match="certificate is not valid") as failure:
        get(f"https://other.example:{port}/", through)

    assert not failure.value.is_final


def test_name_is_kept_through_a_proxy(outlet: tuple[int, list[str]]) -> None:
    port, names = outlet
    proxy = Proxy(f"127.0.0.1:{port}")

    answer = get(f"https://{NAME}/", network(egress_proxy=proxy.url))

    proxy.close()
    assert answer.content == PAGE
    assert proxy.asked[0][0] == "CONNECT 93.184.216.34:443 HTTP/1.1"
    assert names == [NAME]
