"""Raw bytes by their hash: the file first, the row second, and neither ever changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
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
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.services.retrieved import Retrieved

__all__ = [
    "CaptureDamaged",
    "CaptureDisposed",
    "CaptureUnreadable",
    "Incoming",
    "UnableToStore",
    "disposal_of",
    "path_of",
    "read_capture",
    "record_receipt",
    "shortened",
    "store_capture",
    "store_captures",
]

_LONGEST_REFERENCE = 500
_LONGEST_URL = 2000
_MOST_REDIRECTS = 20
_AGREED = (DisposalState.APPROVED, DisposalState.DONE)
_MOST_RACES = 3


class CaptureUnreadable(DomainError):
    """There are no bytes to read; the message says why."""

    code = "capture_unreadable"


class CaptureDamaged(CaptureUnreadable):
    """The stored bytes are gone or are not those that were received."""

    code = "capture_damaged"


class CaptureDisposed(CaptureUnreadable):
    """The bytes were destroyed on the word of two people; the hash and the reason stay."""

    code = "capture_disposed"


@dataclass(frozen=True, slots=True)
class Incoming:
    """Bytes to be kept, and how they came. ``digest`` is their SHA-256."""

    content: bytes = field(repr=False)
    digest: str
    media_type: str
    reference: str
    retrieved: Retrieved | None = None
    asked_by: str = ""


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

    As ``store_captures`` for one.
    """
    digest = hashlib.sha256(content).hexdigest()
    one = Incoming(content, digest, media_type, reference, retrieved, asked_by)
    return store_captures(incoming=[one], actor=actor, now=now)[digest]


def store_captures(
    *, incoming: Sequence[Incoming], actor: Actor, now: datetime
) -> dict[str, tuple[Capture, bool]]:
    """Keep the bytes for good; by digest the row and whether it was not there before.

    Each digest may come once. Bytes that two people disposed of are not written again. Raises
    UnableToStore where bytes can't be written; then there are no rows either.
    """
    for _ in range(_MOST_RACES):
        try:
            return _store_incoming(incoming, actor=actor, now=now)
        except IntegrityError:  # somebody stored the same at the same moment; look again
            continue
    return _store_incoming(incoming, actor=actor, now=now)


@transaction.atomic
def _store_incoming(
    incoming: Sequence[Incoming], *, actor: Actor, now: datetime
) -> dict[str, tuple[Capture, bool]]:
    known = {
        capture.sha256: capture
        for capture in Capture.objects.filter(sha256__in=[one.digest for one in incoming])
    }
    disposed = _disposed(known.values())
    for one in incoming:
        if one.digest not in disposed:
            write_once(path_of(one.digest), one.content)
    fresh = [one for one in incoming if one.digest not in known]
    rows = _store_new(fresh, actor=actor, now=now)
    for one in incoming:
        if one.digest in known and one.retrieved is not None:
            record_receipt(
                capture=known[one.digest],
                retrieved=one.retrieved,
                asked_by=one.asked_by,
                actor=actor,
                now=now,
            )
    kept = {digest: (capture, False) for digest, capture in known.items()}
    return kept | {digest: (capture, True) for digest, capture in rows.items()}


@transaction.atomic
def record_receipt(
    *, capture: Capture, retrieved: Retrieved, asked_by: str, actor: Actor, now: datetime
) -> bool:
    """Note that known bytes came again over the web; False where this receipt is noted already."""
    url, at = printable(retrieved.url, _LONGEST_URL), retrieved.at or now
    if Retrieval.objects.filter(capture=capture, url=url, retrieved_at=at).exists():
        return False
    _retrieval(capture, retrieved, asked_by or actor.alias, now).save(force_insert=True)
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
    return Disposal.objects.filter(capture=capture, state__in=_AGREED).first()


def shortened(reference: str) -> str:
    """A reference that fits its column: of a long path the end says most."""
    clean = printable(reference, len(reference))
    if len(clean) <= _LONGEST_REFERENCE:
        return clean
    return f"…{clean[1 - _LONGEST_REFERENCE :]}"


def _disposed(captures: Iterable[Capture]) -> set[str]:
    agreed = Disposal.objects.filter(capture__in=list(captures), state__in=_AGREED)
    return set(agreed.values_list("capture__sha256", flat=True))


def _store_new(fresh: Sequence[Incoming], *, actor: Actor, now: datetime) -> dict[str, Capture]:
    rows = Capture.objects.bulk_create(
        Capture(
            sha256=one.digest,
            size=len(one.content),
            media_type=one.media_type,
            reference=shortened(one.reference),
            collected_by=actor.alias,
            received_at=now,
        )
        for one in fresh
    )
    pairs = list(zip(rows, fresh, strict=True))
    Retrieval.objects.bulk_create(
        _retrieval(row, one.retrieved, one.asked_by or actor.alias, now)
        for row, one in pairs
        if one.retrieved is not None
    )
    lines = [
        line
        for row, one in pairs
        for line in (
            (row.pk, CustodyKind.ACQUIRED, _from_where(one.retrieved) if one.retrieved else ""),
            (row.pk, CustodyKind.HASHED, ""),
        )
    ]
    record_custody_lines(lines=lines, actor=actor, now=now)
    if settings.TIMESTAMP_AUTHORITY:
        CaptureTimestamp.objects.bulk_create(
            CaptureTimestamp(capture=row, authority=settings.TIMESTAMP_AUTHORITY, asked_at=now)
            for row in rows
        )
    return {row.sha256: row for row in rows}


def _retrieval(capture: Capture, retrieved: Retrieved, asked_by: str, now: datetime) -> Retrieval:
    return Retrieval(
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
