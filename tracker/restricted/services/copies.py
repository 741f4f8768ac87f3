"""A copy of the keys in another folder: brought up to date, so that shredding reaches it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.audit.services.record import record_event
from tracker.restricted.models import PrivatePerson
from tracker.restricted.services.keys import (
    KEY_BYTES,
    UnableToReachKeys,
    erase,
    key_folder,
    path_of,
    write_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tracker.core.actor import Actor


@dataclass(slots=True)
class Mirrored:
    """``missing`` are records that nobody shredded and whose key is in neither folder."""

    copied: int = 0
    kept: int = 0
    erased: int = 0
    missing: int = 0


def mirror_keys(
    *, folder: Path, back: bool, actor: Actor, now: datetime
) -> Iterator[tuple[int, Mirrored]]:
    """Copy what ``folder`` lacks and erase from it the keys of shredded records, step by step.

    ``back`` copies the other way: what the tracker's own folder lacks comes from ``folder``. A key
    is erased only where a tombstone stands, never because it is absent on the other side. Yields
    how many records were looked at and the counts so far. Raises UnableToReachKeys.
    """
    own = key_folder()
    if not folder.is_dir():
        raise UnableToReachKeys(f"There is no folder {folder} to copy the keys to or from.")
    if own.resolve() == folder.resolve():
        raise UnableToReachKeys("That is the folder of the keys itself; name another one.")
    counts = Mirrored()
    source, target = (folder, own) if back else (own, folder)
    rows = PrivatePerson.objects.order_by("id").values_list("key_name", "shredded_at")
    try:
        for number, (name, shredded_at) in enumerate(rows.iterator(), start=1):
            if shredded_at is not None:
                gone = [erase(path_of(name, side)) for side in (own, folder)]
                counts.erased += any(gone)
            else:
                _copy(name, source, target, counts)
            yield number, counts
    except OSError as failure:
        raise UnableToReachKeys(f"A key can't be copied: {failure.strerror}.") from failure
    record_event(
        actor=actor,
        action="restricted.mirror_keys",
        target_type=PrivatePerson._meta.label_lower,  # noqa: SLF001  # Django's documented API
        now=now,
        changes={"back": back, "copied": counts.copied, "erased": counts.erased},
    )


def _copy(name: str, source: Path, target: Path, counts: Mirrored) -> None:
    goal = path_of(name, target)
    if goal.exists():
        counts.kept += 1
        return
    origin = path_of(name, source)
    if not origin.exists():
        counts.missing += 1
        return
    key = origin.read_bytes()
    if len(key) != KEY_BYTES:
        counts.missing += 1
        return
    write_key(goal, key)
    counts.copied += 1
