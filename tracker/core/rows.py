"""A row is held against its constraints before the database does it, for their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from tracker.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model


def check_row(row: Model, *, exclude: Collection[str] = ()) -> None:
    """Raise InvalidInput with the sentences of all that the row breaks; the form gets them.

    ``exclude`` are fields that are not looked at. The failure carries no values of the row.
    """
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as failure:
        raise InvalidInput(" ".join(failure.messages)) from None
