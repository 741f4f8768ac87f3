"""What a running total counts beyond the incidents known inside it (methodology, 9.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = """\
A running total (a province in a week) covers days, a place and the incidents that people find
inside it, whatever their grade. It is never added to an incident nor to a total of incidents.
Beside it stands the rest, like with like (all people with all people):

- lower end: the total's lower end less the sum of the upper ends inside, never below 0, and 0
  where one of those is open;
- upper end: the total's upper end less the sum of the lower ends inside.

64 people that contain 10-14, 20-22 and 3-3 leave 25-31. Where the incidents inside count more than
the total itself, a link or a figure is wrong, and the page says so.
"""

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
