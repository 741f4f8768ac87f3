"""``manage.py import_sheet FILE --mapping NAME``: a team's table, by a mapping that is kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.accounts.models import Person
from tracker.core.errors import DomainError
from tracker.core.management.json_lines import progress_bar
from tracker.imports.choices import TAKEN, RowOutcome
from tracker.imports.selectors.judging import judge_rows
from tracker.imports.selectors.mappings import find_mapping
from tracker.imports.services.receive import receive_sheet
from tracker.imports.services.run import import_sheet

if TYPE_CHECKING:
    from tracker.imports.models import ImportedRow, SheetMapping
    from tracker.imports.selectors.judging import Judged


class Command(BaseCommand):
    """One JSON object per row on standard output, the summary on standard error.

    Exit status 0 only where no row was refused.
    """

    help = (
        "Import a team's table (CSV or .xlsx) as drafts and proposed claims, by a mapping that "
        "somebody kept on the page. Rows with the same number of the incident land on one draft. "
        "With --dry-run nothing is written. Prints a JSON object per row: {row, outcome, code, "
        "reason, record_id, incident_ref, with_row, incident}. Repeating it changes nothing. "
        "Example: python3 manage.py import_sheet cases.xlsx --mapping 'Delta cases' "
        "--by mara@example.org"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, how it is read, and who answers for it."""
        parser.add_argument("path", metavar="FILE", type=Path, help="a CSV file or a workbook")
        parser.add_argument("--mapping", required=True, metavar="NAME", help="how it is read")
        parser.add_argument("--by", metavar="EMAIL", help="the person whose drafts they are")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Try or import."""
        path: Path = options["path"]
        mapping = find_mapping(options["mapping"])
        if mapping is None:
            raise CommandError(f"Nobody kept a mapping “{options['mapping']}” on the page.")
        try:
            content = path.read_bytes()
        except OSError as failure:
            raise CommandError(f"{path} can't be read: {failure.strerror}.") from failure
        try:
            if options["dry_run"]:
                counts = self._try(content, mapping)
            else:
                counts = self._import(content, path.name, mapping, _person(options["by"]))
        except DomainError as failure:
            raise CommandError(str(failure)) from failure
        told = ", ".join(f"{counts[o]} {o.label}" for o in RowOutcome)
        self.stderr.write(f"{counts.total()} rows: {told}.")
        if not any(counts[outcome] for outcome in TAKEN):
            self.stderr.write("Nothing is new, so nothing changes.")
        if counts[RowOutcome.REFUSED]:
            raise CommandError("Some rows are refused; each says why.")

    def _try(self, content: bytes, mapping: SheetMapping) -> Counter[RowOutcome]:
        counts: Counter[RowOutcome] = Counter()
        for row in judge_rows(content, mapping, now=timezone.now()):
            counts[row.outcome] += 1
            self._tell(row, str(row.before.incident) if row.before else None)
        return counts

    def _import(
        self, content: bytes, name: str, mapping: SheetMapping, person: Person
    ) -> Counter[RowOutcome]:
        actor, now = person.as_actor(), timezone.now()
        with progress_bar(name) as progress:
            task = progress.add_task("", total=None)

            def tell(row: ImportedRow) -> None:
                progress.advance(task)
                incident = row.incident or (row.before.incident if row.before else None)
                self._tell(row, str(incident) if incident else None)

            capture = receive_sheet(content=content, file_name=name, actor=actor, now=now)
            imported = import_sheet(
                capture_id=capture.pk, mapping_id=mapping.pk, actor=actor, now=now, tell=tell
            )
        return imported.counts

    def _tell(self, row: Judged | ImportedRow, incident: str | None) -> None:
        said = {
            "row": row.number,
            "outcome": str(row.outcome),
            "code": row.refusal or None,
            "reason": row.reason or None,
            "record_id": row.record_id or None,
            "incident_ref": row.incident_ref or None,
            "with_row": row.joins,
            "incident": incident,
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False))


def _person(email: str | None) -> Person:
    if not email:
        raise CommandError("Say with --by whose drafts they are: somebody answers for an import.")
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody with the address {email} signs in here.")
    return person
