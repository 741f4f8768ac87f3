"""The values of one private person: what is sealed, and never written anywhere else.

No field takes part in ``repr``, so that a value shows in no log and no traceback by accident.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.core.errors import InvalidInput
from tracker.restricted.choices import Gender

MOST_SPELLINGS = 30
LONGEST_NAME = 200
LONGEST_TEXT = 2000
OLDEST = 130
_LIMITS = {"family_group": LONGEST_NAME, "contacts": LONGEST_TEXT, "home": LONGEST_TEXT}


@dataclass(frozen=True, slots=True)
class PersonalValues:
    """``names`` holds the name as best known first, then other spellings and scripts.

    ``age`` None = not known. ``home`` is the exact place in words, ``home_lat`` and ``home_lon``
    its point; both None = no point. "" = not said.
    """

    names: tuple[str, ...] = field(default=(), repr=False)
    age: int | None = field(default=None, repr=False)
    gender: str = field(default="", repr=False)
    family_group: str = field(default="", repr=False)
    contacts: str = field(default="", repr=False)
    home: str = field(default="", repr=False)
    home_lat: float | None = field(default=None, repr=False)
    home_lon: float | None = field(default=None, repr=False)


def cleaned(values: PersonalValues) -> PersonalValues:
    """The same without spaces around and spellings given twice.

    Raises InvalidInput with a sentence that repeats nothing of what was typed.
    """
    names = tuple(dict.fromkeys(one for name in values.names if (one := " ".join(name.split()))))
    if len(names) > MOST_SPELLINGS or any(len(name) > LONGEST_NAME for name in names):
        raise InvalidInput(
            f"At most {MOST_SPELLINGS} spellings of at most {LONGEST_NAME} characters are kept."
        )
    if values.age is not None and not 0 <= values.age <= OLDEST:
        raise InvalidInput(f"An age is between 0 and {OLDEST} years.")
    if values.gender not in {"", *Gender.values}:
        raise InvalidInput("Choose a gender from the list, or leave it open.")
    texts = {name: getattr(values, name).strip() for name in _LIMITS}
    if any(len(texts[name]) > limit for name, limit in _LIMITS.items()):
        raise InvalidInput(
            f"Contacts and home hold at most {LONGEST_TEXT} characters, "
            f"the family group {LONGEST_NAME}."
        )
    _check_point(values.home_lat, values.home_lon)
    return PersonalValues(
        names=names,
        age=values.age,
        gender=values.gender,
        home_lat=values.home_lat,
        home_lon=values.home_lon,
        **texts,
    )


def same_name(one: PersonalValues, other: PersonalValues) -> bool:
    """Whether two persons share a spelling, case aside."""
    return bool({n.casefold() for n in one.names} & {n.casefold() for n in other.names})


def as_bytes(values: PersonalValues) -> bytes:
    """What is sealed."""
    return json.dumps(asdict(values), ensure_ascii=False).encode()


def from_bytes(plain: bytes) -> PersonalValues:
    """The values again."""
    read: dict[str, Any] = json.loads(plain)
    return PersonalValues(**read | {"names": tuple(read["names"])})


def _check_point(lat: float | None, lon: float | None) -> None:
    if lat is None and lon is None:
        return
    if lat is None or lon is None:
        raise InvalidInput("Give both the latitude and the longitude, or neither.")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004  # degrees
        raise InvalidInput("Latitude is -90 to 90, longitude -180 to 180.")
