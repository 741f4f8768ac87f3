"""A PDF document to its text. Runs in the child only: documents are hostile until read."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tracker.sources.parsing.page_data import PageData
from tracker.sources.parsing.page_kind import SHORTEST
from tracker.sources.parsing.parsed import LONGEST_TEXT, Unreadable

if TYPE_CHECKING:
    from datetime import datetime

    from pypdf import DocumentInformation

MOST_PAGES = 300
_HYPHEN = re.compile(r"(?<=\w)-\n(?=[a-z])")


def read_document(content: bytes) -> dict[str, Any]:
    """Text, title, author and days as strings, as ``read_page`` gives them.

    Raises Unreadable where the document is locked, broken, only pictures, or far too long.
    """
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("The PDF document is locked with a password.")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"The PDF document has more than {MOST_PAGES} pages.")
        text = _text(reader)
        properties = reader.metadata
        data = _data(properties) if properties is not None else PageData()
    except PyPdfError as failure:
        raise Unreadable(f"The PDF document is broken ({type(failure).__name__}).") from failure
    if len(text.strip()) < SHORTEST:
        raise Unreadable("The PDF document holds hardly any text; perhaps it is a scan.")
    fields = {name: getattr(data, name) for name in PageData.__dataclass_fields__}
    return {"text": text, **fields}


def _text(reader: PdfReader) -> str:
    parts: list[str] = []
    size = 0
    for page in reader.pages:
        part = _HYPHEN.sub("", page.extract_text())
        size += len(part)
        if size > LONGEST_TEXT:
            raise Unreadable(f"The text of the PDF has more than {LONGEST_TEXT:,} characters.")
        parts.append(part)
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _data(properties: DocumentInformation) -> PageData:
    published = _day(properties.creation_date)
    modified = _day(properties.modification_date)
    return PageData(
        title=properties.title or "",
        author=properties.author or "",
        published=published,
        published_basis="DOCUMENT" if published else "",
        modified=modified,
        modified_basis="DOCUMENT" if modified else "",
    )


def _day(when: datetime | None) -> str:
    return when.date().isoformat() if when is not None else ""
