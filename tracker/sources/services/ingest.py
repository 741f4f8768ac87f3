"""Everything that comes in goes through here: files, uploads, pasted text, addresses, retries."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tracker.core.errors import InvalidInput, NotFound
from tracker.sources.choices import Material
from tracker.sources.models import IngestFailure
from tracker.sources.parsing.kinds import Kind
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.parsing.records import read_record
from tracker.sources.policies import require_may_ingest
from tracker.sources.services.addresses import request_fetch, retry_fetch
from tracker.sources.services.capture_store import read_capture
from tracker.sources.services.failures import (
    PASTED,
    UPLOADED,
    IngestResult,
    Outcome,
    keep_failure,
)
from tracker.sources.services.files import Refused, items_of_bytes, items_of_path
from tracker.sources.services.items import Item, ingest_batch, ingest_item
from tracker.sources.services.retries import retry_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.models import Capture

__all__ = [
    "IngestResult",
    "Outcome",
    "ingest_bytes",
    "ingest_items",
    "ingest_pasted",
    "ingest_path",
    "request_fetch",
    "retry_article",
    "retry_failure",
    "retry_fetch",
]

#: Items stored in one transaction and read by one worker.
ITEMS_A_BATCH = 50
#: Lines of one file that may fail before the first that works; then it is no JSON lines at all.
HOPELESS = 100


def ingest_bytes(
    *,
    content: bytes,
    reference: str,
    media_type: str | None,
    material: Material = Material.NEWS_REPORT,
    actor: Actor,
    now: datetime,
) -> list[IngestResult]:
    """Store what somebody uploaded: one article, or one for each line of JSON lines.

    ``reference`` is the name it came under, ``material`` what all of it is. Raises NotAllowed,
    UnableToStore.
    """
    name = f"{UPLOADED}{PurePath(reference).name}"
    found = items_of_bytes(content, reference=name, media_type=media_type)
    items = (replace(i, material=material) if isinstance(i, Item) else i for i in found)
    return list(ingest_items(items=items, actor=actor, clock=lambda: now))


def ingest_path(
    *, path: Path, actor: Actor, clock: Callable[[], datetime]
) -> Iterator[IngestResult]:
    """Store a file, or every file below a folder, reporting each item as it is done."""
    return ingest_items(items=items_of_path(path), actor=actor, clock=clock)


def ingest_items(
    *, items: Iterable[Item | Refused], actor: Actor, clock: Callable[[], datetime]
) -> Iterator[IngestResult]:
    """Store each item; one that fails is kept and the rest goes on."""
    require_may_ingest(actor)
    hopeless = _HopelessFile()
    wanted = (item for item in items if not hopeless.holds(item.reference))
    while batch := list(islice(wanted, ITEMS_A_BATCH)):
        for result in _ingest_some(batch, actor=actor, now=clock()):
            yield result
            if hopeless.after(result):
                reason = f"Its first {HOPELESS} lines failed, so the rest was not read."
                yield IngestResult(hopeless.file, Outcome.FAILED, reason, None)


def ingest_pasted(
    *,
    title: str,
    text: str,
    outlet: str,
    published_on: str,
    material: Material = Material.NEWS_REPORT,
    given_by: str = "",
    actor: Actor,
    now: datetime,
) -> IngestResult:
    """Store what somebody pasted or wrote down; "" = not known.

    ``given_by`` is the role or office it comes from, never a person who must be protected. What is
    typed is kept as evidence with all of this in it.

    Raises NotAllowed, UnableToStore, InvalidInput where there is no text or no such day.
    """
    require_may_ingest(actor)
    record = {
        "id": None,
        "source": outlet.strip() or None,
        "published": published_on.strip() or None,
        "title": title.strip(),
        "text": text,
    }
    if material is not Material.NEWS_REPORT:
        record["material"] = material.value
    if given_by.strip():
        record["author"] = given_by.strip()
    content = json.dumps(record, sort_keys=True).encode()
    try:
        read_record(content)
    except Unreadable as refusal:
        raise InvalidInput(str(refusal)) from refusal
    return ingest_item(
        item=Item(content=content, kind=Kind.RECORD, reference=PASTED, material=material),
        actor=actor,
        now=now,
    )


def retry_failure(*, failure_id: int, actor: Actor, now: datetime) -> list[IngestResult]:
    """Try an item again: its kept bytes, or the file it was where nothing was kept.

    Raises NotAllowed, NotFound, InvalidInput where it can only be handed in once more.
    """
    require_may_ingest(actor)
    failure = IngestFailure.objects.select_related("capture").filter(pk=failure_id).first()
    if failure is None:
        raise NotFound(f"There is no failure {failure_id}.")
    found: Iterable[Item | Refused]
    if failure.capture is not None:
        found = _kept_item(failure.reference, failure.capture)
    elif actor.is_person or failure.reference.startswith((UPLOADED, PASTED)):
        # Never read a path of this machine because somebody gave it as the name of an upload.
        raise InvalidInput("Nothing of it was kept. Give it once more.")
    else:
        found = items_of_path(Path(failure.reference))
    return list(ingest_items(items=found, actor=actor, clock=lambda: now))


def _kept_item(reference: str, capture: Capture) -> Iterable[Item | Refused]:
    content = read_capture(capture)
    if capture.media_type in set(Kind):
        return [Item(content=content, kind=Kind(capture.media_type), reference=reference)]
    return items_of_bytes(content, reference=reference, media_type=None)


def _ingest_some(
    batch: Sequence[Item | Refused], *, actor: Actor, now: datetime
) -> Iterator[IngestResult]:
    """What became of each, in order; whole items are stored together."""
    stored = iter(
        ingest_batch(items=[i for i in batch if isinstance(i, Item)], actor=actor, now=now)
    )
    for item in batch:
        yield next(stored) if isinstance(item, Item) else _kept(item, actor=actor, now=now)


def _kept(refused: Refused, *, actor: Actor, now: datetime) -> IngestResult:
    return keep_failure(
        reference=refused.reference,
        reason=refused.reason,
        content=refused.content or None,
        media_type="application/octet-stream",
        actor=actor,
        now=now,
    )


class _HopelessFile:
    """Counts the failures at the beginning of one file of lines."""

    def __init__(self) -> None:
        self.file = ""
        self._failed = 0
        self._is_open = False

    def holds(self, reference: str) -> bool:
        return self._failed >= HOPELESS and _file_of(reference) == self.file

    def after(self, result: IngestResult) -> bool:
        """True when this was one failure too many."""
        file = _file_of(result.reference)
        if file != self.file:
            self.file, self._failed = file, 0
            self._is_open = bool(file)
        if not self._is_open:
            return False
        if result.outcome is not Outcome.FAILED:
            self._is_open = False
            return False
        self._failed += 1
        return self._failed == HOPELESS


def _file_of(reference: str) -> str:
    """The file of a line's reference "path:12"; "" for anything else."""
    file, _, number = reference.rpartition(":")
    return file if number.isdigit() else ""
