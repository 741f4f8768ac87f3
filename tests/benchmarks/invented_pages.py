"""Invented reports of the length and weight that real pages have: much furniture around a text."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

TOWNS = ("Ardesh", "Marnesh", "Dovrin", "Sella", "Tavir", "Qarvan", "Lower Iskan", "Umm Deret")
SPEAKERS = (
    "the Nahr Rescue Service",
    "the Veria Monitor",
    "a hospital director",
    "residents",
    "the district council",
)
#: Common words; runs of three drawn from them hardly ever meet again in another report.
_WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()


@dataclass(frozen=True, slots=True)
class Report:
    """One invented report."""

    number: int
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text, a blank line between paragraphs."""
        return "\n\n".join(self.paragraphs)


def report(number: int, *, sentences: int = 28, seed: int = 7) -> Report:
    """The same report for the same number; no two share more than a phrase."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311  # nothing secret
    town = chance.choice(TOWNS)
    killed, hurt = chance.randint(2, 40), chance.randint(2, 90)
    lead = (
        f"Shells killed {killed} people and wounded {hurt} others in {town} on Tuesday, "
        f"{chance.choice(SPEAKERS)} said."
    )
    told = [_sentence(chance) for _ in range(sentences)]
    paragraphs = [lead] + [" ".join(told[at : at + 3]) for at in range(0, sentences, 3)]
    return Report(number, f"Shells on {town}, report {number}", tuple(paragraphs))


def page(number: int, *, kilobytes: int = 120, teasers: int = 90) -> str:
    """The report as a page: navigation, scripts, teasers and a footer around it.

    As it is, it takes the reader about as long as a saved page of a real outlet does.
    """
    told = report(number)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in told.paragraphs)
    menu = "".join(
        f'<li class="menu-item"><a href="/section/{n}">Section {n}</a></li>' for n in range(60)
    )
    others = "".join(
        f'<div class="card"><div class="card-inner"><a href="/story/{n}"><img src="/i/{n}.jpg" '
        f'alt="" width="320" height="180"></a><div class="card-text"><h4><a href="/story/{n}">'
        f"Teaser {n} of another day</a></h4><span>by the desk</span><time>{n} hours ago</time>"
        f"</div></div></div>"
        for n in range(teasers)
    )
    filler = "var settings = {" + ",".join(f'"key{n}": "value {n * 7}"' for n in range(400)) + "};"
    scripts = f"<script>{filler}</script>" * max(1, (kilobytes * 1024 - 50_000) // len(filler))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{told.title}</title>'
        f'<meta property="og:site_name" content="Coast Herald"><meta name="author" content="Desk">'
        f'<meta property="article:published_time" content="2026-11-{number % 27 + 1:02d}">'
        f"{scripts}</head><body><header><nav><ul>{menu}</ul></nav></header><main><article>"
        f"<h1>{told.title}</h1>{body}</article></main><aside>{others}</aside>"
        f"<footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>"
    )


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(chance.randint(12, 26))]
    return f"{' '.join(words).capitalize()}."
