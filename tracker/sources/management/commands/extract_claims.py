"""``manage.py extract_claims``: what the extractor proposes, as JSON lines, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tracker.extraction import ProposedClaim, extract

_STATUS = {"CIVILIAN": "civilian", "COMBATANT": "combatant", "MIXED": "mixed"}
_HARM = {"KILLED": "killed", "INJURED": "injured"}


class Command(BaseCommand):
    """One line on standard output per readable article; exit status 1 where a line was not."""

    help = (
        "Print the claims proposed for each article of a JSONL file ({id, source, published, "
        "title, text} a line) as {id, relevance, claims} a line. Needs no database. "
        "Example: python3 manage.py extract_claims articles.jsonl > claims.jsonl"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("articles", type=Path, help="a JSONL file of articles")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, propose, print."""
        path: Path = options["articles"]
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
                except (ValueError, KeyError, TypeError, RecursionError) as failure:
                    unread += 1
                    self.stderr.write(f"{path}:{number}: not an article: {type(failure).__name__}.")
                    continue
                self.stdout.write(answer)
        if unread:
            raise CommandError(f"{unread} lines could not be read; the others are printed.")

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
    article = json.loads(line.decode("utf-8"))
    title, text = article["title"], article["text"]
    if not isinstance(title, str) or not isinstance(text, str):
        raise TypeError
    found = extract(title=title, text=text)
    answer = {
        "id": str(article["id"]),
        "relevance": found.relevance,
        "claims": [_claim(text, claim) for claim in found.claims if claim.outcome in _HARM],
    }
    printed = json.dumps(answer, ensure_ascii=False)
    printed.encode("utf-8")  # half a character (a lone surrogate) can't be printed: ValueError
    return printed


def _claim(text: str, claim: ProposedClaim) -> dict[str, Any]:
    return {
        "harm": _HARM[claim.outcome],
        "min": claim.minimum,
        "max": claim.maximum,
        "status": _STATUS.get(claim.subject_status, "unspecified"),
        "children": claim.children_min,
        "women": claim.women_min,
        "scope": claim.scope.lower(),
        "speaker": claim.speaker_text or None,
        "actor": None,
        "method": None,
        "place": None,
        "date": None,
        "quote": text[claim.start : claim.end],
    }
