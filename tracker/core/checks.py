"""Constraints built from the enums they guard, so that choices bind the database too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, F, Q

if TYPE_CHECKING:
    from collections.abc import Iterable


def one_of(
    field: str, values: Iterable[str], *, name: str, nullable: bool = False
) -> CheckConstraint:
    """``field`` holds one of ``values``; a CHECK passes on NULL, so ``nullable`` only documents."""
    condition = Q(**{f"{field}__in": list(values)})
    if nullable:
        condition |= Q(**{f"{field}__isnull": True})
    return CheckConstraint(condition=condition, name=name)


def ordered(low: str, high: str, *, name: str) -> CheckConstraint:
    """``low`` <= ``high`` where both are set; either half may be NULL (a half-open range)."""
    return CheckConstraint(
        condition=Q(**{f"{low}__isnull": True})
        | Q(**{f"{high}__isnull": True})
        | Q(**{f"{low}__lte": F(high)}),
        name=name,
        violation_error_message="The lower figure must not be above the higher one.",
    )


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """A pair that is whole or absent, such as coordinates or the ends of a window."""
    return CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
    )
