"""One door: the bytes of a capture and their media type to an article."""

from __future__ import annotations

import re

from tracker.sources.parsing.kinds import Kind
from tracker.sources.parsing.parsed import Page, Parsed, Unreadable
from tracker.sources.parsing.plain import read_plain
from tracker.sources.parsing.records import read_record
from tracker.sources.parsing.sandbox import reader

_CHARSET = re.compile(r"charset\s*=\s*\"?([\w:.-]{1,40})", re.IGNORECASE)


def look_into(
    content: bytes, *, kind: Kind, url: str = "", content_type: str = ""
) -> Parsed | Page:
    """What can be said without reading markup: the article itself, or the page it is in.

    Cheap and safe enough for the process that receives it. Raises Unreadable.
    """
    if kind is Kind.TEXT:
        return read_plain(content)
    if kind is Kind.PDF:
        return Page(content=content, is_document=True, url=url)
    if kind is Kind.HTML:
        if not content.strip():
            raise Unreadable("The file is empty.")
        charset = _CHARSET.search(content_type)
        return Page(content=content, charset=charset.group(1) if charset else "", url=url)
    return read_record(content)


def read_article(content: bytes, *, kind: Kind, url: str = "", content_type: str = "") -> Parsed:
    """The whole article; markup is read in a child with limits. Raises Unreadable."""
    found = look_into(content, kind=kind, url=url, content_type=content_type)
    return reader.read(found) if isinstance(found, Page) else found
