"""Re-hash what is kept, the longest unchecked first; damage is said so that people see it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.sources.choices import DAMAGED, CheckOutcome, CustodyKind, DisposalState
from tracker.sources.models import Capture, CaptureCheck, Disposal
from tracker.sources.services.capture_files import (
    UnableToStore,
    digest_on_disk,
    path_of,
    remove_bytes,
)
from tracker.sources.services.capture_store import disposal_of
from tracker.sources.services.custody import record_custody_lines
from tracker.watching.choices import AlarmKind
from tracker.watching.services.alarms import clear_alarm, raise_alarm

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from tracker.core.actor import Actor

VERIFIER = machine("verify_captures")
BATCH = 100
#: How old a check may grow before the schedule repeats it.
RECHECK_AFTER = timedelta(days=30)
#: Seconds that one scheduled run works at most; a batch of large files may take longer.
LONGEST_RUN = 5.0
ALARM = "captures-damaged"
_WORDS = {
    CheckOutcome.CHANGED: "The stored bytes are not those that were received.",
    CheckOutcome.MISSING: "The stored bytes are missing or can't be read.",
}
_FOUND = tuple(outcome for outcome in CheckOutcome if outcome is not CheckOutcome.RECEIVED)
_CAME_BACK = "The bytes were found again after their disposal and were deleted once more."


@dataclass(frozen=True, slots=True)
class Checked:
    """One capture and what re-hashing found; ``came_back`` = disposed bytes were there again."""

    capture: Capture
    outcome: CheckOutcome
    came_back: bool = False


def verify_all(
    *, clock: Callable[[], datetime], actor: Actor = VERIFIER
) -> Iterator[list[Checked]]:
    """Every capture once, in batches; sets or clears the alarm at the end."""
    began = clock()
    while batch := _due(before=began):
        yield check_captures(captures=batch, now=clock(), actor=actor)
    report_damage(now=clock())


def verify_some(*, clock: Callable[[], datetime], seconds: float = LONGEST_RUN) -> int:
    """What one run of the schedule can do: what was damaged, then the longest unchecked."""
    began = time.monotonic()
    broken = Capture.objects.filter(last_check__outcome__in=DAMAGED)
    batch = list(broken.order_by("last_check__checked_at")[:BATCH])
    batch = batch or _due(before=clock() - RECHECK_AFTER)
    done = 0
    while batch:
        done += len(check_captures(captures=batch, now=clock()))
        if time.monotonic() - began > seconds:
            break
        batch = _due(before=clock() - RECHECK_AFTER)
    if done:
        report_damage(now=clock())
    return done


def check_captures(
    *, captures: Sequence[Capture], now: datetime, actor: Actor = VERIFIER
) -> list[Checked]:
    """Re-hash these and note what was found, in the custody log too.

    Damage that is known already is not noted again.
    """
    gone = set(
        Disposal.objects.filter(capture__in=captures, state=DisposalState.DONE).values_list(
            "capture_id", flat=True
        )
    )
    checked = [_look(capture, gone) for capture in captures]
    with transaction.atomic():
        known = dict(
            CaptureCheck.objects.filter(capture__in=captures).values_list("capture_id", "outcome")
        )
        CaptureCheck.objects.bulk_create(
            [CaptureCheck(capture=c.capture, checked_at=now, outcome=c.outcome) for c in checked],
            update_conflicts=True,
            unique_fields=["capture"],
            update_fields=["checked_at", "outcome"],
        )
        record_custody_lines(lines=list(_lines(checked, known)), actor=actor, now=now)
        counts = Counter(c.outcome for c in checked)
        record_event(
            actor=actor,
            action="capture.verify",
            now=now,
            changes={outcome.value.lower(): counts[outcome] for outcome in _FOUND},
        )
    return checked


def report_damage(*, now: datetime) -> int:
    """Raise the alarm that people see while any capture is damaged, or clear it."""
    damaged = CaptureCheck.objects.filter(outcome__in=DAMAGED).count()
    if not damaged:
        clear_alarm(key=ALARM, now=now)
        return 0
    what = "1 capture is" if damaged == 1 else f"{damaged} captures are"
    raise_alarm(
        key=ALARM,
        kind=AlarmKind.CAPTURE_DAMAGED,
        sentence=f"{what} damaged or missing in the store. Bring the files back from a backup.",
        now=now,
    )
    return damaged


def _due(*, before: datetime) -> list[Capture]:
    """The next batch of those last hashed before that, the longest ago first."""
    old = Capture.objects.filter(last_check__checked_at__lt=before)
    return list(old.order_by("last_check__checked_at", "last_check__capture_id")[:BATCH])


def _look(capture: Capture, gone: Collection[int]) -> Checked:
    if capture.pk in gone:
        came_back = path_of(capture.sha256).exists()
        try:
            remove_bytes(capture.sha256)
        except UnableToStore:  # what must be gone is there and stays: people must hear of it
            return Checked(capture, CheckOutcome.CHANGED)
        return Checked(capture, CheckOutcome.DISPOSED, came_back)
    try:
        found = digest_on_disk(capture.sha256)
    except OSError:
        is_disposed = disposal_of(capture) is not None
        return Checked(capture, CheckOutcome.DISPOSED if is_disposed else CheckOutcome.MISSING)
    is_same = found == capture.sha256
    return Checked(capture, CheckOutcome.INTACT if is_same else CheckOutcome.CHANGED)


def _lines(
    checked: Sequence[Checked], known: dict[int, str]
) -> Iterator[tuple[int, CustodyKind, str]]:
    for one in checked:
        if one.outcome is CheckOutcome.INTACT:
            yield one.capture.pk, CustodyKind.VERIFIED, ""
        elif one.came_back:
            yield one.capture.pk, CustodyKind.DISPOSED, _CAME_BACK
        elif one.outcome in DAMAGED and known.get(one.capture.pk) != one.outcome:
            yield one.capture.pk, CustodyKind.DAMAGED, _WORDS[one.outcome]
