"""``manage.py assess``: the published rules on scenarios given as JSON, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tracker.incidents.rules.assessment import assess
from tracker.incidents.rules.reading import as_json, read_scenario


class Command(BaseCommand):
    """One line on standard output per readable scenario; exit status 1 where a line was not."""

    help = (
        "Compute ranges, exclusions, grade, strike status, positions and reviewer tasks for "
        "scenarios given as JSON lines. Needs no database and runs the rules of the product. "
        "Example: python3 manage.py assess scenarios.jsonl > answers.jsonl"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("scenarios", type=Path, help="a JSONL file, one scenario a line")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, assess, print."""
        path: Path = options["scenarios"]
        unread = 0
        with self._opened(path) as file, self._progress(path) as progress:
            task = progress.add_task("", total=path.stat().st_size)
            # by lines of bytes: one that is no UTF-8 must not take the others along
            for number, line in enumerate(file, start=1):
                progress.advance(task, len(line))
                if not line.strip():
                    continue
                try:
                    answer = _answer(line)
                except (ValueError, RecursionError) as failure:
                    unread += 1
                    self.stderr.write(f"{path}:{number}: not a scenario: {failure}.")
                    continue
                self.stdout.write(answer)
        if unread:
            raise CommandError(f"{unread} lines could not be read; the others are answered.")

    def _opened(self, path: Path) -> BinaryIO:
        try:
            return path.open("rb")
        except OSError as failure:
            raise CommandError(f"{path} can't be read: {failure.strerror}.") from failure

    def _progress(self, path: Path) -> Progress:
        """A bar on a terminal; none where talk goes to a file."""
        console = Console(stderr=True)
        columns = (TextColumn(path.name), BarColumn(), TimeElapsedColumn())
        return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _answer(line: bytes) -> str:
    data = json.loads(line.decode("utf-8"))
    answer = as_json(assess(read_scenario(data)))
    printed = json.dumps({"id": data["id"], **answer}, ensure_ascii=False)
    printed.encode("utf-8")  # half a character (a lone surrogate) can't be printed: ValueError
    return printed
