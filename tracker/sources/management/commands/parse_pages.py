"""``manage.py parse_pages FOLDER``: the text of saved pages as JSON lines, without a database."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.core.management.json_lines import progress_bar
from tracker.sources.parsing.markup import tree_of
from tracker.sources.parsing.page import decode_page, text_of
from tracker.sources.parsing.page_data import data_of
from tracker.sources.parsing.page_kind import require_article
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.rules.marks import without_marks
from tracker.sources.rules.marks_tails import tail_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")


class Command(BaseCommand):
    """One line on standard output per page; exit status 1 where a file could not be read."""

    help = (
        "Print {id, text} for each saved page (.html, also .html.gz) of a folder: the body as the "
        "tracker reads it, furniture left out. A page that would be refused as an article also "
        "has a field refusal. Needs no database. "
        "Example: python3 manage.py parse_pages pages/ > texts.jsonl"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, help="a folder of saved pages")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read and print."""
        folder: Path = options["folder"]
        pages = list(_pages(folder))
        unread = 0
        with progress_bar(folder.name) as progress:
            for path in progress.track(pages):
                try:
                    answer = _answer(path)
                except (OSError, EOFError, zlib.error, Unreadable) as failure:
                    unread += 1
                    self.stderr.write(f"{path}: {failure}")
                    continue
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if unread:
            raise CommandError(f"{unread} pages could not be read; the others are printed.")


def _pages(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as failure:
        raise CommandError(f"{folder} can't be read: {failure.strerror}.") from failure
    return (path for path in entries if path.name.lower().endswith(_PAGES))


def _answer(path: Path) -> dict[str, str]:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    tree = tree_of(decode_page(content, charset=""))
    text = text_of(tree)
    answer = {"id": path.name.partition(".")[0], "text": without_marks(text, tail_marks(text))}
    try:
        require_article(tree, text, data_of(tree, url=""))
    except Unreadable as refusal:
        answer["refusal"] = str(refusal)
    return answer
