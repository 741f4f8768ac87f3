"""A team's file, kept as received before anybody reads it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotFound
from tracker.imports.reading.headings import describe
from tracker.imports.reading.workbook import is_workbook
from tracker.sources.choices import CustodyKind
from tracker.sources.models import Capture
from tracker.sources.services.capture_store import read_capture, store_capture
from tracker.sources.services.custody import record_custody
from tracker.sources.services.failures import UPLOADED

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.imports.reading.headings import Column
    from tracker.imports.reading.table import Layout, Sheet

LARGEST_FILE = 20 * 1024 * 1024
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DELIMITED = "text/csv"


@transaction.atomic
def receive_sheet(*, content: bytes, file_name: str, actor: Actor, now: datetime) -> Capture:
    """Keep the file for good; the same bytes are kept once. What is in it is read later.

    Raises NotAllowed, InvalidInput where it is empty or too large, UnableToStore.
    """
    require_right(actor, Right.IMPORT_SHEETS)
    if not content.strip():
        raise InvalidInput("The file is empty.")
    if len(content) > LARGEST_FILE:
        raise InvalidInput("The file is larger than 20 MB; split it.")
    capture, is_new = store_capture(
        content=content,
        media_type=WORKBOOK if is_workbook(content) else DELIMITED,
        reference=f"{UPLOADED}{PurePath(file_name).name}",
        actor=actor,
        now=now,
    )
    record_event(
        actor=actor, action="sheet.receive", target=capture, now=now, changes={"is_new": is_new}
    )
    return capture


@transaction.atomic
def look_into(
    *, capture_id: int, layout: Layout, actor: Actor, now: datetime
) -> tuple[list[Sheet], list[Column]]:
    """Its sheets, and the columns with samples, for whoever maps them; noted in its custody log.

    Raises NotAllowed, NotFound, SheetUnreadable, CaptureUnreadable.
    """
    require_right(actor, Right.IMPORT_SHEETS)
    capture = get_file(capture_id)
    found = describe(read_capture(capture), layout)
    record_custody(capture_id=capture.pk, kind=CustodyKind.VIEWED, actor=actor, now=now)
    return found


def get_file(capture_id: int) -> Capture:
    """A table that was received. Raises NotFound."""
    capture = Capture.objects.filter(pk=capture_id).first()
    if capture is None:
        raise NotFound(f"There is no file {capture_id}.")
    return capture


def file_name_of(capture: Capture) -> str:
    """The name under which it came first."""
    return PurePath(capture.reference.removeprefix(UPLOADED)).name[:200]
