"""Turns: at most one request at a time to a host and to an address, and a rest after each.

The tokens lie in PostgreSQL and go by its clock, so this holds for any number of workers and
hosts, whatever their own clocks say.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from tracker.sources.models import Journey, Turn
from tracker.sources.rules.politeness import registrable_domain

if TYPE_CHECKING:
    from datetime import datetime

#: Longer than one request may take; a worker that died loses its turn then.
HOLD = timedelta(seconds=40)
#: How long it is remembered where an address led.
JOURNEY_LASTS = timedelta(hours=1)
#: A turn that has been free for so long is as good as one that never was.
TURN_LASTS = timedelta(days=1)

# Takes both or (rolled back) neither. The order of keys is the same everywhere: no deadlock.
_TAKE = """
    INSERT INTO sources_turn AS turn (key, holder, free_at)
    SELECT key, %(holder)s, clock_timestamp() + make_interval(secs => %(hold)s)
    FROM unnest(%(keys)s::text[]) AS key
    ORDER BY key
    ON CONFLICT (key) DO UPDATE SET holder = EXCLUDED.holder, free_at = EXCLUDED.free_at
    WHERE turn.free_at <= clock_timestamp()
    RETURNING key
"""
# Who talks to the host now will be done long before its hold ends; ask again after one rest.
_NEXT = """
    SELECT max(CASE WHEN holder IS NULL THEN free_at
                    ELSE least(free_at, clock_timestamp() + make_interval(secs => %(interval)s))
               END)
    FROM sources_turn WHERE key = ANY(%(keys)s)
"""
# In the order of taking, for the same reason.
_GIVE_BACK = """
    WITH held AS (
        SELECT id FROM sources_turn WHERE key = ANY(%(keys)s) AND holder = %(holder)s
        ORDER BY key FOR UPDATE
    )
    UPDATE sources_turn AS turn
    SET holder = NULL,
        free_at = clock_timestamp() + make_interval(
            secs => CASE WHEN key = %(host)s THEN %(host_rest)s ELSE %(rest)s END)
    FROM held WHERE turn.id = held.id
"""


class MustWait(Exception):
    """The turn of the host or of its address has not come; costs no attempt."""

    def __init__(self, until: datetime) -> None:
        super().__init__("The turn of this host has not come.")
        self.until = until


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """The right to send one request."""

    host_key: str
    address_key: str
    holder: uuid.UUID


@dataclass(frozen=True, slots=True)
class Travelled:
    """The addresses from the first to the one to ask now; ``moved_to`` as for Journey."""

    addresses: tuple[str, ...]
    moved_to: str = ""


class Turns:
    """The turns of all hosts; ``interval`` is the rest after each request."""

    def __init__(self, *, interval: timedelta | None = None) -> None:
        self.interval = settings.FETCH_INTERVAL if interval is None else interval

    def take(self, *, host: str, address: str) -> HeldTurn:
        """Take the turn of a host and of its address. Raises MustWait where one is not free.

        Must not be called in a transaction, which would hide the turn from all others.
        """
        host_key = f"host {registrable_domain(host)}"
        turn = HeldTurn(host_key, f"address {address}", uuid.uuid4())
        keys = [turn.host_key, turn.address_key]
        given: dict[str, Any] = {"keys": keys, "holder": turn.holder, "hold": HOLD.total_seconds()}
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(_TAKE, given)
            if len(cursor.fetchall()) == len(keys):
                return turn
            transaction.set_rollback(True)
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, {"keys": keys, "interval": self.interval.total_seconds()})
            (until,) = cursor.fetchone()
        raise MustWait(until)

    def give_back(
        self,
        turn: HeldTurn,
        *,
        rest: timedelta = timedelta(0),
        host_rest: timedelta = timedelta(0),
    ) -> None:
        """End the request; the interval passes before the next one.

        ``rest`` where it is longer (Crawl-delay), ``host_rest`` for the host alone (Retry-After).
        """
        rest = max(rest, self.interval)
        given: dict[str, Any] = {
            "keys": [turn.host_key, turn.address_key],
            "host": turn.host_key,
            "holder": turn.holder,
            "rest": rest.total_seconds(),
            "host_rest": max(rest, host_rest).total_seconds(),
        }
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_BACK, given)

    def travelled(self, url: str, *, now: datetime) -> Travelled:
        """How far a fetch of this address had come; just the address where none was broken off."""
        known = Journey.objects.filter(pk=_digest(url), noted_at__gt=now - JOURNEY_LASTS).first()
        if known is None:
            return Travelled((url,))
        return Travelled(tuple(known.addresses), known.moved_to)

    def remember(self, travelled: Travelled, *, now: datetime) -> None:
        """Note how far it came, so that the hosts on the way are not asked again."""
        Journey.objects.update_or_create(
            pk=_digest(travelled.addresses[0]),
            defaults={
                "addresses": list(travelled.addresses),
                "moved_to": travelled.moved_to,
                "noted_at": now,
            },
        )

    def arrived(self, url: str) -> None:
        """Forget how far it had come."""
        Journey.objects.filter(pk=_digest(url)).delete()


def forget_politeness(*, now: datetime) -> None:
    """Remove turns and journeys that mean nothing any more."""
    Turn.objects.filter(free_at__lt=now - TURN_LASTS).delete()
    Journey.objects.filter(noted_at__lt=now - JOURNEY_LASTS).delete()


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
