"""The tasks that look after what is kept, with an authority on this machine."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.sources.authority import Authority
from tests.sources.test_timestamps import _capture
from tracker.sources.choices import CheckOutcome, TimestampState
from tracker.sources.models import CaptureCheck, CaptureTimestamp
from workers import keeping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority(tmp_path: Path, settings: Settings) -> Iterator[Authority]:
    """An authority that answers over HTTP."""
    made = Authority(tmp_path / "authority")

    class Door(BaseHTTPRequestHandler):
        """Takes queries as RFC 3161 says."""

        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            is_query = self.headers["Content-Type"] == "application/timestamp-query"
            reply = made.answer("", query) if is_query else b""
            self.send_response(200 if reply else 400)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    settings.TIMESTAMP_AUTHORITY = f"http://127.0.0.1:{port}/tsr"
    settings.TIMESTAMP_CA = made.root
    settings.FETCH_ALLOW_PRIVATE = frozenset({f"127.0.0.1:{port}"})
    yield made
    server.shutdown()
    server.server_close()


def test_stamps_come_over_the_guarded_client(authority: Authority) -> None:
    _capture()

    keeping.stamp_captures(tomorrow=True)

    stamp = CaptureTimestamp.objects.get()
    assert stamp.state == TimestampState.STAMPED, stamp.failure_reason
    assert authority.asked == 1


def test_an_authority_in_a_private_network_is_not_asked(
    authority: Authority, settings: Settings
) -> None:
    settings.FETCH_ALLOW_PRIVATE = frozenset()
    _capture()

    keeping.stamp_captures()

    stamp = CaptureTimestamp.objects.get()
    assert stamp.state == TimestampState.WAITING
    assert "not fetched from" in stamp.failure_reason
    assert authority.asked == 0


def test_captures_are_checked() -> None:
    _capture()
    CaptureCheck.objects.update(checked_at=NOW - timedelta(days=99))

    keeping.check_captures()

    assert CaptureCheck.objects.get().outcome == CheckOutcome.INTACT
