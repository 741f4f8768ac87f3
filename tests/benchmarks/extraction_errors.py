"""The errors of the extractor on annotated articles, by kind, the most frequent first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.extraction.guide import in_guide_words
from tracker.extraction.training.gold import GUIDE_FIELDS, agrees, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.extraction.model import ProposedClaim
    from tracker.extraction.training.gold import Annotated, Row


def error_kinds(articles: Path, gold: Path) -> Counter[str]:
    """Each kind of error with its count: figures missed and invented, fields wrongly filled."""
    return Counter(kind for annotated in read_gold(articles, gold) for kind in _kinds(annotated))


def _kinds(annotated: Annotated) -> Iterator[str]:
    if annotated.is_harm != annotated.found.relevance.is_harm:
        yield "relevance: " + ("harm missed" if annotated.is_harm else "harm seen where none is")
    pairs = annotated.pairs()
    found = [row for _, row in pairs if row is not None]
    for row in annotated.claims:
        if not any(row is other for other in found):
            yield f"figure missed: {row['scope']}, {_kind_of_figure(row)}"
    for claim, matched in pairs:
        if matched is None:
            row = in_guide_words(annotated.article.text, claim)
            yield f"figure too many: {row['scope']}, {_kind_of_figure(row)}"
        else:
            yield from _wrong_fields(annotated.article.text, claim, matched)


def _kind_of_figure(row: Row) -> str:
    if row["min"] != row["max"]:
        return "open or without a number"
    return "one person" if row["min"] == 1 else "a plain number"


def _wrong_fields(text: str, claim: ProposedClaim, row: Row) -> Iterator[str]:
    ours = in_guide_words(text, claim)
    for field, name in GUIDE_FIELDS.items():
        if agrees(field, text, claim, row):
            continue
        if name in {"status", "scope"}:
            yield f"{name}: {row[name]} read as {ours[name]}"
        elif ours[name] is None:
            yield f"{name}: said, not read"
        elif row.get(name) is None:
            yield f"{name}: read where none is said"
        else:
            yield f"{name}: another one"
