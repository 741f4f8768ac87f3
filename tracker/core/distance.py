"""How far apart two points of the earth lie."""

from __future__ import annotations

import math

_EARTH_KM = 6371.0088

#: Latitude and longitude in degrees, WGS 84.
Point = tuple[float, float]


def km_apart(one: Point, other: Point) -> float:
    """Along the surface of a sphere.

    >>> round(km_apart((90.0, 0.0), (0.0, 0.0)))
    10008
    """
    lat, other_lat = math.radians(one[0]), math.radians(other[0])
    north = math.sin((other_lat - lat) / 2) ** 2
    east = math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    share = north + math.cos(lat) * math.cos(other_lat) * east
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, share)))
