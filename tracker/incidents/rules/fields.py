"""Fields of a JSON object, each read as what it must be or refused in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from tracker.incidents.rules import vocabulary as words

Row = Mapping[str, Any]
_VOCABULARIES: dict[str, frozenset[str]] = {
    "outcome": words.OUTCOMES,
    "subject_status": words.STATUSES,
    "polarity": words.POLARITIES,
    "scope": words.SCOPES,
    "state": words.STATES,
    "copy_decided": words.COPY_DECISIONS,
    "act": words.ACTS,
    "harm": words.HARMS,
    "responsibility": words.RESPONSIBILITIES,
    "assessment": words.ASSESSMENTS,
    "kind": words.EVIDENCE_KINDS,
}


def an_object(value: object, what: str) -> Row:
    """A JSON object."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{what} is no JSON object")  # noqa: TRY004  # one kind of refusal
    return value


def objects(row: Row, name: str, what: str) -> list[Row]:
    """A list of JSON objects; absent is empty."""
    return [an_object(item, what) for item in _list(row, name)]


def texts(row: Row, name: str) -> tuple[str, ...]:
    """A list of texts; absent is empty."""
    found = _list(row, name)
    if not all(isinstance(item, str) for item in found):
        raise ValueError(f"{name} is no list of texts")
    return tuple(found)


def text(row: Row, name: str, what: str) -> str | None:
    """A text, or None."""
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{what}: {name} is no text")
    return value


def needed(row: Row, name: str, what: str) -> str:
    """A text that must be there."""
    value = text(row, name, what)
    if not value:
        raise ValueError(f"{what} has no {name}")
    return value


def word(row: Row, name: str, what: str) -> str | None:
    """A word of the vocabulary of that name, or None."""
    value = text(row, name, what)
    if value is not None and value not in _VOCABULARIES[name]:
        raise ValueError(f"{what}: {name} {value!r} is no word of the method")
    return value


def switch(row: Row, name: str, what: str) -> bool | None:
    """True or false, or None."""
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{what}: {name} is neither true nor false")
    return value


def count(row: Row, name: str, what: str) -> int | None:
    """A whole number of people, or None."""
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{what}: {name} is no whole number of people")
    return value


def bounds(row: Row, prefix: str, what: str) -> tuple[int | None, int | None]:
    """Lower and upper end, in this order."""
    low, high = count(row, f"{prefix}min", what), count(row, f"{prefix}max", what)
    if low is not None and high is not None and low > high:
        raise ValueError(f"{what}: {prefix}min {low} is above {prefix}max {high}")
    return low, high


def credibility(row: Row, what: str) -> int | None:
    """A rating from 1 to 6, or None where nobody has rated."""
    value = count(row, "credibility", what)
    if value is not None and value not in words.CREDIBILITIES:
        raise ValueError(f"{what}: credibility {value} is not 1 to 6")
    return value


def day(row: Row, name: str, what: str) -> date:
    """A day like 2031-03-04."""
    value = needed(row, name, what)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{what}: {name} {value!r} is no day like 2031-03-04") from None


def moment(row: Row, name: str, what: str) -> datetime:
    """A time like 2031-03-04T07:30Z; without a zone it is UTC."""
    value = needed(row, name, what)
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{what}: {name} {value!r} is no time like 2031-03-04T07:30Z") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _list(row: Row, name: str) -> list[Any]:
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{name} is no list")  # noqa: TRY004  # one kind of refusal
    return value
