"""When and where an incident was, as a row or a record says it, and in what two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Settled:
    """First and last day, place and coordinates; None, "" = not said."""

    days: tuple[date, date] | None
    place_name: str
    point: tuple[float, float] | None


def differing(said: Settled, kept: Settled, whose: str) -> str:
    """What ``said`` gives otherwise than ``kept``, in words that go on a sentence; "" = nothing.

    What ``said`` leaves out differs from nothing. ``whose`` names the one that is kept.
    """
    told = []
    if said.days is not None and said.days != kept.days:
        told.append((_days(said.days), _days(kept.days) if kept.days else "no day"))
    if said.place_name and _plain(said.place_name) != _plain(kept.place_name):
        told.append((_name(said.place_name), _name(kept.place_name) or "no place"))
    if said.point is not None and said.point != kept.point:
        told.append((_point(said.point), _point(kept.point) if kept.point else "no coordinates"))
    return ", ".join(f"{here} where {whose} has {there}" for here, there in told)


def _days(days: tuple[date, date]) -> str:
    first, last = days
    return str(first) if first == last else f"{first} to {last}"


def _name(words: str) -> str:
    return f"“{words[:_LONGEST_NAME]}”" if words else ""


def _point(point: tuple[float, float]) -> str:
    lat, lon = point
    return f"{lat:g}, {lon:g}"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
