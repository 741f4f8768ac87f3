"""Paragraphs by which the pages of one host are known again (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.sources.rules.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Stories of one host that hold a paragraph before it counts as the host's and not a report's.
STORIES_OF_FURNITURE = 3
#: Paragraphs of one text that are looked at; a longer one is a document, not a page.
MOST_PARAGRAPHS = 300
#: What a mark of this rule says.
RECURS = "recurs"
_KEY_BYTES = 8


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text[start:end]``, and the number by which it is known on its host."""

    start: int
    end: int
    key: int


def host_of(address: str) -> str:
    """The host whose furniture a page of this address carries; "" where there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def paragraphs_of(text: str, *, host: str) -> list[Paragraph]:
    """The paragraphs of a text, one for each line with words in it; none without a host.

    Case, white space and punctuation at the edges make no difference.
    """
    if not host:
        return []
    found: list[Paragraph] = []
    at = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if any(letter.isalnum() for letter in words):
            start = at + line.index(words[0])
            found.append(Paragraph(start, start + len(words), _key(host, words)))
            if len(found) == MOST_PARAGRAPHS:
                break
        at += len(line)
    return found


def joined(marks: Iterable[Mark], recurring: Sequence[Paragraph]) -> list[Mark]:
    """The marks and, where they leave one free, each recurring paragraph; never overlapping."""
    result = sorted(marks)
    for paragraph in recurring:
        if not any(mark.start < paragraph.end and paragraph.start < mark.end for mark in result):
            result.append(Mark(paragraph.start, paragraph.end, RECURS))
    return sorted(result)


def _key(host: str, words: str) -> int:
    plain = " ".join(words.casefold().split()).strip(" .!?…:;,-–—•*|")
    digest = blake2b(f"{host}\n{plain}".encode(), digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, signed=True)
