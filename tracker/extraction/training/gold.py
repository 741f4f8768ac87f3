"""Annotated articles beside what the extractor reads in them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from tracker.extraction.articles import Article, article_of, read
from tracker.extraction.guide import in_guide_words, is_of_guide

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.extraction.model import Extraction, ProposedClaim

#: The field of a claim's evidence -> the field of the guide it stands for.
GUIDE_FIELDS = {
    "status": "status",
    "scope": "scope",
    "speaker": "speaker",
    "day": "date",
    "place": "place",
    "actor": "actor",
    "method": "method",
}
_NAMES = frozenset({"speaker", "place", "actor"})
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\u02bf\u02be`.]")

#: A claim as the guide writes it.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article, what is in it by the annotators and by the extractor."""

    article: Article
    is_harm: bool
    claims: tuple[Row, ...]
    found: Extraction

    def pairs(self) -> list[tuple[ProposedClaim, Row | None]]:
        """Each proposed claim with the annotated one it is, by figure and quote, or None."""
        proposed = [claim for claim in self.found.claims if is_of_guide(claim)]
        rows = [in_guide_words(self.article.text, claim) for claim in proposed]
        ranked = sorted(
            product(range(len(rows)), range(len(self.claims))),
            key=lambda pair: (-_likeness(rows[pair[0]], self.claims[pair[1]]), pair),
        )
        taken: dict[int, int] = {}
        for ours, theirs in ranked:
            if (
                ours not in taken
                and theirs not in taken.values()
                and _figure(rows[ours]) == _figure(self.claims[theirs])
            ):
                taken[ours] = theirs
        return [
            (claim, self.claims[taken[number]] if number in taken else None)
            for number, claim in enumerate(proposed)
        ]


def read_gold(articles: Path, gold: Path) -> list[Annotated]:
    """The annotated articles of two JSONL files, in the order of the annotations.

    Names and quotes may be spans of the text instead of words: annotations may be given on, the
    texts may not.
    """
    texts = {article.id: article for article in _articles(articles)}
    annotated = []
    for line in gold.read_bytes().splitlines():
        row = json.loads(line)
        article = texts[row["id"]]
        claims = tuple(in_words(article.text, claim) for claim in row["claims"])
        annotated.append(Annotated(article, row["relevance"] == "harm", claims, read(article)))
    return annotated


def in_words(text: str, claim: Row) -> Row:
    """The claim with the words of the text in the place of ``[start, end]``."""
    return {
        name: text[slice(*value)] if isinstance(value, list) else value
        for name, value in claim.items()
    }


def read_labelled(articles: Path, labels: Path) -> list[Annotated]:
    """The articles that have a label, ``{id, relevance}`` a line, without annotated claims."""
    rows = map(json.loads, labels.read_bytes().splitlines())
    is_harm = {row["id"]: row["relevance"] == "harm" for row in rows}
    return [
        Annotated(article, is_harm[article.id], (), read(article))
        for article in _articles(articles)
        if article.id in is_harm
    ]


def agrees(field: str, text: str, claim: ProposedClaim, row: Row) -> bool:
    """Whether the annotators gave this field of the claim the same value."""
    name = GUIDE_FIELDS[field]
    ours, theirs = in_guide_words(text, claim)[name], row.get(name)
    if name not in _NAMES:
        return bool(ours == theirs)
    return _is_one_name(_plain(ours), _plain(theirs))


def _articles(path: Path) -> list[Article]:
    return [article_of(line) for line in path.read_bytes().splitlines() if line.strip()]


def _figure(row: Row) -> tuple[object, object, object]:
    return row["harm"], row["min"], row["max"]


def _likeness(ours: Row, theirs: Row) -> float:
    one, other = set(_plain(ours["quote"])), set(_plain(theirs["quote"]))
    shared = len(one & other) / max(1, min(len(one), len(other)))
    same = sum(bool(ours[name] == theirs.get(name)) for name in GUIDE_FIELDS.values())
    return shared + same / 100


def _plain(name: object) -> list[str]:
    text = unicodedata.normalize("NFKD", str(name or "")).casefold()
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return re.findall(r"\w+", _APOSTROPHES.sub("", text))


def _is_one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Equal, or one a run of whole words of the other; nothing equals nothing only."""
    if not one or not other or "".join(one) == "".join(other):
        return "".join(one) == "".join(other)
    short, long = sorted((list(one), list(other)), key=len)
    starts = range(len(long) - len(short) + 1)
    return any(long[start : start + len(short)] == short for start in starts)
