"""``manage.py verify_audit``: recompute the hash chain of the audit log."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.audit.selectors.chain import verify_chain


class Command(BaseCommand):
    """Prints one JSON object; exit status 1 where the chain does not hold."""

    help = (
        "Recompute the hash chain of the audit log and print what it finds as JSON. "
        "Example: python3 manage.py verify_audit --anchor 9f2c…"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One optional anchor: the last hash noted outside the database earlier."""
        parser.add_argument("--anchor", default="", help="a hash noted earlier that must be in it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify and report."""
        report = verify_chain(anchor=options["anchor"])
        self.stdout.write(
            json.dumps(
                {
                    "sealed": report.sealed,
                    "unsealed": report.unsealed,
                    "last_hash": report.last_hash,
                    "faults": list(report.faults),
                }
            )
        )
        if report.faults:
            raise CommandError(f"The audit log does not hold: {len(report.faults)} fault(s).")
