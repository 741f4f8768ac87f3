"""``manage.py explain_claims``: one article with every decision of the extractor, in colour."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tracker.extraction import read_positions
from tracker.extraction.articles import UNREADABLE, Article, article_of, read
from tracker.extraction.confidence import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.extraction import Extraction, ProposedClaim
    from tracker.extraction.model import Evidence

#: How the words are marked that a field rests on; what stands later is painted over the earlier.
_STYLES = {
    "status": "yellow",
    "scope": "dim underline",
    "speaker": "magenta",
    "actor": "bold blue",
    "method": "blue",
    "place": "green",
    "day": "cyan",
    "figure": "bold white on red",
}
#: Signs that move a terminal's cursor or turn its writing around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LIKELY, _UNSURE = 0.85, 0.6


class Command(BaseCommand):
    """Relevance with its reasons, the marked text, and each claim field by field."""

    requires_system_checks: list[str] = []
    help = (
        "Print an article with every decision of the extractor. It shows how likely the article "
        "reports harm to civilians and why, the text with the words each field rests on, and for "
        "each claim every field with its value, the rule that set it and how sure it is. "
        "ARTICLE is a file of plain text or one line of JSONL "
        "({id, source, published, title, text}). Needs no database. "
        "Example: python3 manage.py explain_claims article.txt"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The article."""
        parser.add_argument("path", metavar="ARTICLE", type=Path, help="a file with one article")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read and print."""
        article = _article(options["path"])
        found = read(article)
        console = Console(
            file=self.stdout,  # type: ignore[arg-type]  # writes like a file
            no_color=options["no_color"],
            force_terminal=True if options["force_color"] else None,
            highlight=False,
        )
        if article.title:
            console.print(Text(_printable(article.title), style="bold"))
        console.print(_relevance(found))
        console.print(Text("Marks: ").append_text(_legend()))
        console.print()
        console.print(_marked(article.text, found.claims))
        for number, claim in enumerate(found.claims, start=1):
            console.print()
            console.print(_decisions(number, article.text, claim))
        said_by_parties = read_positions(
            text=article.text, published=article.published, outlet=article.outlet
        )
        for position in said_by_parties:
            axes = f"act {position.act or '-'}, harm {position.harm or '-'}"
            said = f"{position.party}: {axes}, responsibility {position.responsibility or '-'}"
            console.print(Text(_printable(f"\nPosition of {said} ({position.evidence.rule})")))


def _article(path: Path) -> Article:
    try:
        content = path.read_bytes()
    except OSError as failure:
        raise CommandError(f"{path} can't be read: {failure.strerror}.") from failure
    if content.lstrip().startswith(b"{"):
        try:
            return article_of(content)
        except UNREADABLE as failure:
            raise CommandError(f"{path} holds no article on one line: {failure}.") from failure
    return Article(path.stem, "", content.decode("utf-8", errors="replace"), None, "")


def _relevance(found: Extraction) -> Text:
    relevance = found.relevance
    verdict = "reports harm to civilians" if relevance.is_harm else "reports no harm to civilians"
    line = Text(f"{relevance.probability:.2f} {verdict}", style="bold")
    for reason in relevance.reasons:
        line.append(f"\n  {reason}", style="not bold")
    return line


def _legend() -> Text:
    return Text(", ").join(Text(field, style=_STYLES[field]) for field in FIELDS)


def _marked(text: str, claims: tuple[ProposedClaim, ...]) -> Text:
    """The text, the words of each field marked, the claim's number behind its figure."""
    marked = Text(_printable(text))
    for field, style in _STYLES.items():
        for claim in claims:
            for start, end in _evidence(claim, field).spans:
                marked.stylize(style, start, end)
    ends = sorted((claim.figure_end, number) for number, claim in enumerate(claims, start=1))
    parts = marked.divide([end for end, _ in ends])
    numbered = Text()
    for number, part in enumerate(parts):
        numbered.append_text(part)
        if number < len(ends):
            numbered.append(f"[{ends[number][1]}]", style="bold red")
    return numbered


def _decisions(number: int, text: str, claim: ProposedClaim) -> Table:
    table = Table(title=f"[{number}]", title_justify="left", title_style="bold red")
    for column in ("field", "value", "rule", "sure", "words"):
        table.add_column(column, overflow="fold")
    for field, value in _values(claim):
        evidence = _evidence(claim, field)
        words = " … ".join(_printable(text[start:end]) for start, end in evidence.spans)
        table.add_row(
            Text(field, style=_STYLES[field]),
            Text(_printable(value)),
            Text(evidence.rule),
            _sure(evidence.confidence),
            Text(words),
        )
    return table


def _values(claim: ProposedClaim) -> Iterator[tuple[str, str]]:
    harm = claim.outcome.lower()
    yield "figure", f"{harm} {_bounds(claim.minimum, claim.maximum)}{_breakdown(claim)}"
    yield "status", claim.subject_status.lower()
    yield "scope", claim.scope.lower()
    yield "speaker", " < ".join(claim.speaker_chain) or claim.speaker_text or "the outlet itself"
    yield "day", _day(claim)
    yield "place", claim.place or "-"
    yield "actor", claim.actor or "-"
    yield "method", claim.method or "-"


def _day(claim: ProposedClaim) -> str:
    when = claim.when
    if when is None or when.first is None:
        return "not resolved" if when and when.phrase else "-"
    window = f"{when.first} to {when.last}" if when.last != when.first else str(when.first)
    return f"{window}, {when.precision.lower()}"


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"{low} or more"
    return f"{low} to {high}" if low is not None else f"up to {high}"


def _breakdown(claim: ProposedClaim) -> str:
    parts = (("children", claim.children_min), ("women", claim.women_min))
    return "".join(f", {name} {count}" for name, count in parts if count is not None)


def _evidence(claim: ProposedClaim, field: str) -> Evidence:
    return claim.evidence[field]


def _sure(confidence: float | None) -> Text:
    if confidence is None:
        return Text("?")
    style = "green" if confidence >= _LIKELY else "yellow" if confidence >= _UNSURE else "red"
    return Text(f"{confidence:.2f}", style=style)


def _printable(words: str) -> str:
    """As long as before, so that offsets hold."""
    return _UNPRINTABLE.sub("\ufffd", words)
