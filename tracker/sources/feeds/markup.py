"""XML from strangers: no entities, no network, no huge trees."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any

from lxml import etree

from tracker.sources.feeds.entries import LARGEST_FEED, UnreadableFeed

_GZIP = b"\x1f\x8b"


def parse_xml(content: bytes, *, what: str) -> Any:
    """The root element. Raises UnreadableFeed, saying that it is no ``what``."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as failure:
        raise UnreadableFeed(f"It is no {what}: its XML is broken.") from failure
    if root is None or not isinstance(root.tag, str):
        raise UnreadableFeed(f"It is no {what}: its XML is empty.")
    return root


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def unpacked(content: bytes) -> bytes:
    """Gzip taken off where it is there. Raises UnreadableFeed beyond the limit."""
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            plain = packed.read(LARGEST_FEED + 1)
    except (OSError, EOFError, zlib.error) as failure:
        raise UnreadableFeed("It is packed wrongly: its gzip is broken.") from failure
    if len(plain) > LARGEST_FEED:
        raise UnreadableFeed("Unpacked it is larger than 20 MB, which no feed is.")
    return plain
