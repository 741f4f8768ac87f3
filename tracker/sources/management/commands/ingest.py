"""``manage.py ingest PATH…``: files and folders into the tracker."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from tracker.core.actor import machine
from tracker.core.errors import DomainError, InvalidInput
from tracker.sources.selectors.pipeline import list_ingest_failures
from tracker.sources.services.ingest import IngestResult, Outcome, ingest_path, retry_failure

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTOR = machine("ingest")
_SHOW_AFTER = 1.0


class Command(BaseCommand):
    """One line per item on standard output, the summary on standard error.

    Exit status 0 only where every item is in the tracker.
    """

    help = (
        "Store articles: plain text (.txt), pages (.html), documents (.pdf), JSON lines (.jsonl), "
        "web archives (.warc, .warc.gz) and folders of them. A line is {id, source, published, "
        "title, text} or {url, html}; of an archive every page is stored. "
        "Repeating it changes nothing. "
        "Example: python3 manage.py ingest articles/ more.jsonl"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Paths, or one of the two ways to deal with what failed before."""
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or a folder")
        parser.add_argument("--failed", action="store_true", help="list what failed and still does")
        parser.add_argument("--retry", action="store_true", help="try again what failed")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Store, list or retry."""
        if [bool(options["paths"]), options["failed"], options["retry"]].count(True) != 1:
            raise CommandError("Give paths to store, or --failed, or --retry.")
        if options["failed"]:
            self._list_failures()
            return
        results = _retried() if options["retry"] else _stored(options["paths"])
        try:
            counts = self._report(results)
        except DomainError as failure:
            raise CommandError(str(failure)) from failure
        except (OperationalError, InterfaceError) as failure:
            raise CommandError(
                "The database went away. Run the same command again: it goes on where it stopped."
            ) from failure
        self.stderr.write(_summary(counts))
        if counts[Outcome.FAILED]:
            raise CommandError("Not everything worked; `ingest --failed` lists what did not.")

    def _report(self, results: Iterator[IngestResult]) -> Counter[Outcome]:
        counts: Counter[Outcome] = Counter()
        with _Bar(lines_are_seen=self.stdout.isatty()) as bar:
            for result in results:
                counts[result.outcome] += 1
                bar.advance()
                self.stdout.write(_line(result))
        return counts

    def _list_failures(self) -> None:
        for failure in list_ingest_failures().iterator():
            often = "once" if failure.attempts == 1 else f"{failure.attempts} times"
            self.stdout.write(
                f"failed  {failure.reference}  {failure.reason} "
                f"(tried {often}, last {failure.last_tried_at:%Y-%m-%d %H:%M})"
            )


def _stored(paths: list[str]) -> Iterator[IngestResult]:
    for path in paths:
        yield from ingest_path(path=Path(path), actor=ACTOR, clock=timezone.now)


def _retried() -> Iterator[IngestResult]:
    for failure_id, reference in list(list_ingest_failures().values_list("pk", "reference")):
        try:
            yield from retry_failure(failure_id=failure_id, actor=ACTOR, now=timezone.now())
        except InvalidInput as refusal:
            yield IngestResult(reference, Outcome.FAILED, str(refusal), None)


def _line(result: IngestResult) -> str:
    said = f"article {result.article_id}" if result.article_id else ""
    detail = ", ".join(part for part in (said, result.reason) if part)
    reference = "".join(c if c.isprintable() else "\ufffd" for c in result.reference)
    return f"{result.outcome.value}  {reference}  {detail}"


def _summary(counts: Counter[Outcome]) -> str:
    if not counts:
        return "There was nothing to store."
    said = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome])
    if set(counts) == {Outcome.SAME}:
        return f"Nothing changed: {said}."
    return f"{sum(counts.values())} items: {said}."


class _Bar:
    """A bar on a terminal once it takes longer than a second.

    Silent where the lines of the report themselves scroll over that terminal.
    """

    def __init__(self, *, lines_are_seen: bool) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.completed} items"),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._is_wanted = console.is_terminal and not lines_are_seen
        self._started = time.monotonic()
        self._task: TaskID | None = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def advance(self) -> None:
        """Count one item."""
        if not self._is_wanted or time.monotonic() - self._started < _SHOW_AFTER:
            return
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task("", total=None)
        self._progress.advance(self._task)
