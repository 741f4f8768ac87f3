"""One at a time: who teaches or merges sees what the one before did."""

from __future__ import annotations

#: The advisory lock that services take first and the triggers hold too.
PLACES_TURN = (7106, 4)
TAKE_TURN = f"PERFORM pg_advisory_xact_lock({PLACES_TURN[0]}, {PLACES_TURN[1]});"
