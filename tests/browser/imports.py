"""Pages of teams' tables with something on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tests.imports.tables import (
    FIRST,
    K7,
    K7_OTHERWISE,
    K8,
    REFERRED_COLUMNS,
    SECOND,
    csv_of,
    imported,
    mapping,
    received,
    referred,
)
from tracker.imports.services.undo import undo_import

if TYPE_CHECKING:
    from tracker.accounts.models import Person


def imports(by: Person) -> list[str]:
    """A table that is mapped, tried, imported with a row refused, and undone; one whose rows are
    about one incident, mapped by a guess and tried."""
    batch = imported(csv_of(FIRST, ("C-3", "soon", *SECOND[2:])), by)
    done = imported(csv_of(SECOND), by)
    undo_import(batch_id=done.pk, actor=by.as_actor(), now=timezone.now(), reason="Wrong sheet.")
    capture = received(referred(K7, K7_OTHERWISE, K8), by)
    how = mapping(by, name="Incidents of Delta", columns=REFERRED_COLUMNS)
    pages = (
        "",
        f"file/{batch.capture_id}/?mapping=Delta+cases",
        f"file/{batch.capture_id}/{batch.mapping_id}/",
        f"{batch.pk}/",
        f"{batch.pk}/undo/",
        f"{done.pk}/",
        f"file/{capture.pk}/",
        f"file/{capture.pk}/{how.pk}/",
    )
    return [f"/imports/{page}" for page in pages]
