"""Plain text without any metadata: its first line is the title."""

from __future__ import annotations

from tracker.sources.parsing.parsed import Parsed, Unreadable
from tracker.sources.parsing.text import checked_text, first_line


def read_plain(content: bytes) -> Parsed:
    """The text as it stands. Raises Unreadable where it is empty or not UTF-8."""
    if not content:
        raise Unreadable("The file is empty.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise Unreadable(
            f"It is not UTF-8: byte {failure.start + 1} can't be read. Save it as UTF-8."
        ) from failure
    if "\x00" in text:
        raise Unreadable("It is binary, not text.")
    text = checked_text(text)
    return Parsed(title=first_line(text), text=text)
