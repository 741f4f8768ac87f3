"""The markup of one entry as text: paragraphs stay apart, scripts and buttons go."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

LONGEST_MARKUP = 2_000_000
_LEFT_OUT = frozenset(
    {"script", "style", "iframe", "noscript", "svg", "form", "button", "template", "object"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_BREAK = "\n"
_PARAGRAPH = "\n\n"


def text_of(markup: str) -> str:
    """The text that a reader of the entry sees; "" where there is none."""
    if not markup.strip():
        return ""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(f"<div>{markup[:LONGEST_MARKUP]}</div>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        _hear(event, element, parts)
    text = "".join(parts)
    lines = [line.strip() for line in text.split(_BREAK)]
    return re.sub(r"\n{3,}", _PARAGRAPH, _BREAK.join(lines)).strip()


def _hear(event: str, element: Any, parts: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if any(ancestor.tag in _LEFT_OUT for ancestor in element.iterancestors()):
        return
    is_shown = tag not in _LEFT_OUT
    if event == "start":
        if tag == "br":
            parts.append(_BREAK)
        elif tag in _BLOCKS:
            parts.append(_PARAGRAPH)
        if is_shown and element.text:
            parts.append(_SPACES.sub(" ", element.text))
        return
    if tag in _BLOCKS:
        parts.append(_PARAGRAPH)
    if element.tail:
        parts.append(_SPACES.sub(" ", element.tail))
