"""Lists of feeds as other readers write and read them (OPML 2.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from tracker.sources.feeds.entries import UnreadableFeed, one_line
from tracker.sources.feeds.markup import local_name, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MOST_LINES = 2000
LARGEST_OPML = 2 * 1024 * 1024
#: What OPML has no word for goes under names of ours, which other readers pass by.
_OWN = "harmTracker"


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed of a list. ``kind`` "" = an ordinary feed."""

    address: str
    title: str
    kind: str = ""
    language: str = ""
    source: str = ""


def read_opml(content: bytes) -> list[FeedLine]:
    """Every line with an address, in order, folders flattened. Raises UnreadableFeed."""
    if len(content) > LARGEST_OPML:
        raise UnreadableFeed("The list is larger than 2 MB.")
    root = parse_xml(content, what="OPML list")
    if local_name(root) != "opml":
        raise UnreadableFeed("It is XML, but no OPML list.")
    lines: list[FeedLine] = []
    for element in root.iter():
        if local_name(element) != "outline":
            continue
        said = {name.lower(): value for name, value in element.attrib.items()}
        address = one_line(said.get("xmlurl", ""), 2000)
        if not address:
            continue
        if len(lines) >= MOST_LINES:
            raise UnreadableFeed(f"The list has more than {MOST_LINES:,} feeds; divide it.")
        lines.append(_line(said, address))
    return lines


def write_opml(lines: Iterable[FeedLine], *, title: str, now: datetime) -> bytes:
    """The list as other readers read it."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = now.strftime("%a, %d %b %Y %H:%M:%S GMT")
    body = etree.SubElement(root, "body")
    for line in lines:
        said = {
            "type": "rss",
            "text": line.title,
            "title": line.title,
            "xmlUrl": line.address,
            "language": line.language,
            f"{_OWN}Kind": line.kind,
            f"{_OWN}Source": line.source,
        }
        etree.SubElement(body, "outline", {name: text for name, text in said.items() if text})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _line(said: dict[str, Any], address: str) -> FeedLine:
    return FeedLine(
        address=address,
        title=one_line(said.get("title") or said.get("text") or address, 200),
        kind=one_line(said.get(f"{_OWN}Kind".lower(), ""), 20),
        language=one_line(said.get("language", ""), 20).split("-")[0].lower()[:8],
        source=one_line(said.get(f"{_OWN}Source".lower(), ""), 200),
    )
