"""The one way a passage becomes fit to leave the house: names of private persons are blanks.

Method (section 14): a quote is a short extract; who speaks in an office or as a named public source
keeps the name, everybody else loses it, and with it places finer than a town. A passage in a
language whose names can't be told from other words does not leave at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tracker.extraction.persons import LANGUAGES, private_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.extraction.model import Span

BLANK = "[name]"
_WORD = re.compile(r"[^\W\d_]+")
#: Characters of a passage that leave at most.
LONGEST_QUOTE = 300


def outgoing_quote(
    text: str, *, start: int, end: int, language: str, kept: Iterable[str]
) -> str | None:
    """``text[start:end]`` as it may leave; None where it may not.

    ``kept`` are names that are public: of speakers, outlets, parties and the place as published.
    """
    if language not in LANGUAGES:
        return None
    passage = " ".join(_masked(text, (start, end), kept).split())
    if len(passage) <= LONGEST_QUOTE:
        return passage
    cut = passage[:LONGEST_QUOTE].rsplit(" ", 1)[0]
    return f"{cut} …"


def outgoing_link(url: str, *, text: str, language: str, kept: Iterable[str]) -> str | None:
    """The address of an article; None where it spells a name of a private person in its text."""
    words = set(_WORD.findall(unquote("".join(urlsplit(url)[2:4])).casefold()))
    names = private_names(text, within=(0, len(text)), kept=kept) if language in LANGUAGES else []
    for first, last in names:
        name = _WORD.findall(text[first:last].casefold())
        if len(name) > 1 and words.issuperset(name):
            return None
    return url or None


def _masked(text: str, within: Span, kept: Iterable[str]) -> str:
    pieces: list[str] = []
    at, end = within
    for first, last in private_names(text, within=within, kept=kept):
        pieces += [text[at : max(at, first)], BLANK]
        at = max(at, last)
    return "".join([*pieces, text[at:end]])
