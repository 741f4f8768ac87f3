"""What kind of content bytes are: by their beginning first, by name and media type second."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePath

from tracker.sources.parsing.parsed import Unreadable

#: How much of a file the decision looks at.
HEAD = 64 * 1024
_PDF = b"%PDF-"
_MARKUP = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MAGIC = {
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xff\xfe": "text in UTF-16, not in UTF-8",
    b"\xfe\xff": "text in UTF-16, not in UTF-8",
}


class Kind(StrEnum):
    """What parsers exist for; the value is the media type that captures carry."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    RECORD = "application/json"
    RECORDS = "application/jsonl"


_SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    "": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".jsonl": Kind.RECORDS,
    ".ndjson": Kind.RECORDS,
    ".json": Kind.RECORD,
}
_MEDIA_TYPES = {
    "text/plain": Kind.TEXT,
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/json": Kind.RECORD,
    "application/jsonl": Kind.RECORDS,
    "application/x-ndjson": Kind.RECORDS,
}


def detect_kind(*, head: bytes, name: str = "", media_type: str | None = None) -> Kind:
    """The kind of content that starts with ``head``.

    Raises Unreadable, naming what it is where that can be told, if no parser reads it.
    """
    if head.lstrip()[: len(_PDF)] == _PDF:
        return Kind.PDF
    _refuse_binary(head)
    said = _MEDIA_TYPES.get((media_type or "").split(";")[0].strip().lower())
    by_name = _SUFFIXES.get(PurePath(name).suffix.lower())
    if Kind.HTML in {said, by_name} or _looks_like_markup(head):
        return Kind.HTML
    if Kind.RECORDS in {said, by_name} or _starts_with_record(head):
        return Kind.RECORDS
    for kind in (Kind.RECORD, Kind.TEXT):
        if kind in {said, by_name}:
            return kind
    suffix = PurePath(name).suffix or media_type or "this kind"
    raise Unreadable(f"Files of {suffix[:40]} are not read; text, HTML, PDF and JSON lines are.")


def _refuse_binary(head: bytes) -> None:
    for start, what in _MAGIC.items():
        if head.startswith(start):
            raise Unreadable(f"It is {what}.")
    if b"\x00" in head:
        raise Unreadable("It is binary, not text.")


def _looks_like_markup(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048]
    return start.startswith(b"<") and _MARKUP.search(start) is not None


def _starts_with_record(head: bytes) -> bool:
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and bool(record.keys() & {"text", "html"})
