"""Time-stamps by an outside authority (RFC 3161): queued, verified, never waited for."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.sources.choices import TimestampState
from tracker.sources.models import CaptureTimestamp
from tracker.sources.policies import require_may_ingest
from tracker.sources.selectors.captures import failed_stamps
from tracker.sources.services.capture_store import CaptureUnreadable, read_capture
from tracker.watching.choices import AlarmKind
from tracker.watching.services.alarms import clear_alarm, raise_alarm

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from rfc3161_client import TimeStampRequest, TimeStampResponse

    from tracker.core.actor import Actor

    #: Sends a request to an authority and returns its answer. Raises AuthorityFailed.
    Ask = Callable[[str, bytes], bytes]

STAMPER = machine("stamper")
MAX_ATTEMPTS = 8
LEASE_LASTS = timedelta(minutes=2)
#: Doubled after each attempt that failed: from a minute to about two hours.
BACK_OFF = timedelta(minutes=1)
#: Seconds after which a run begins no other stamp; below a task's time limit.
LONGEST_RUN = 20.0
ALARM = "timestamps"
#: How far the authority's clock may be ahead of ours or behind the moment the bytes came.
SKEW = timedelta(minutes=10)
_MOST_TOKEN = 64 * 1024


class AuthorityFailed(Exception):
    """The authority gave no answer that can be stored; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer that was verified."""

    token: bytes
    stamped_at: datetime
    trusted_root: str


def stamp_waiting(*, ask: Ask, clock: Callable[[], datetime], seconds: float = LONGEST_RUN) -> int:
    """Ask for the stamps that are due, one after the other; return how many were given.

    Stops at the first failure of the authority itself: the others would only wait for it too.
    """
    given = 0
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        row = _lease(now=clock())
        if row is None:
            break
        try:
            stamp = _stamped(row, ask=ask, now=clock())
        except CaptureUnreadable as refusal:
            _fail(row, str(refusal), is_final=True, now=clock())
        except AuthorityFailed as failure:
            _fail(row, str(failure), is_final=False, now=clock())
            break
        else:
            given += _store(row, stamp, now=clock())
    report_failures(now=clock())
    return given


@transaction.atomic
def retry_stamps(*, actor: Actor, now: datetime) -> int:
    """Ask again for every stamp that failed; return how many. Raises NotAllowed."""
    require_may_ingest(actor)
    failed = list(failed_stamps().select_for_update(of=("self",)).values_list("pk", flat=True))
    CaptureTimestamp.objects.filter(pk__in=failed).update(
        state=TimestampState.WAITING,
        attempts=0,
        fence=F("fence") + 1,
        not_before=None,
        failure_reason="",
    )
    record_event(actor=actor, action="timestamp.retry", now=now, changes={"captures": len(failed)})
    clear_alarm(key=ALARM, now=now)
    return len(failed)


def report_failures(*, now: datetime) -> int:
    """Raise the alarm while stamps have failed for good, or clear it."""
    failed = failed_stamps().count()
    if not failed:
        clear_alarm(key=ALARM, now=now)
        return 0
    what = "1 capture has" if failed == 1 else f"{failed} captures have"
    raise_alarm(
        key=ALARM,
        kind=AlarmKind.TIMESTAMP_FAILED,
        sentence=f"{what} no time-stamp: the authority failed {MAX_ATTEMPTS} times.",
        now=now,
    )
    return failed


def verified(answer: bytes, *, request: TimeStampRequest, content: bytes, ca: Path | None) -> Stamp:
    """The stamp in an authority's answer to ``request`` about ``content``.

    Without a ``ca`` it is checked that the answer is to this request and of these bytes; whose
    signature it bears is then left to whoever uses it. Raises AuthorityFailed.
    """
    if len(answer) > _MOST_TOKEN:
        raise AuthorityFailed("The authority's answer is larger than any time-stamp.")
    try:
        response = decode_timestamp_response(answer)
        if ca is None:
            _require_answer_to(request, response, content)
            return Stamp(answer, response.tst_info.gen_time, "")
        roots = _certificates(ca)
        builder = VerifierBuilder.from_request(request)
        for root in roots:
            builder = builder.add_root_certificate(root)
        builder.build().verify_message(response, content)
    except (ValueError, VerificationError) as failure:
        raise AuthorityFailed(f"The authority's answer does not hold: {failure}"[:300]) from failure
    names = ", ".join(root.subject.rfc4514_string() for root in roots)
    return Stamp(answer, response.tst_info.gen_time, names[:500])


@transaction.atomic
def _lease(*, now: datetime) -> CaptureTimestamp | None:
    row = (
        CaptureTimestamp.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("capture")
        .filter(
            Q(leased_until__isnull=True) | Q(leased_until__lte=now),
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            state=TimestampState.WAITING,
        )
        .order_by("not_before", "id")
        .first()
    )
    if row is None:
        return None
    row.attempts += 1
    row.fence += 1
    row.leased_until = now + LEASE_LASTS
    row.save(update_fields=["attempts", "fence", "leased_until"])
    return row


def _stamped(row: CaptureTimestamp, *, ask: Ask, now: datetime) -> Stamp:
    content = read_capture(row.capture)
    request = (
        TimestampRequestBuilder()
        .data(content)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    answer = ask(row.authority, request.as_bytes())
    stamp = verified(answer, request=request, content=content, ca=settings.TIMESTAMP_CA)
    if not row.capture.received_at - SKEW <= stamp.stamped_at <= now + SKEW:
        raise AuthorityFailed("The authority's clock is wrong: its time is not that of today.")
    return stamp


@transaction.atomic
def _store(row: CaptureTimestamp, stamp: Stamp, *, now: datetime) -> bool:
    held = _hold(row)
    if held is None:
        return False
    held.state = TimestampState.STAMPED
    held.token = stamp.token
    held.stamped_at = stamp.stamped_at
    held.trusted_root = stamp.trusted_root
    held.failure_reason = ""
    held.leased_until = None
    held.save()
    record_event(actor=STAMPER, action="timestamp.store", target=held, now=now)
    return True


@transaction.atomic
def _fail(row: CaptureTimestamp, reason: str, *, is_final: bool, now: datetime) -> None:
    held = _hold(row)
    if held is None:
        return
    held.failure_reason = reason[:500]
    held.leased_until = None
    held.not_before = now + BACK_OFF * 2 ** (held.attempts - 1)
    if is_final or held.attempts >= MAX_ATTEMPTS:
        held.state = TimestampState.FAILED
        record_event(actor=STAMPER, action="timestamp.fail", target=held, now=now)
    held.save()


def _hold(row: CaptureTimestamp) -> CaptureTimestamp | None:
    return (
        CaptureTimestamp.objects.select_for_update()
        .filter(pk=row.pk, fence=row.fence, state=TimestampState.WAITING)
        .first()
    )


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as failure:
        raise AuthorityFailed(f"TIMESTAMP_CA can't be read: {failure.strerror}.") from failure


def _require_answer_to(
    request: TimeStampRequest, response: TimeStampResponse, content: bytes
) -> None:
    """Raise VerificationError unless the answer grants this request for these bytes."""
    if response.status != PKIStatus.GRANTED:
        raise VerificationError("it grants no time-stamp")
    if response.tst_info.nonce != request.nonce:
        raise VerificationError("it is the answer to another request")
    if response.tst_info.message_imprint.message != hashlib.sha256(content).digest():
        raise VerificationError("it is of other bytes")
