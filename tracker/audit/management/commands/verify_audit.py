"""``manage.py verify_audit``: recompute the hash chain of the audit log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.audit.checkpoints import read_checkpoints
from tracker.audit.selectors.chain import verify_chain
from tracker.audit.services.export_checkpoints import UnableToExport, export_checkpoints
from tracker.core.actor import machine
from tracker.core.errors import DomainError

if TYPE_CHECKING:
    from tracker.audit.selectors.chain import ChainReport


class Command(BaseCommand):
    """Prints one JSON object; exit status 1 where the chain does not hold."""

    help = (
        "Recompute the hash chain of the audit log and print what it finds as JSON, first faults "
        "first. With --export, note its checkpoints in a file to be kept off the machine; with "
        "--against, compare it with such a file: a cut tail, or a chain computed anew, shows only "
        "there. Example: python3 manage.py verify_audit --against /media/stick/checkpoints.jsonl"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What is kept outside the database, if anything."""
        kept = parser.add_mutually_exclusive_group()
        kept.add_argument("--anchor", default="", help="a hash noted earlier that must be in it")
        kept.add_argument(
            "--against", type=Path, metavar="FILE", help="checkpoints noted earlier that must hold"
        )
        kept.add_argument(
            "--export",
            type=Path,
            metavar="FILE",
            help="where to note checkpoints; those the file holds are compared first",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify and report."""
        try:
            report = _verified(**{name: options[name] for name in ("anchor", "against", "export")})
        except DomainError as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(
            json.dumps(
                {
                    "sealed": report.sealed,
                    "unsealed": report.unsealed,
                    "last_hash": report.last_hash,
                    "faults": list(report.faults),
                    "further_faults": report.further,
                }
            )
        )
        if report.faults:
            number = len(report.faults) + report.further
            raise CommandError(f"The audit log does not hold: {number} fault(s).")


def _verified(*, anchor: str, against: Path | None, export: Path | None) -> ChainReport:
    if export is None:
        kept = read_checkpoints(against) if against is not None else ()
        return verify_chain(anchor=anchor, kept=kept)
    try:
        return export_checkpoints(path=export, actor=machine("verify_audit"), now=timezone.now())
    except UnableToExport as failure:
        return failure.report
