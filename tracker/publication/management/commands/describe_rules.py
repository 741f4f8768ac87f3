"""``manage.py describe_rules``: the method in words, made from the rules themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.publication.method import methodology

PAGE = Path(__file__).resolve().parents[4] / "docs" / "methodology.md"


class Command(BaseCommand):
    """Writes the page, or says whether it is what the rules say."""

    requires_system_checks: list[str] = []
    help = (
        "Write docs/methodology.md from the words that stand beside each rule and from the tables "
        "the rules read, with their version. With --check write nothing and end with status 1 "
        "where the page is not what they say. Needs no database. "
        "Example: python3 manage.py describe_rules --check"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether only to look."""
        parser.add_argument("--check", action="store_true", help="write nothing, compare")
        parser.add_argument(
            "--to", type=Path, default=PAGE, metavar="FILE", help="default docs/methodology.md"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare."""
        path: Path = options["to"]
        page = methodology()
        if not options["check"]:
            path.write_text(page, encoding="utf-8")
            self.stderr.write(f"{path.name} is written.")
        elif not path.exists() or path.read_text(encoding="utf-8") != page:
            raise CommandError(
                f"{path.name} is not what the rules say; run python3 manage.py describe_rules."
            )
