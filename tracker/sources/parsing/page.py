"""A page of the web to its article. Runs in the child only: markup is hostile until read."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import trafilatura
from charset_normalizer import from_bytes
from trafilatura.settings import Document

from tracker.sources.parsing.markup import tree_of
from tracker.sources.parsing.page_data import data_of
from tracker.sources.parsing.page_kind import require_article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE
)


def read_page(content: bytes, *, charset: str, url: str) -> dict[str, Any]:
    """Text, and what the page says of itself, as strings. Raises Unreadable where there is no
    article, naming what the page is instead."""
    tree = tree_of(decode_page(content, charset=charset))
    data = data_of(tree, url=url)
    text = text_of(tree)
    require_article(tree, text, data)
    return {"text": text, **asdict(data)}


def text_of(tree: HtmlElement) -> str:
    """The body's text, a line for each paragraph; "" where none was found."""
    document = trafilatura.bare_extraction(
        deepcopy(tree),
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    return (document.text or "") if isinstance(document, Document) else ""


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
