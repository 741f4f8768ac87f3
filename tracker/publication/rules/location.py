"""The one function that rounds a location for everybody outside: deterministic, never random.

Method: a location leaves as one bundle at no finer class than a settlement; the point is the
centre of its grid cell, so that several answers never sharpen it, and a printed name that says
more than the class allows is withheld with it (methodology, section 14, item 1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

#: Degrees; half the diagonal of a cell is under 4 km, within the radius below.
GRID = 0.05
SETTLEMENT_RADIUS_M = 5_000
FINER_THAN_SETTLEMENT = frozenset({"EXACT", "LANDMARK", "STREET", "NEIGHBOURHOOD"})
TEXT = f"""\
Places leave at no finer class than a settlement, the point as the centre of a {GRID:g}° grid cell,
always the same.
"""


@dataclass(frozen=True, slots=True)
class PublicLocation:
    """A location as it may leave; ``name`` None = withheld or not known."""

    name: str | None
    lat: float | None
    lon: float | None
    precision: str
    radius_m: int | None


def coarsen(
    *, name: str, lat: float | None, lon: float | None, precision: str, radius_m: int | None
) -> PublicLocation:
    """The bundle that leaves: the same record gives the same answer everywhere, for ever."""
    finer = precision in FINER_THAN_SETTLEMENT
    public_radius = radius_m
    if finer or lat is not None:
        public_radius = max(radius_m or 0, SETTLEMENT_RADIUS_M)
    return PublicLocation(
        name=None if finer or not name else name,
        lat=_cell_centre(lat, limit=90.0),
        lon=_cell_centre(lon, limit=180.0),
        precision="SETTLEMENT" if finer else precision,
        radius_m=public_radius,
    )


def _cell_centre(degrees: float | None, *, limit: float) -> float | None:
    if degrees is None:
        return None
    cell = math.floor(min(degrees, limit - GRID / 2) / GRID)
    return round((cell + 0.5) * GRID, 3)
