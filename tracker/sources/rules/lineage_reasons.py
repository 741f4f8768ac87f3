"""Why two texts are linked, as codes that every language has words for (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """What speaks for a link, or must be known to judge it."""

    SHARE = "SHARE"  # so much of the shorter report's own sentences comes from the other
    COPY = "COPY"  # at least .8 of the smaller text's three-word runs are in both
    NEAR_COPY = "NEAR_COPY"  # .5 to .8 of them
    FIGURES = "FIGURES"  # figures or days replaced each other in the same sentence
    CREDITS_ORIGIN = "CREDITS_ORIGIN"  # names the other's outlet as its source
    SAME_CREDIT = "SAME_CREDIT"  # both name the same agency
    CREDIT = "CREDIT"  # names an agency: the likely origin of both
    DAYS = "DAYS"  # published so many days after the other
    PERSON = "PERSON"  # made by a person


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``figure`` and ``words`` are what its sentence needs."""

    code: ReasonCode
    figure: float | None = None
    words: str = ""

    def as_json(self) -> dict[str, str | float | None]:
        """As it is stored."""
        return {"code": self.code.value, "figure": self.figure, "words": self.words}
