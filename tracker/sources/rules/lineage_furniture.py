"""Sentences that an outlet, or everybody, puts under everything (pure).

The marks of furniture leave out what recurs on one host; this looks at the sentences themselves,
so that an agency's closing paragraph on the whole war, which many outlets print under every
report of it, makes no copies either.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

#: A report is not printed on so many days; its outlet's closing paragraph is.
DAYS_IN_ONE_OUTLET = 3
DAYS_ANYWHERE = 5


def recurring(carried: Iterable[tuple[int, str, date | None]]) -> frozenset[int]:
    """The keys of sentences that recur from day to day, from who carried which and when.

    An outlet "" is not known, and a day None: neither is counted.
    """
    in_outlet: dict[tuple[int, str], set[date]] = defaultdict(set)
    anywhere: dict[int, set[date]] = defaultdict(set)
    for key, outlet, day in carried:
        if day is None:
            continue
        anywhere[key].add(day)
        if outlet:
            in_outlet[key, outlet].add(day)
    return frozenset(
        key for (key, _), days in in_outlet.items() if len(days) >= DAYS_IN_ONE_OUTLET
    ) | frozenset(key for key, days in anywhere.items() if len(days) >= DAYS_ANYWHERE)
