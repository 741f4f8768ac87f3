"""``manage.py export_warc FILE``: captures as a web archive."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.core.actor import machine
from tracker.core.errors import DomainError
from tracker.core.management.json_lines import progress_bar
from tracker.sources.selectors.captures import select_captures
from tracker.sources.services.export_warc import Exported, export_warc

ACTOR = machine("export_warc")
_AT_ONCE = 200


class Command(BaseCommand):
    """One line of JSON per capture; exit status 1 where one of them is not in the archive."""

    help = (
        "Write captures to a WARC file: for each the request, the answer and a metadata record, "
        "and what was typed or uploaded as a resource. The file is read back before it is there, "
        "and each capture's custody log notes the export with its reason. Example: python3 "
        'manage.py export_warc court.warc.gz --article 12 --article 15 --reason "Request 4/26"'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the selection, the reason."""
        parser.add_argument("path", metavar="FILE", type=Path, help="ends in .warc or .warc.gz")
        parser.add_argument("--capture", type=int, action="append", default=[], metavar="ID")
        parser.add_argument("--article", type=int, action="append", default=[], metavar="ID")
        parser.add_argument("--source", default="", metavar="NAME", help="the outlet's name")
        parser.add_argument("--since", type=_day, metavar="DAY", help="received on or after it")
        parser.add_argument("--until", type=_day, metavar="DAY", help="received on or before it")
        parser.add_argument("--all", action="store_true", help="every capture there is")
        parser.add_argument("--reason", required=True, help="why; the custody log keeps it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Select, write, tell."""
        chosen = {
            "capture_ids": options["capture"],
            "article_ids": options["article"],
            "outlet": options["source"],
            "since": options["since"],
            "until": options["until"],
        }
        if options["all"] == any(chosen.values()):
            raise CommandError("Say which captures (--capture, --article, --source, …), or --all.")
        captures = select_captures(**chosen)
        total = captures.count()
        if not total:
            raise CommandError("No capture fits; there is nothing to export.")
        rows = captures.select_related("timestamp").prefetch_related("retrievals")
        with progress_bar("captures") as bar:
            task = bar.add_task("", total=total)

            def tell(exported: Exported) -> None:
                bar.advance(task)
                self.stdout.write(_line(exported))

            try:
                written = export_warc(
                    captures=rows.iterator(chunk_size=_AT_ONCE),
                    path=options["path"],
                    reason=options["reason"],
                    actor=ACTOR,
                    clock=timezone.now,
                    tell=tell,
                )
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stderr.write(f"{written} of {total} captures are in {options['path']}.")
        if written < total:
            raise CommandError("Not every capture could be exported; the lines above say why.")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _line(exported: Exported) -> str:
    return json.dumps(
        {
            "capture": exported.capture.pk,
            "sha256": exported.capture.sha256,
            "exported": not exported.reason,
            "reason": exported.reason,
        }
    )
