"""``manage.py train_extraction``: learn from annotated articles, write weights and a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.extraction.learned import WEIGHTS
from tracker.extraction.training.run import train


class Command(BaseCommand):
    """The same articles and the same extractor give the same files."""

    requires_system_checks: list[str] = []
    help = (
        "Learn from the annotated articles of the evaluation kit how sure each rule is and what "
        "makes an article relevant; write the weights and a report. Needs no database. To be run "
        "again whenever rules were added, renamed or improved. "
        "Example: python3 manage.py train_extraction ../shared/gold"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the annotated articles are, and where the weights go."""
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="the evaluation kit")
        parser.add_argument(
            "--learn", default="dev", metavar="NAME", help="the set to learn from (default dev)"
        )
        parser.add_argument(
            "--try",
            dest="try_on",
            default="more",
            metavar="NAME",
            help="the set to try on, counted for confidence afterwards (default more)",
        )
        parser.add_argument(
            "--into",
            type=Path,
            default=WEIGHTS,
            metavar="FOLDER",
            help="default: tracker/extraction/weights of this checkout",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Train, write, and print the report."""
        into: Path = options["into"]
        try:
            files = train(options["folder"], learn_from=options["learn"], try_on=options["try_on"])
            into.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (into / name).write_text(content, encoding="utf-8")
        except OSError as failure:
            raise CommandError(f"{failure.filename}: {failure.strerror}.") from failure
        self.stdout.write(files["report.md"])
