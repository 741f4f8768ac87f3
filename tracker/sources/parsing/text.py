"""Text as the database can hold it and as copies can be told by."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date, datetime

from tracker.sources.parsing.parsed import LONGEST_TEXT, LONGEST_TITLE, Unreadable

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def clean_text(text: str) -> str:
    """Line ends as LF; NUL and lone surrogates, which no database holds, as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_title(title: str) -> str:
    """One line of at most 500 characters."""
    line = " ".join(clean_text(title).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"


def first_line(text: str) -> str:
    """The first line with anything on it, which is the title where nothing else is."""
    return clean_title(next((line for line in text.splitlines() if line.strip()), ""))


def checked_text(text: str) -> str:
    """The text cleaned. Raises Unreadable where it is empty or longer than an article."""
    cleaned = clean_text(text)
    if not cleaned.strip():
        raise Unreadable("There is no text in it.")
    if len(cleaned) > LONGEST_TEXT:
        raise Unreadable(
            f"The text has {len(cleaned):,} characters; an article has at most {LONGEST_TEXT:,}."
        )
    return cleaned


def text_digest(text: str) -> str:
    """The same for texts that differ only in white space and in how letters are composed."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(folded.encode()).hexdigest()


def read_day(raw: str) -> date:
    """A calendar day from YYYY-MM-DD, also with a time after it.

    Raises Unreadable for anything else: a day is never guessed.
    """
    raw = raw.strip()
    if not _DAY.match(raw):
        raise Unreadable(f"The date {_shown(raw)} is not written as YYYY-MM-DD.")
    try:
        return datetime.fromisoformat(raw).date()
    except ValueError as failure:
        raise Unreadable(f"The date {_shown(raw)} does not exist.") from failure


def _shown(raw: str) -> str:
    return repr(clean_text(raw)[:40])
