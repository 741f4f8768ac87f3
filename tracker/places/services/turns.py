"""Teaching and merging take turns, so that neither rests on what the other is about to change."""

from __future__ import annotations

from django.db import connection

from tracker.places.models.turns import PLACES_TURN


def take_turn() -> None:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", PLACES_TURN)
