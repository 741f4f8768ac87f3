"""Walk the chain and say where it breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import F, Max, Q

from tracker.audit.checkpoints import Checkpoint
from tracker.audit.models import AuditEvent, AuditSeal
from tracker.audit.rules import FIRST_HASH, link_hash
from tracker.audit.services.seal import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: So many faults are told, the first ones; a chain written anew has one for every link.
TOLD = 20
#: Every so many links one is noted, and the last.
EVERY = 1000


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verification found; ``faults`` is empty where the chain holds.

    The faults are the first ones in the order of the chain; ``further`` says how many there are
    beside them.
    """

    sealed: int
    unsealed: int
    last_hash: str
    faults: tuple[str, ...]
    further: int = 0


@dataclass(slots=True)
class _Faults:
    """Those that are told, and how many are not."""

    told: list[str] = field(default_factory=list)
    further: int = 0

    def add(self, words: str) -> None:
        """Tell it, or count it."""
        if len(self.told) < TOLD:
            self.told.append(words)
        else:
            self.further += 1


def verify_chain(*, anchor: str = "", kept: Iterable[Checkpoint] = ()) -> ChainReport:
    """Recompute every link. A cut tail, or a chain that was computed anew, shows only against what
    was kept outside the database: ``kept`` checkpoints, or ``anchor``, an earlier last hash.
    """
    faults = _Faults()
    noted = _Noted(kept)
    previous, number = FIRST_HASH, 0
    seals = AuditSeal.objects.select_related("event").order_by("number")
    for seal in seals.iterator(chunk_size=2000):
        number += 1
        if seal.number != number:
            faults.add(f"Link {number} is missing; the chain goes on with {seal.number}.")
            number = seal.number
        if seal.previous_hash != previous:
            faults.add(f"Link {seal.number} does not continue the one before it.")
        if (
            link_hash(
                number=seal.number, previous_hash=seal.previous_hash, line=line_of(seal.event)
            )
            != seal.hash
        ):
            faults.add(f"Link {seal.number}: line {seal.event_id} is not what was sealed.")
        if (words := noted.compare(seal)) is not None:
            faults.add(words)
        previous = seal.hash
    if (words := noted.beyond(number)) is not None:
        faults.add(words)
    if anchor and not AuditSeal.objects.filter(hash=anchor).exists():
        faults.add("The anchor is not in the chain: its tail was cut or rewritten.")
    return ChainReport(
        sealed=AuditSeal.objects.count(),
        unsealed=AuditEvent.objects.filter(seal__isnull=True).count(),
        last_hash=previous,
        faults=tuple(faults.told),
        further=faults.further,
    )


class _Noted:
    """Checkpoints beside the chain, as it is walked."""

    def __init__(self, kept: Iterable[Checkpoint]) -> None:
        self._kept = sorted(kept, key=lambda one: one.link)
        self._by_link: dict[int, list[Checkpoint]] = {}
        for one in self._kept:
            self._by_link.setdefault(one.link, []).append(one)
        self._agreed = 0
        self._is_told = False

    def compare(self, seal: AuditSeal) -> str | None:
        """The sentence of the first link that is not what was noted; those after it follow."""
        others = [one for one in self._by_link.get(seal.number, []) if one.hash != seal.hash]
        if seal.number in self._by_link and not others:
            self._agreed = seal.number
        if not others or self._is_told:
            return None
        self._is_told = True
        return (
            f"Link {seal.number} is not the one that was noted, sealed {others[0].sealed_at}: "
            f"the chain was written anew from a link between {self._agreed + 1} and {seal.number}."
        )

    def beyond(self, last: int) -> str | None:
        """The sentence of a tail that was cut."""
        if not self._kept or self._kept[-1].link <= last:
            return None
        end = self._kept[-1]
        return (
            f"Link {last + 1} is missing: the chain ends with {last}, and {end.link}, sealed "
            f"{end.sealed_at}, was noted; its tail was cut."
        )


def list_checkpoints() -> Iterator[Checkpoint]:
    """Every thousandth link and the last."""
    last = AuditSeal.objects.aggregate(last=Max("number"))["last"] or 0
    seals = AuditSeal.objects.annotate(rest=F("number") % EVERY).filter(
        Q(rest=0) | Q(number=last), number__lte=last
    )
    for seal in seals.order_by("number").iterator(chunk_size=2000):
        yield Checkpoint(seal.number, seal.hash, seal.sealed_at.isoformat())


def list_events_of(*, target_type: str, target_id: int) -> list[AuditEvent]:
    """The history of one record, latest first, with the reasons that still exist."""
    return list(
        AuditEvent.objects.filter(target_type=target_type, target_id=target_id)
        .select_related("reason")
        .order_by("-id")
    )
