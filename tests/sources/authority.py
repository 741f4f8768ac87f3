"""A time-stamping authority of the tests' own, by OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_CONFIG = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """Signs what it is asked to; ``root`` is the certificate to trust."""

    def __init__(self, folder: Path) -> None:
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("OpenSSL is not installed; it plays the time-stamping authority.")
        folder.mkdir()
        self._openssl = openssl
        self._folder = folder
        self.root = folder / "root.pem"
        self.asked = 0
        (folder / "config").write_text(_CONFIG.format(folder=folder), encoding="utf-8")
        (folder / "serial").write_text("01", encoding="utf-8")
        for name, subject in (("root", "/CN=Invented Root"), ("leaf", "/CN=Invented Stamps")):
            self._run(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                f"{name}.key",
                "-out",
                f"{name}.csr",
                "-subj",
                subject,
            )
        self._sign("root", "ca", "-key", "root.key")
        self._sign("leaf", "leaf", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial")

    def answer(self, _url: str, query: bytes) -> bytes:
        """The reply to a query, as ``ask`` gives it."""
        self.asked += 1
        (self._folder / "query").write_bytes(query)
        self._run(
            "ts",
            "-reply",
            "-queryfile",
            "query",
            "-out",
            "reply",
            "-inkey",
            "leaf.key",
            "-signer",
            "leaf.pem",
            "-section",
            "here",
        )
        return (self._folder / "reply").read_bytes()

    def _sign(self, name: str, extensions: str, *how: str) -> None:
        self._run(
            "x509",
            "-req",
            "-in",
            f"{name}.csr",
            "-out",
            f"{name}.pem",
            "-days",
            "2",
            "-extfile",
            "config",
            "-extensions",
            extensions,
            *how,
        )

    def _run(self, command: str, *arguments: str) -> None:
        config = () if command == "x509" else ("-config", "config")
        subprocess.run(  # noqa: S603  # the arguments stand in this file
            [self._openssl, command, *config, *arguments],
            cwd=self._folder,
            check=True,
            capture_output=True,
            timeout=30,
        )
