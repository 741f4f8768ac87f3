"""Checkpoints of the chain into a file that somebody carries off the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.audit.checkpoints import read_checkpoints, write_checkpoints
from tracker.audit.selectors.chain import list_checkpoints, verify_chain
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tracker.audit.selectors.chain import ChainReport
    from tracker.core.actor import Actor


class UnableToExport(DomainError):
    """The chain does not hold, so nothing is noted of it."""

    code = "unable_to_export"

    def __init__(self, report: ChainReport) -> None:
        super().__init__(f"{report.faults[0]} Nothing was written.")
        self.report = report


def export_checkpoints(*, path: Path, actor: Actor, now: datetime) -> ChainReport:
    """Verify the chain, against what ``path`` holds already, and write its checkpoints there.

    A chain that does not hold leaves the file as it was: it is the only witness. Raises
    InvalidInput where the file is none of checkpoints or can't be written, UnableToExport.
    """
    kept = read_checkpoints(path) if path.exists() else []
    report = verify_chain(kept=kept)
    if report.faults:
        raise UnableToExport(report)
    checkpoints = list(list_checkpoints())
    if not checkpoints:
        raise InvalidInput("Nothing is sealed yet, so there is nothing to note.")
    write_checkpoints(path, checkpoints)
    record_event(
        actor=actor,
        action="audit.export_checkpoints",
        now=now,
        changes={"last_link": checkpoints[-1].link},
    )
    return report
