"""Coordinates of a row: both or neither, on earth, and not the sea off Africa by mistake."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from tracker.imports.choices import Refusal
from tracker.imports.rows.refused import RowRefused

if TYPE_CHECKING:
    from tracker.imports.reading.table import Cell

_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{1,15})?")
_NORTHMOST, _EASTMOST = 90, 180


def point_of(lat: Cell, lon: Cell) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None = not said. Raises RowRefused."""
    north, east = _degrees(lat, "latitude"), _degrees(lon, "longitude")
    if north is None and east is None:
        return None
    if north is None or east is None:
        there, missing = ("longitude", "latitude") if north is None else ("latitude", "longitude")
        raise RowRefused(Refusal.PLACE, f"There is a {there} without a {missing}.")
    if not (abs(north) <= _NORTHMOST and abs(east) <= _EASTMOST):
        raise RowRefused(
            Refusal.PLACE, "Latitude is -90 to 90 and longitude -180 to 180, in degrees."
        )
    if north == 0 and east == 0:
        raise RowRefused(Refusal.PLACE, "0, 0 is no place; leave both empty where it is not known.")
    return north, east


def _degrees(value: Cell, name: str) -> float | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    words = str(value).strip().removesuffix("°").replace("\u2212", "-")
    if not _NUMBER.fullmatch(words):
        raise RowRefused(
            Refusal.PLACE, f"The {name} “{words[:40]}” is no number of degrees such as 35.12."
        )
    return float(words.replace(",", "."))
