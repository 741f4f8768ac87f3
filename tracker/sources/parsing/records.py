"""One JSON object: {id, source, published, title, text} or {url, html}."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tracker.sources.parsing.parsed import LONGEST_AUTHOR, LONGEST_NAME, Page, Parsed, Unreadable
from tracker.sources.parsing.text import (
    checked_text,
    clean_text,
    clean_title,
    first_line,
    read_day,
)

if TYPE_CHECKING:
    from datetime import date

_TEXT_FIELDS = ("id", "source", "published", "title", "text")
_LONGEST_URL = 2000


def read_record(content: bytes) -> Parsed | Page:
    """The article of one line. Raises Unreadable, naming the field that is missing or wrong.

    ``id``, ``source`` and ``published`` may be null: known to be unknown, which missing is not.
    """
    record = _load(content)
    if "html" in record:
        return _read_page(record)
    missing = [name for name in _TEXT_FIELDS if name not in record]
    if missing:
        are = "field {} is" if len(missing) == 1 else "fields {} are"
        raise Unreadable(f"The {are.format(_listed(missing))} missing.")
    text = checked_text(_string(record, "text"))
    return Parsed(
        title=clean_title(_string(record, "title")) or first_line(text),
        text=text,
        outlet=_name(record, "source"),
        published_on=_day(record),
        published_basis=_basis(record),
        author=_author(record),
        external_id=_identifier(record),
        url=_url(record),
    )


def _read_page(record: dict[str, object]) -> Page:
    if "url" not in record:
        raise Unreadable("The field url is missing beside html.")
    markup = _string(record, "html")
    if not markup.strip():
        raise Unreadable("The field html is empty.")
    return Page(
        content=clean_text(markup).encode(),
        charset="utf-8",
        title=clean_title(_string(record, "title")) if record.get("title") else "",
        outlet=_name(record, "source"),
        published_on=_day(record),
        published_basis=_basis(record),
        author=_author(record),
        external_id=_identifier(record),
        url=_url(record),
    )


def _load(content: bytes) -> dict[str, object]:
    try:
        record = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as failure:
        raise Unreadable(f"It is not UTF-8: byte {failure.start + 1} can't be read.") from failure
    except json.JSONDecodeError as failure:
        raise Unreadable(
            f"It is not whole JSON: {failure.msg.lower().removesuffix(' at')} "
            f"at character {failure.pos + 1}."
        ) from failure
    except (ValueError, RecursionError) as failure:
        raise Unreadable(
            "Its JSON holds a number or a nesting too large to be an article."
        ) from failure
    if not isinstance(record, dict):
        raise Unreadable("It is JSON, but not an object with fields.")
    return record


def _string(record: dict[str, object], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str):
        raise Unreadable(f"The field {name} must be a text, not {_kind_of(value)}.")
    return value


def _identifier(record: dict[str, object]) -> str:
    if record.get("id") is None:
        return ""
    identifier = clean_text(_string(record, "id")).strip()
    if not identifier:
        raise Unreadable("The field id is empty.")
    if len(identifier) > LONGEST_NAME:
        raise Unreadable(f"The field id is longer than {LONGEST_NAME} characters.")
    return identifier


def _name(record: dict[str, object], name: str) -> str:
    if record.get(name) is None:
        return ""
    value = " ".join(clean_text(_string(record, name)).split())
    if len(value) > LONGEST_NAME:
        raise Unreadable(f"The field {name} is longer than {LONGEST_NAME} characters.")
    return value


def _day(record: dict[str, object]) -> date | None:
    return None if record.get("published") is None else read_day(_string(record, "published"))


def _basis(record: dict[str, object]) -> str:
    """Who said the day: the feed where the record says so, else whoever sent the record."""
    if record.get("published") is None:
        return ""
    return "FEED" if record.get("published_basis") == "FEED" else "SENDER"


def _author(record: dict[str, object]) -> str:
    if record.get("author") is None:
        return ""
    return clean_title(_string(record, "author"))[:LONGEST_AUTHOR]


def _url(record: dict[str, object]) -> str:
    if record.get("url") is None:
        return ""
    url = clean_text(_string(record, "url")).strip()
    if len(url) > _LONGEST_URL:
        raise Unreadable(f"The field url is longer than {_LONGEST_URL:,} characters.")
    if not url.lower().startswith(("http://", "https://")):
        raise Unreadable("The field url is no address that starts with http:// or https://.")
    return url


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _kind_of(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"
