"""An article as one object of a JSONL file: {id, source, published, title, text}."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.extraction.extract import extract

if TYPE_CHECKING:
    from tracker.extraction.model import Extraction

#: What ``article_of`` raises for what is no article.
UNREADABLE = (ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Article:
    """``published`` None = not said or no day; ``outlet`` "" = not said."""

    id: str
    title: str
    text: str
    published: date | None
    outlet: str


def article_of(line: bytes) -> Article:
    """The article of one line; raises one of ``UNREADABLE``."""
    row = json.loads(line.decode("utf-8"))
    title, text = row["title"], row["text"]
    if not isinstance(title, str) or not isinstance(text, str):
        raise TypeError("title and text must be texts")
    return Article(
        id=str(row["id"]),
        title=title,
        text=text,
        published=_day(row.get("published")),
        outlet=str(row.get("source") or ""),
    )


def read(article: Article) -> Extraction:
    """What the article says; never raises."""
    return extract(
        title=article.title,
        text=article.text,
        published=article.published,
        outlet=article.outlet,
    )


def _day(words: object) -> date | None:
    """The day of publication; one that can't be read is not said."""
    try:
        return date.fromisoformat(str(words)[:10])
    except ValueError:
        return None
