"""What commands share that answer JSON lines: each line alone, a bar, an honest exit status."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Iterable


class JsonLinesCommand(BaseCommand):
    """One line on standard output per readable line of a file; exit status 1 where one was not.

    ``what`` is one item of the file ("an article"), ``file_help`` says what the file must be.
    """

    requires_system_checks: list[str] = []
    what: ClassVar[str]
    file_help: ClassVar[str]
    #: What ``answer`` raises for a line that is no such item.
    unreadable: ClassVar[tuple[type[Exception], ...]] = (ValueError, RecursionError)

    @abstractmethod
    def answer(self, line: bytes) -> str | None:
        """The line to print, or None where it takes all lines. Raises one of ``unreadable``."""

    def conclude(self) -> Iterable[str]:
        """The lines to print when every line was read."""
        return ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("path", metavar="FILE", type=Path, help=self.file_help)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, answer, print."""
        path: Path = options["path"]
        unread = 0
        with _opened(path) as file, progress_bar(path.name) as progress:
            task = progress.add_task("", total=path.stat().st_size)
            # by lines of bytes: one that is no UTF-8 must not take the others along
            for number, line in enumerate(file, start=1):
                progress.advance(task, len(line))
                if not line.strip():
                    continue
                try:
                    answer = self.answer(line)
                    # half a character (a lone surrogate) can't be printed
                    (answer or "").encode("utf-8")
                except self.unreadable as failure:
                    unread += 1
                    self.stderr.write(f"{path}:{number}: not {self.what}: {_said(failure)}.")
                    continue
                if answer is not None:
                    self.stdout.write(answer)
            for answer in self.conclude():
                self.stdout.write(answer)
        if unread:
            raise CommandError(f"{unread} lines could not be read; the others are answered.")


def progress_bar(name: str) -> Progress:
    """A bar on a terminal; none where talk goes to a file."""
    console = Console(stderr=True)
    columns = (TextColumn(name), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as failure:
        raise CommandError(f"{path} can't be read: {failure.strerror}.") from failure


def _said(failure: Exception) -> str:
    return str(failure).rstrip(".") or type(failure).__name__
