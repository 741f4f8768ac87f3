"""What the outlets carry, and what must become of it: the truth that a run is compared with."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from tests.benchmarks.invented_pages import Report, report

#: Shares of the pages; the rest are texts of their own.
VERBATIM, EDITED, UPDATED, VICES = 0.15, 0.10, 0.08, 0.05
TAILS = (
    "Share this article on social media",
    "Sign up for our daily newsletter",
    "Read more: Harbour fees to rise again in spring",
    "Follow us on our channels for breaking news",
)


_STONES = (
    "Agate",
    "Alabaster",
    "Amber",
    "Amethyst",
    "Basalt",
    "Beryl",
    "Chalk",
    "Coral",
    "Diorite",
    "Flint",
    "Gabbro",
    "Garnet",
    "Gneiss",
    "Granite",
    "Gypsum",
    "Jade",
    "Jasper",
    "Lapis",
    "Limestone",
    "Malachite",
    "Marble",
    "Obsidian",
    "Onyx",
    "Opal",
    "Porphyry",
    "Pumice",
    "Quartz",
    "Ruby",
    "Sandstone",
    "Schist",
    "Slate",
    "Topaz",
    "Travertine",
    "Turquoise",
)


class Lineage(StrEnum):
    """How a page's text came about."""

    ORIGINAL = "original"
    VERBATIM = "verbatim copy"
    EDITED = "edited copy"
    UPDATED = "updated copy"


class Vice(StrEnum):
    """A page that is no article."""

    COOKIE_WALL = "cookie wall"
    PAYWALL = "paywall stub"
    NOT_FOUND = "soft 404"
    INDEX = "index page"


class FeedStyle(StrEnum):
    """How an outlet tells what is new."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"
    RSS_CP1252 = "rss in cp1252 that says it is utf-8"


@dataclass(frozen=True, slots=True)
class SitePage:
    """One address of an outlet, of that day of November 2026.

    ``second`` None = never changes; else what it says later.
    """

    path: str
    first: Report | None
    day: int = 1
    second: Report | None = None
    lineage: Lineage = Lineage.ORIGINAL
    story: int = -1
    vice: Vice | None = None
    is_disallowed: bool = False


@dataclass(slots=True)
class Outlet:
    """One outlet with its own address, furniture, feed and robots.txt."""

    number: int
    style: FeedStyle
    crawl_delay: float
    disallows: bool
    busy_until_request: int
    pages: list[SitePage] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The loopback address it answers on."""
        return f"127.0.1.{self.number + 1}"

    @property
    def name(self) -> str:
        """As its pages call it."""
        return f"{_STONES[self.number % len(_STONES)]} Courier"


def plan(*, outlets: int = 30, pages: int = 2000, seed: int = 11) -> list[Outlet]:
    """The same press for the same numbers."""
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    press = [_outlet(number) for number in range(outlets)]
    originals: list[tuple[int, Report]] = []
    copies: Counter[int] = Counter()
    for number in range(pages):
        outlet = press[number % outlets]
        draw = chance.random()
        path = f"/news/{number}"
        if draw < VICES:
            outlet.pages.append(SitePage(path, None, vice=chance.choice(list(Vice))))
        elif draw < VICES + VERBATIM + EDITED + UPDATED and len(originals) > outlets:
            story, origin = chance.choice(
                [one for one in originals if one[0] % outlets != outlet.number]
            )
            copies[story] += 1
            outlet.pages.append(_copy(path, story, origin, draw - VICES, copies[story]))
        else:
            told = report(number, seed=seed)
            originals.append((number, told))
            is_private = outlet.disallows and chance.random() < 0.05
            outlet.pages.append(_own(path, number, told, is_private=is_private))
    return press


def _outlet(number: int) -> Outlet:
    return Outlet(
        number=number,
        style=list(FeedStyle)[number % len(FeedStyle)],
        crawl_delay=0.5 if number % 6 == 5 else 0.0,
        disallows=number % 7 == 3,
        busy_until_request=4 if number % 11 == 7 else 0,
    )


def _own(path: str, number: int, told: Report, *, is_private: bool) -> SitePage:
    if is_private:
        return SitePage(f"/private{path}", told, _day_of(number), story=number, is_disallowed=True)
    second = None
    if number % 40 == 17:
        second = with_other_figure(told)
    elif number % 40 == 29:
        second = with_other_words(told)
    return SitePage(path, told, _day_of(number), second, story=number)


def _copy(path: str, story: int, origin: Report, draw: float, which: int) -> SitePage:
    """The ``which``-th copy of a text in another outlet; no two edits or updates are alike."""
    told, lineage = with_other_figure(origin, more=3 + which), Lineage.UPDATED
    if draw < VERBATIM:
        told, lineage = origin, Lineage.VERBATIM
    elif draw < VERBATIM + EDITED:
        told, lineage = edited(origin, which), Lineage.EDITED
    day = _day_of(story) + 1 + which % 2
    return SitePage(path, told, day, lineage=lineage, story=story)


def _day_of(story: int) -> int:
    """The day a story's first text came out; its copies follow within two days."""
    return story % 20 + 1


def edited(told: Report, which: int) -> Report:
    """Another headline, a lead of its own, the last paragraphs gone."""
    quay = _STONES[which % len(_STONES)]
    own = f"Our correspondent on the {quay} quay adds that the ferries were not running."
    return Report(told.number, f"{told.title}, retold", (own, *told.paragraphs[:-2]))


def with_other_figure(told: Report, *, more: int = 3) -> Report:
    """The same report with a toll so much higher."""
    lead, *rest = told.paragraphs
    words = lead.split()
    words[2] = str(int(words[2]) + more)
    return Report(told.number, told.title, (" ".join(words), *rest))


def with_other_words(told: Report) -> Report:
    """The same report with one sentence more and no other figure."""
    return Report(
        told.number, told.title, (*told.paragraphs, "The bridge was open again by evening.")
    )
