"""An authority's stamp is asked for later, verified before it is kept, and never waited for."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.utils import timezone
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from tests.sources.authority import Authority
from tracker.core.actor import machine
from tracker.sources.choices import TimestampState
from tracker.sources.models import Capture, CaptureTimestamp
from tracker.sources.services.capture_store import path_of, store_capture
from tracker.sources.services.disposal import decide_disposal, request_disposal
from tracker.sources.services.timestamps import (
    MAX_ATTEMPTS,
    AuthorityFailed,
    retry_stamps,
    stamp_waiting,
    verified,
)
from tracker.watching.choices import AlarmKind
from tracker.watching.models import Alarm

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
URL = "https://stamps.example/tsr"


@pytest.fixture
def authority(tmp_path: Path, settings: Settings) -> Authority:
    """The installation's authority, with its root."""
    made = Authority(tmp_path / "authority")
    settings.TIMESTAMP_AUTHORITY = URL
    settings.TIMESTAMP_CA = made.root
    return made


def _capture(content: bytes = b"bytes") -> Capture:
    return store_capture(
        content=content,
        media_type="text/plain",
        reference="a",
        actor=machine("tests"),
        now=timezone.now(),
    )[0]


def _away(_url: str, _query: bytes) -> bytes:
    raise AuthorityFailed("The server took too long to answer.")


def _stamp_at(moment: datetime) -> None:
    stamp_waiting(ask=_away, clock=lambda: moment)


def test_without_an_authority_nothing_is_asked_for() -> None:
    _capture()

    assert not CaptureTimestamp.objects.exists()


def test_a_capture_is_stamped_after_it_was_kept(authority: Authority) -> None:
    capture = _capture()
    assert capture.timestamp.state == TimestampState.WAITING

    assert stamp_waiting(ask=authority.answer, clock=timezone.now) == 1

    stamp = CaptureTimestamp.objects.get(capture=capture)
    assert stamp.state == TimestampState.STAMPED
    assert stamp.trusted_root == "CN=Invented Root"
    assert stamp.stamped_at is not None
    assert abs(stamp.stamped_at - timezone.now()) < timedelta(minutes=1)
    assert stamp_waiting(ask=authority.answer, clock=timezone.now) == 0
    assert authority.asked == 1


def test_without_a_root_the_signature_is_left_to_others_and_that_is_said(
    authority: Authority, settings: Settings
) -> None:
    settings.TIMESTAMP_CA = None
    capture = _capture()

    stamp_waiting(ask=authority.answer, clock=timezone.now)

    stamp = CaptureTimestamp.objects.get(capture=capture)
    assert (stamp.state, stamp.trusted_root) == (TimestampState.STAMPED, "")


def test_an_answer_that_does_not_hold_is_not_stored(authority: Authority, tmp_path: Path) -> None:
    def request_for(content: bytes) -> object:
        builder = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256)
        return builder.nonce(nonce=True).cert_request(cert_request=True).build()

    asked, other = request_for(b"bytes"), request_for(b"bytes")
    answer = authority.answer(URL, asked.as_bytes())  # type: ignore[attr-defined]
    stranger = Authority(tmp_path / "stranger")
    verified(answer, request=asked, content=b"bytes", ca=authority.root)  # type: ignore[arg-type]
    position = answer.index(b"Invented")
    for wrong, request, content, root in (
        (answer, asked, b"other", authority.root),
        (answer, other, b"bytes", authority.root),  # another nonce: an answer of yesterday
        (answer, asked, b"bytes", stranger.root),
        (answer[:-9] + b"\0" * 9, asked, b"bytes", authority.root),
        (answer[:position] + b"A" + answer[position + 1 :], asked, b"bytes", authority.root),
        (answer[:100], asked, b"bytes", authority.root),
        (b"", asked, b"bytes", authority.root),
        (b"x" * 100_000, asked, b"bytes", authority.root),
        (answer, asked, b"bytes", tmp_path / "nowhere.pem"),
        (answer, asked, b"other", None),
        (answer, other, b"bytes", None),
    ):
        with pytest.raises(AuthorityFailed):
            verified(wrong, request=request, content=content, ca=root)  # type: ignore[arg-type]


def test_an_authority_that_is_away_is_asked_again_and_given_up_in_the_end(
    authority: Authority,
) -> None:
    capture, other = _capture(), _capture(b"other bytes")
    now = timezone.now()
    assert stamp_waiting(ask=_away, clock=lambda: now) == 0
    first = CaptureTimestamp.objects.get(capture=capture)
    assert (first.attempts, first.state) == (1, TimestampState.WAITING)
    assert CaptureTimestamp.objects.get(capture=other).attempts == 0

    CaptureTimestamp.objects.filter(capture=other).update(not_before=now + timedelta(days=9))
    for attempt in range(1, MAX_ATTEMPTS):
        _stamp_at(now + timedelta(hours=3 * attempt))

    first.refresh_from_db()
    assert (first.attempts, first.state) == (MAX_ATTEMPTS, TimestampState.FAILED)
    assert Alarm.objects.get(cleared_at__isnull=True).kind == AlarmKind.TIMESTAMP_FAILED
    assert first.failure_reason == "The server took too long to answer."
    err = StringIO()
    call_command("retry_timestamps", stderr=err)
    assert err.getvalue() == "1 time-stamps are asked for again.\n"
    assert stamp_waiting(ask=authority.answer, clock=timezone.now) == 1
    assert retry_stamps(actor=machine("tests"), now=now) == 0


def test_bytes_that_are_gone_are_not_stamped(authority: Authority) -> None:
    capture = _capture()
    path_of(capture.sha256).unlink()

    assert stamp_waiting(ask=authority.answer, clock=timezone.now) == 0

    stamp = CaptureTimestamp.objects.get(capture=capture)
    assert stamp.state == TimestampState.FAILED
    assert "can't be read" in stamp.failure_reason
    assert authority.asked == 0


def test_bytes_that_were_disposed_of_need_no_stamp(
    authority: Authority, coordinator: Person, administrator: Person
) -> None:
    capture = _capture()
    now = timezone.now()
    disposal = request_disposal(
        capture_id=capture.pk, reason="Asked to.", actor=coordinator.as_actor(), now=now
    )
    decide_disposal(disposal_id=disposal.pk, agree=True, actor=administrator.as_actor(), now=now)

    assert stamp_waiting(ask=authority.answer, clock=timezone.now) == 0

    assert CaptureTimestamp.objects.get().state == TimestampState.FAILED
    assert not Alarm.objects.exists()
    assert retry_stamps(actor=machine("tests"), now=now) == 0


def test_an_authority_with_a_wrong_clock_is_not_believed(authority: Authority) -> None:
    capture = _capture()
    yesterday = timezone.now() - timedelta(days=1)

    assert stamp_waiting(ask=authority.answer, clock=lambda: yesterday) == 0

    stamp = CaptureTimestamp.objects.get(capture=capture)
    assert "clock is wrong" in stamp.failure_reason
