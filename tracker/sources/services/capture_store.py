"""Raw bytes by their hash: the file first, the row second, and neither ever changes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from tracker.core.errors import DomainError
from tracker.sources.choices import CustodyKind, DisposalState
from tracker.sources.models import Capture, CaptureTimestamp, Disposal, Retrieval
from tracker.sources.rules.secrets import printable, without_secrets
from tracker.sources.services.capture_files import UnableToStore, path_of, write_once
from tracker.sources.services.custody import record_custody_lines

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.services.retrieved import Retrieved

__all__ = [
    "CaptureDamaged",
    "CaptureDisposed",
    "CaptureUnreadable",
    "UnableToStore",
    "disposal_of",
    "path_of",
    "read_capture",
    "record_receipt",
    "shortened",
    "store_capture",
]

_LONGEST_REFERENCE = 500
_LONGEST_URL = 2000
_MOST_REDIRECTS = 20


class CaptureUnreadable(DomainError):
    """There are no bytes to read; the message says why."""

    code = "capture_unreadable"


class CaptureDamaged(CaptureUnreadable):
    """The stored bytes are gone or are not those that were received."""

    code = "capture_damaged"


class CaptureDisposed(CaptureUnreadable):
    """The bytes were destroyed on the word of two people; the hash and the reason stay."""

    code = "capture_disposed"


def store_capture(
    *,
    content: bytes,
    media_type: str,
    reference: str,
    retrieved: Retrieved | None = None,
    asked_by: str = "",
    actor: Actor,
    now: datetime,
) -> tuple[Capture, bool]:
    """Keep ``content`` for good; return its row and whether it was not there before.

    Bytes that two people disposed of are not written again. Raises UnableToStore where the bytes
    can't be written; then there is no row either.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = Capture.objects.filter(sha256=digest).first()
    if known is None or disposal_of(known) is None:
        write_once(path_of(digest), content)
    if known is None:
        row = Capture(
            sha256=digest,
            size=len(content),
            media_type=media_type,
            reference=shortened(reference),
            collected_by=actor.alias,
            received_at=now,
        )
        try:
            _store_new(row, retrieved=retrieved, asked_by=asked_by, actor=actor, now=now)
        except IntegrityError:  # somebody stored the same at the same moment
            known = Capture.objects.get(sha256=digest)
        else:
            return row, True
    if retrieved is not None:
        record_receipt(capture=known, retrieved=retrieved, asked_by=asked_by, actor=actor, now=now)
    return known, False


@transaction.atomic
def record_receipt(
    *, capture: Capture, retrieved: Retrieved, asked_by: str, actor: Actor, now: datetime
) -> bool:
    """Note that known bytes came again over the web; False where this receipt is noted already."""
    url, at = printable(retrieved.url, _LONGEST_URL), retrieved.at or now
    if Retrieval.objects.filter(capture=capture, url=url, retrieved_at=at).exists():
        return False
    _add_retrieval(capture, retrieved, asked_by or actor.alias, now)
    lines = [(capture.pk, CustodyKind.ACQUIRED, _from_where(retrieved))]
    record_custody_lines(lines=lines, actor=actor, now=now)
    return True


def read_capture(capture: Capture) -> bytes:
    """The bytes as received, for machines; a person's access goes through ``access.py``.

    Raises CaptureDamaged where they are missing or were changed, CaptureDisposed.
    """
    try:
        content = path_of(capture.sha256).read_bytes()
    except OSError as failure:
        disposal = disposal_of(capture)
        if disposal is not None:
            day = (disposal.deleted_at or disposal.decided_at or disposal.requested_at).date()
            raise CaptureDisposed(
                f"The bytes of capture {capture.pk} were disposed of on {day}; its hash is kept."
            ) from failure
        raise CaptureDamaged(
            f"The stored bytes of capture {capture.pk} can't be read: {failure.strerror}."
        ) from failure
    if hashlib.sha256(content).hexdigest() != capture.sha256:
        raise CaptureDamaged(f"The stored bytes of capture {capture.pk} were changed.")
    return content


def disposal_of(capture: Capture) -> Disposal | None:
    """The disposal that two people agreed on, done or about to be; None = the bytes are kept."""
    agreed = (DisposalState.APPROVED, DisposalState.DONE)
    return Disposal.objects.filter(capture=capture, state__in=agreed).first()


def shortened(reference: str) -> str:
    """A reference that fits its column: of a long path the end says most."""
    clean = printable(reference, len(reference))
    if len(clean) <= _LONGEST_REFERENCE:
        return clean
    return f"…{clean[1 - _LONGEST_REFERENCE :]}"


@transaction.atomic
def _store_new(
    capture: Capture, *, retrieved: Retrieved | None, asked_by: str, actor: Actor, now: datetime
) -> None:
    capture.save(force_insert=True)
    origin = ""
    if retrieved is not None:
        _add_retrieval(capture, retrieved, asked_by or actor.alias, now)
        origin = _from_where(retrieved)
    lines = [(capture.pk, CustodyKind.ACQUIRED, origin), (capture.pk, CustodyKind.HASHED, "")]
    record_custody_lines(lines=lines, actor=actor, now=now)
    if settings.TIMESTAMP_AUTHORITY:
        CaptureTimestamp.objects.create(
            capture=capture, authority=settings.TIMESTAMP_AUTHORITY, asked_at=now
        )


def _add_retrieval(capture: Capture, retrieved: Retrieved, asked_by: str, now: datetime) -> None:
    Retrieval.objects.create(
        capture=capture,
        url=printable(retrieved.url, _LONGEST_URL),
        final_url=printable(retrieved.final_url, _LONGEST_URL),
        redirects=[printable(hop, _LONGEST_URL) for hop in retrieved.redirects[:_MOST_REDIRECTS]],
        status=retrieved.status,
        request_headers=without_secrets(retrieved.request_headers),
        headers=without_secrets(retrieved.headers),
        address=printable(retrieved.address, 64),
        tool=printable(retrieved.tool, 200),
        seconds=retrieved.seconds,
        robots_reason=printable(retrieved.robots_reason, 500),
        asked_by=printable(asked_by, 64),
        retrieved_at=retrieved.at or now,
    )


def _from_where(retrieved: Retrieved) -> str:
    return "against robots.txt" if retrieved.robots_reason else ""
