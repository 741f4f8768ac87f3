"""How often each rule of each field was right, and how good a forecast that is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.extraction.confidence import FIELDS, Table, key_of, rate
from tracker.extraction.training.gold import agrees
from tracker.extraction.training.reliability import Forecast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.extraction.training.gold import Annotated

#: One check of one field: (field, rule, whether it was right).
Check = tuple[str, str, bool]


def count_rules(annotated: Iterable[Annotated]) -> Table:
    """The table of ``weights/confidence.toml``.

    A figure is right where the annotators have a claim of that figure and harm; the other fields
    are judged on those claims alone.
    """
    return _table(check for article in annotated for check in _checks(article))


def tried(annotated: Sequence[Annotated], table: Table) -> dict[str, list[Forecast]]:
    """For each field what a table says of these articles, beside what came true."""
    found: dict[str, list[Forecast]] = {field: [] for field in FIELDS}
    for article in annotated:
        for field, rule, is_right in _checks(article):
            found[field].append(Forecast(rate(table.get(field, {}), rule), is_right))
    return found


def left_out(annotated: Sequence[Annotated], parts: int = 10) -> dict[str, list[Forecast]]:
    """For each field what the table of the other articles says, beside what came true."""
    found: dict[str, list[Forecast]] = {field: [] for field in FIELDS}
    for part in range(parts):
        rest = [article for number, article in enumerate(annotated) if number % parts != part]
        for field, forecasts in tried(annotated[part::parts], count_rules(rest)).items():
            found[field] += forecasts
    return found


def _checks(annotated: Annotated) -> Iterator[Check]:
    text = annotated.article.text
    for claim, row in annotated.pairs():
        yield "figure", key_of("figure", claim), row is not None
        if row is not None:
            for field in FIELDS[1:]:
                yield field, key_of(field, claim), agrees(field, text, claim, row)


def _table(checks: Iterable[Check]) -> Table:
    right: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for field, rule, is_right in checks:
        counted = right[field, rule]
        counted[0] += is_right
        counted[1] += 1
    table: Table = {field: {} for field in FIELDS}
    for (field, rule), (hits, of) in sorted(right.items()):
        table[field][rule] = (hits, of)
    return table
