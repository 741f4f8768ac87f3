"""An article as the extractor's parts see it: its sentences with offsets, and the day it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.places.known import PACKAGED, KnownPlaces
from tracker.extraction.sentences import split_sentences
from tracker.extraction.times.days import report_day

if TYPE_CHECKING:
    from datetime import date

    from tracker.extraction.times.days import ReportDay

#: Of a longer sentence (a table, a page without full stops) the beginning is read.
LONGEST_SENTENCE = 2_000
#: What is longer is no article; its beginning is read.
MOST_SENTENCES = 2_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]``; ``paragraph`` numbers the lines of the text that hold something."""

    number: int
    start: int
    end: int
    paragraph: int
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article. ``outlet`` "" = not known, ``report`` None = nothing says of which day it is.

    ``places`` is what is known of places besides.
    """

    title: str
    text: str
    outlet: str
    published: date | None
    report: ReportDay | None
    sentences: tuple[Sentence, ...]
    places: KnownPlaces = PACKAGED


def read_document(
    *,
    title: str,
    text: str,
    published: date | None,
    outlet: str,
    places: KnownPlaces = PACKAGED,
) -> Document:
    """Split the text; never raises, whatever it is."""
    sentences: list[Sentence] = []
    paragraph = 0
    line_ends = 0
    for start, end in split_sentences(text, title):
        if start >= line_ends:
            paragraph += 1
            found = text.find("\n", start)
            line_ends = len(text) if found < 0 else found
        words = text[start : min(end, start + LONGEST_SENTENCE)]
        sentences.append(Sentence(len(sentences), start, end, paragraph, words))
        if len(sentences) >= MOST_SENTENCES:
            break
    return Document(
        title=title,
        text=text,
        outlet=outlet,
        published=published,
        report=report_day(text, published),
        sentences=tuple(sentences),
        places=places,
    )
