"""Import a file: rows that are new become drafts with proposed claims, all or none of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError
from tracker.imports.choices import TAKEN, RowOutcome
from tracker.imports.models import ImportedRow, SheetImport
from tracker.imports.selectors.judging import ROWS_AT_A_TIME, judge_rows
from tracker.imports.selectors.mappings import get_mapping
from tracker.imports.services.made import make_rows
from tracker.imports.services.receive import file_name_of, get_file
from tracker.sources.services.capture_store import read_capture
from tracker.verification.selectors.closed import closed_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.imports.models import SheetMapping
    from tracker.imports.selectors.judging import Judged
    from tracker.sources.models import Capture


#: Shared, which Django can't ask for: imports of the next months don't wait for each other.
_SHARED = "SELECT id FROM imports_sheetimport WHERE id = ANY(%s) AND undone_at IS NULL FOR SHARE"


class UnableToImport(DomainError):
    """The file can't be imported now."""

    code = "unable_to_import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``batch`` None = no row was new, and nothing changed."""

    batch: SheetImport | None
    counts: Counter[RowOutcome]


def try_sheet(*, capture_id: int, mapping_id: int, actor: Actor, now: datetime) -> Iterator[Judged]:
    """What would become of each row; nothing is written.

    Of an incident that is closed to the actor, who codes an article blind, no row says anything.
    Raises NotAllowed, NotFound, SheetUnreadable, CaptureUnreadable.
    """
    require_right(actor, Right.IMPORT_SHEETS)
    content = read_capture(get_file(capture_id))
    closed = closed_to(actor).incidents
    rows = judge_rows(content, get_mapping(mapping_id), now=now)
    return (
        _silent(row) if row.before and row.before.incident_id in closed else row for row in rows
    )


def _silent(row: Judged) -> Judged:
    return replace(row, before=None, reason="It is about an incident that is closed to you now.")


def import_sheet(
    *,
    capture_id: int,
    mapping_id: int,
    actor: Actor,
    now: datetime,
    most: int | None = None,
    tell: Callable[[ImportedRow], None] | None = None,
) -> Imported:
    """Make a passage and proposals of every row that is new, a draft of every incident, and keep
    each row's result.

    Where no row is new nothing is written. ``tell`` is called with each result. Raises NotAllowed,
    NotFound, SheetUnreadable, CaptureUnreadable, UnableToImport where more than ``most`` rows are
    new, or somebody imports the same rows, or undoes what they join, at the same moment.
    """
    require_right(actor, Right.IMPORT_SHEETS)
    capture, mapping = get_file(capture_id), get_mapping(mapping_id)
    rows = judge_rows(read_capture(capture), mapping, now=now)
    try:
        with transaction.atomic():
            return _import(rows, capture, mapping, actor=actor, now=now, most=most, tell=tell)
    except _NothingNew as nothing:
        return Imported(None, nothing.counts)
    except IntegrityError as failure:
        raise UnableToImport(
            "Somebody imported some of these rows at the same moment. Try the file once more."
        ) from failure


class _NothingNew(Exception):
    """Takes the transaction back."""

    def __init__(self, counts: Counter[RowOutcome]) -> None:
        super().__init__()
        self.counts = counts


def _import(
    rows: Iterator[Judged],
    capture: Capture,
    mapping: SheetMapping,
    *,
    actor: Actor,
    now: datetime,
    most: int | None,
    tell: Callable[[ImportedRow], None] | None,
) -> Imported:
    batch = SheetImport.objects.create(
        capture=capture,
        file_name=file_name_of(capture),
        mapping=mapping,
        by_id=actor.person_id,
        at=now,
    )
    counts: Counter[RowOutcome] = Counter()
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        counts.update(row.outcome for row in some)
        if most is not None and _new(counts) > most:
            raise UnableToImport(
                f"More than {most:,} rows are new, which is too many for a page. Split the file, "
                "or have it imported with the command import_sheet."
            )
        _hold_earlier(some)
        kept = make_rows(batch, some, actor=actor, now=now)
        for row in kept if tell else ():
            tell(row)  # type: ignore[misc]  # it is one: none is asked above
    if not _new(counts):
        raise _NothingNew(counts)
    record_event(
        actor=actor,
        action="sheet.import",
        target=batch,
        now=now,
        changes={
            "capture": capture.pk,
            "mapping": mapping.pk,
            **{outcome.value.lower(): counts[outcome] for outcome in RowOutcome},
        },
    )
    return Imported(batch, counts)


def _new(counts: Counter[RowOutcome]) -> int:
    return sum(counts[outcome] for outcome in TAKEN)


def _hold_earlier(rows: Sequence[Judged]) -> None:
    """Keep the imports whose incidents these rows join from being undone until this one is in."""
    earlier = {r.before.batch_id for r in rows if r.before and r.outcome is RowOutcome.JOINED}
    if not earlier:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [sorted(earlier)])
        held = {batch_id for (batch_id,) in cursor.fetchall()}
    if held != earlier:
        raise UnableToImport(
            "An earlier import of this table was undone at the same moment. Try the file once more."
        )
