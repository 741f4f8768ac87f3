"""Captures out of the house as a WARC: validated before it is there, each one noted as exported."""

from __future__ import annotations

import secrets
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput
from tracker.core.reasons import checked_reason
from tracker.sources.choices import CustodyKind
from tracker.sources.services.capture_store import CaptureUnreadable, read_capture
from tracker.sources.services.custody import record_custody_lines
from tracker.sources.warc.writing import Answer, ArchiveInvalid, ArchiveWriter, Content, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from tracker.core.actor import Actor
    from tracker.sources.models import Capture, Retrieval

SUFFIXES = (".warc", ".warc.gz")


class UnableToExport(DomainError):
    """There is no archive; the message says why."""

    code = "unable_to_export"


@dataclass(frozen=True, slots=True)
class Exported:
    """One capture; ``reason`` "" = it is in the archive, else why it is not."""

    capture: Capture
    reason: str = ""


def export_warc(
    *,
    captures: Iterable[Capture],
    path: Path,
    reason: str,
    actor: Actor,
    clock: Callable[[], datetime],
    tell: Callable[[Exported], None],
) -> int:
    """Write the captures to ``path`` and return how many; ``tell`` hears of each one.

    Nothing is at ``path`` before all of it was read back and its custody noted. Raises
    InvalidInput, UnableToExport.
    """
    if not path.name.endswith(SUFFIXES):
        raise InvalidInput("The name of the file must end in .warc or .warc.gz.")
    if path.exists():
        raise InvalidInput(f"{path} is there already; nothing is written over it.")
    reason = checked_reason(reason, missing="Say why it is exported.")
    unfinished = path.with_name(f".{secrets.token_hex(4)}.{path.name}")
    try:
        with unfinished.open("xb") as file:
            about = {"operator": actor.alias, "description": "captures with their custody noted"}
            writer = ArchiveWriter(file, name=path.name, about=about)
            written = [capture.pk for capture in captures if _written(writer, capture, tell=tell)]
        validate(unfinished, sha256s=writer.sha256s)
        _note(written, reason=reason, actor=actor, now=clock())
        unfinished.rename(path)
    except OSError as failure:
        raise UnableToExport(f"{path} can't be written: {failure.strerror}.") from failure
    except ArchiveInvalid as failure:
        raise UnableToExport(f"The written archive is not valid. {failure}") from failure
    finally:
        unfinished.unlink(missing_ok=True)
    return len(written)


def _written(writer: ArchiveWriter, capture: Capture, *, tell: Callable[[Exported], None]) -> bool:
    try:
        content = read_capture(capture)
    except CaptureUnreadable as refusal:
        tell(Exported(capture, str(refusal)))
        return False
    writer.add(
        Content(
            sha256=capture.sha256,
            media_type=capture.media_type,
            received_at=capture.received_at,
            content=content,
            answers=[_answer(r) for r in sorted(capture.retrievals.all(), key=lambda r: r.pk)],
            notes={
                "collected-by": capture.collected_by,
                "received": capture.received_at.isoformat(),
                "rfc3161-token": _token(capture),
            },
        )
    )
    tell(Exported(capture))
    return True


@transaction.atomic
def _note(capture_ids: list[int], *, reason: str, actor: Actor, now: datetime) -> None:
    record_custody_lines(
        lines=[(capture_id, CustodyKind.EXPORTED, reason) for capture_id in capture_ids],
        actor=actor,
        now=now,
    )
    record_event(
        actor=actor,
        action="capture.export",
        now=now,
        reason=reason,
        changes={"captures": len(capture_ids)},
    )


def _answer(retrieval: Retrieval) -> Answer:
    return Answer(
        url=retrieval.url,
        final_url=retrieval.final_url,
        at=retrieval.retrieved_at,
        status=retrieval.status,
        headers=retrieval.headers,
        request_headers=retrieval.request_headers,
        address=retrieval.address,
        notes={
            "tool": retrieval.tool,
            "asked-by": retrieval.asked_by,
            "redirects": " ".join(retrieval.redirects),
            "fetchTimeMs": str(round(retrieval.seconds * 1000)) if retrieval.seconds else "",
            "against-robots-because": retrieval.robots_reason,
        },
    )


def _token(capture: Capture) -> str:
    """The authority's answer; "" = the capture has no time-stamp."""
    stamp = getattr(capture, "timestamp", None)
    return b64encode(stamp.token).decode() if stamp is not None and stamp.token else ""
