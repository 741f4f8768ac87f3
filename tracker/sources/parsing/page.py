"""A page of the web to its article. Runs in the child only: markup is hostile until read."""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from charset_normalizer import from_bytes
from trafilatura.settings import Document

from tracker.sources.parsing.parsed import Unreadable

#: Below this many characters a page holds a teaser or a notice, not an article.
SHORTEST = 200
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE
)


def read_page(content: bytes, *, charset: str, url: str) -> dict[str, Any]:
    """Title, text, outlet and day as strings. Raises Unreadable where there is no article."""
    document = trafilatura.bare_extraction(
        decode_page(content, charset=charset),
        url=url or None,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
    )
    found: dict[str, Any] = document.as_dict() if isinstance(document, Document) else {}
    text = found.get("text") or ""
    if len(text.strip()) < SHORTEST:
        raise Unreadable("No article text was found in the page.")
    return {
        "text": text,
        "title": found.get("title") or "",
        "outlet": found.get("sitename") or found.get("hostname") or "",
        "published": found.get("date") or "",
    }


def decode_page(content: bytes, *, charset: str) -> str:
    """Byte order mark, then what the server said, then the page's own word, then a guess."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    declared = _META_CHARSET.search(content[:4096])
    names = (charset, declared.group(1).decode("ascii") if declared else "", "utf-8")
    for name in names:
        decoded = _decoded(content, name)
        if decoded is not None:
            return decoded
    guess = from_bytes(content).best()
    return str(guess) if guess is not None else content.decode("utf-8", errors="replace")


def _decoded(content: bytes, name: str) -> str | None:
    if not name:
        return None
    try:
        return content.decode(name)
    except (LookupError, UnicodeError):
        return None
