"""``manage.py follow``: follow addresses, or everything that an OPML list names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.core.actor import machine
from tracker.core.errors import DomainError, InvalidInput
from tracker.sources.choices import FeedKind
from tracker.sources.services.feeds import FeedValues, add_feed
from tracker.sources.services.feeds_opml import LineOutcome, import_opml

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACTOR = machine("follow")
_REFUSED = LineOutcome.REFUSED.value


class Command(BaseCommand):
    """Prints a line of JSON for each address: what became of it, and why."""

    help = (
        "Follow feeds, news sitemaps, pages or drop folders; prints one line of JSON for each. "
        "Examples: python3 manage.py follow https://herald.example/rss --source 'Coast Herald'   "
        "python3 manage.py follow --opml feeds.opml"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Addresses, or a list of them."""
        parser.add_argument("address", nargs="*", help="what to follow")
        parser.add_argument(
            "--kind", choices=FeedKind.values, default=FeedKind.FEED.value, help="what they are"
        )
        parser.add_argument("--source", default="", help="the outlet of articles that name none")
        parser.add_argument("--language", default="", help="of articles whose text does not tell")
        parser.add_argument("--opml", type=Path, metavar="FILE", help="follow what a list names")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Follow each; one that is refused stops none of the others."""
        if bool(options["address"]) == bool(options["opml"]):
            raise CommandError("Give addresses to follow, or --opml with a list of them.")
        said = _list(options["opml"]) if options["opml"] else _addresses(options)
        refused = 0
        for line in said:
            refused += line["outcome"] == _REFUSED
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        if refused:
            raise CommandError(f"{refused} could not be followed; the lines above say why.")


def _addresses(options: dict[str, Any]) -> Iterator[dict[str, str]]:
    for address in options["address"]:
        values = FeedValues(
            kind=FeedKind(options["kind"]),
            address=address,
            title=address[:200],
            source=options["source"],
            language=options["language"],
        )
        outcome, reason = LineOutcome.ADDED.value, ""
        try:
            add_feed(values=values, actor=_ACTOR, now=timezone.now())
        except InvalidInput as refusal:
            outcome, reason = _REFUSED, str(refusal)
        yield {"address": address, "outcome": outcome, "reason": reason}


def _list(path: Path) -> Iterator[dict[str, str]]:
    try:
        results = import_opml(content=path.read_bytes(), actor=_ACTOR, now=timezone.now())
    except OSError as failure:
        raise CommandError(f"{path} can't be read: {failure.strerror}.") from failure
    except DomainError as failure:
        raise CommandError(str(failure)) from failure
    for result in results:
        yield {
            "address": result.line.address,
            "outcome": result.outcome.value,
            "reason": result.reason,
        }
