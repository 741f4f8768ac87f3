"""Invented articles for the kills: own texts, verbatim copies, and copies with another toll."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from tests.benchmarks.invented_pages import Report, report
from tests.site.plan import with_other_figure

OUTLETS = ("Meridian Wire", "Coast Herald", "Delta Post", "Northern Radio", "The Ledger")
_SENTENCES = 9


@dataclass(frozen=True)
class Invented:
    """``count`` articles, a tenth of them verbatim copies and a tenth updated ones."""

    count: int

    @property
    def copies(self) -> int:
        """How many verbatim copies there are, and how many updated ones."""
        return self.count // 10

    @property
    def originals(self) -> int:
        """How many texts of their own there are."""
        return self.count - 2 * self.copies

    @cached_property
    def records(self) -> list[dict[str, str]]:
        """The articles as ``ingest`` reads them; copies follow their origin at some distance."""
        told = [report(number, sentences=_SENTENCES) for number in range(self.originals)]
        verbatim = told[: self.copies]
        updated = [with_other_figure(one) for one in told[self.copies : 2 * self.copies]]
        days = [(told, "2026-11-01"), (verbatim, "2026-11-02"), (updated, "2026-11-03")]
        everything = [(one, day) for reports, day in days for one in reports]
        return [_record(index, one, day) for index, (one, day) in enumerate(everything)]

    @property
    def lines(self) -> str:
        """All of it as JSON lines."""
        return "\n".join(json.dumps(record) for record in self.records)


def _record(index: int, told: Report, day: str) -> dict[str, str]:
    return {
        "id": f"invented-{index:05d}",
        "source": OUTLETS[index % len(OUTLETS)],
        "published": day,
        "title": told.title,
        "text": told.text,
        "url": f"https://press.example/{index}",
    }
