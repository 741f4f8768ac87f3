"""What a parser gives, and how it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

#: Above this nothing is one article, and the rest of the pipeline stays quick.
LONGEST_TEXT = 500_000
LONGEST_TITLE = 500
LONGEST_NAME = 200
LONGEST_AUTHOR = 300


class Unreadable(Exception):
    """These bytes are no article; the message is one sentence for people, without content."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article as its bytes say. "" and None = not said.

    A basis is a value of DateBasis: where the day was found.
    """

    title: str
    text: str
    outlet: str = ""
    published_on: date | None = None
    published_basis: str = ""
    modified_on: date | None = None
    modified_basis: str = ""
    author: str = ""
    canonical_url: str = ""
    external_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Markup, or a document, that still has to be read in the child, with what its sender said."""

    content: bytes
    is_document: bool = False
    charset: str = ""
    title: str = ""
    outlet: str = ""
    published_on: date | None = None
    published_basis: str = ""
    author: str = ""
    external_id: str = ""
    url: str = ""
