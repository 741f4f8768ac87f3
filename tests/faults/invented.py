"""Four hundred invented articles: texts of their own, verbatim copies and edited ones."""

from __future__ import annotations

import json

TOWNS = ("Ardesh", "Marnesh", "Dovrin", "Sella", "Tavir", "Qarvan", "Lower Iskan", "Umm Deret")
OUTLETS = ("Meridian Wire", "Coast Herald", "Delta Post", "Northern Radio", "The Ledger")
GOODS = ("oranges", "lamp oil", "bread", "rope", "salt", "timber", "wool", "glass", "nails", "tea")
ORIGINALS = 320
VERBATIM = 40
EDITED = 40


def text_of(number: int, figure: int) -> str:
    """An article with one figure and filler that no other article shares."""
    town = TOWNS[number % len(TOWNS)]
    lead = f"Shells killed {figure} people in {town} on Tuesday, the Nahr Rescue Service said."
    filler = " ".join(
        f"Stall {number * 31 + line} of quarter {number}-{line} sold "
        f"{GOODS[(number + line) % len(GOODS)]} and {GOODS[(number * line) % len(GOODS)]} "
        f"to {number + line * 7} families before the road to {town} was closed."
        for line in range(6)
    )
    return f"{lead}\n\n{filler}"


def invented_lines() -> list[str]:
    """The articles as JSON lines; copies follow their origin at some distance."""
    rows = [(n, text_of(n, 2 + n % 30), 1) for n in range(ORIGINALS)]
    rows += [(n, text_of(n, 2 + n % 30), 2) for n in range(VERBATIM)]
    rows += [(n, text_of(n, 40 + n), 3) for n in range(VERBATIM, VERBATIM + EDITED)]
    return [
        json.dumps(
            {
                "id": f"invented-{index:03d}",
                "source": OUTLETS[index % len(OUTLETS)],
                "published": f"2026-11-{day:02d}",
                "title": f"Shells on {TOWNS[number % len(TOWNS)]}, report {number}",
                "text": text,
            }
        )
        for index, (number, text, day) in enumerate(rows)
    ]
