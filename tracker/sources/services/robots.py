"""robots.txt, kept for everybody: what it says, and for how long that may be believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from protego import Protego

from tracker.sources.models import RobotsFile
from tracker.sources.models.politeness import LONGEST_ROBOTS
from tracker.sources.rules.politeness import crawl_delay

if TYPE_CHECKING:
    from datetime import datetime

ROBOTS_LAST = timedelta(days=1)
#: When a server that could not give its robots.txt is asked again.
ASK_AGAIN = timedelta(minutes=15)
#: For how long what was to be fetched waits for a robots.txt that can't be had.
POSTPONED_FOR = timedelta(days=1)
#: How old rules may be that stand in for those that can't be had.
STAND_IN_FOR = timedelta(days=30)
_OK = 200
_TOO_MANY = 429
_SERVER_FAILS = 500


@dataclass(frozen=True, slots=True)
class Robots:
    """What an origin asks of robots at present.

    ``text`` None = it could not say, and nothing older may stand in; it is asked again at
    ``ask_at``. ``is_given_up`` = it could not for so long that what waits for it is given up.
    """

    text: str | None
    ask_at: datetime
    is_given_up: bool = False

    def allows(self, url: str, *, agent: str) -> bool:
        """Whether the address may be fetched."""
        return bool(self.text is not None and self._rules().can_fetch(url, agent))

    def delay(self, *, agent: str) -> timedelta:
        """The rest it wants between two requests, bounded."""
        return _delay(self._rules(), agent)

    def _rules(self) -> Protego:
        return Protego.parse(self.text or "")


def delay_in(content: bytes, *, agent: str) -> timedelta:
    """The rest that a robots.txt wants which has just been received."""
    return _delay(Protego.parse(_text(content)), agent)


def known_robots(*, origin: str, now: datetime) -> Robots | None:
    """What is kept; None where it must be asked for."""
    row = RobotsFile.objects.filter(origin=origin, expires_at__gt=now).first()
    return None if row is None else _as_robots(row, now=now)


def keep_robots(
    *,
    origin: str,
    status: int | None,
    content: bytes,
    ask_again: timedelta | None,
    now: datetime,
) -> Robots:
    """Keep an answer to the question for robots.txt, and say what follows from it (RFC 9309).

    ``status`` None = the answer can't be used whatever is done (a redirect too many or to where
    nothing is fetched from), which is like a file that is not there: all is allowed.
    """
    row, _ = RobotsFile.objects.get_or_create(
        origin=origin, defaults={"expires_at": now, "unreachable_since": now}
    )
    row.status = status
    if status is not None and (status == _TOO_MANY or status >= _SERVER_FAILS):
        row.unreachable_since = row.unreachable_since or now
        row.expires_at = now + max(ask_again or ASK_AGAIN, ASK_AGAIN)
    else:
        row.content = _text(content) if status == _OK else ""
        row.unreachable_since = None
        row.fetched_at = now
        row.expires_at = now + ROBOTS_LAST
    row.save()
    return _as_robots(row, now=now)


def _as_robots(row: RobotsFile, *, now: datetime) -> Robots:
    is_usable = row.fetched_at is not None and (
        row.unreachable_since is None or row.fetched_at > now - STAND_IN_FOR
    )
    return Robots(
        text=row.content if is_usable else None,
        ask_at=row.expires_at,
        is_given_up=row.unreachable_since is not None
        and row.unreachable_since <= now - POSTPONED_FOR,
    )


def _delay(rules: Protego, agent: str) -> timedelta:
    rate = rules.request_rate(agent)
    return max(
        crawl_delay(rules.crawl_delay(agent)),
        crawl_delay(rate.seconds / rate.requests if rate and rate.requests else None),
    )


def _text(content: bytes) -> str:
    """As UTF-8, cut where the file is longer than is read; PostgreSQL keeps no NUL."""
    return content[:LONGEST_ROBOTS].decode("utf-8-sig", errors="replace").replace("\0", "")
