"""What a running total counts beyond the incidents known inside it (methodology, 9.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Ends = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Residual:
    """The rest of the total; ``maximum`` None = open above, ``minimum`` None = none can be said.

    ``is_too_small``: the incidents inside count more than the total itself, so a link or a figure
    is wrong.
    """

    minimum: int | None
    maximum: int | None
    is_too_small: bool


def residual(total: Ends, contained: Sequence[Ends]) -> Residual:
    """The total less every contained incident, whatever its grade, like with like.

    Lower end: the total's less the sum of the contained upper ends, never below 0, and 0 where one
    of those is open. Upper end: the total's less the sum of the contained lower ends.
    """
    low, high = total
    lowest = sum(minimum or 0 for minimum, _ in contained)
    tops = [maximum for _, maximum in contained]
    minimum = None
    if low is not None:
        minimum = 0 if None in tops else max(0, low - sum(top or 0 for top in tops))
    if high is None:
        return Residual(minimum, None, is_too_small=False)
    return Residual(minimum, max(0, high - lowest), is_too_small=lowest > high)
