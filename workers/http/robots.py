"""What robots.txt says about an address: from what is kept, else asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.sources.models.politeness import LONGEST_ROBOTS
from tracker.sources.rules.politeness import retry_after
from tracker.sources.services.robots import Robots, keep_robots, known_robots
from tracker.sources.services.turns import MustWait
from workers.http.exchange import Call, port_of
from workers.http.failures import UnableToFetch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import httpx

    from workers.http.exchange import Reply

_CALL = Call(
    headers={"accept": "text/plain, */*;q=0.5"},
    media_types=frozenset(),
    largest=LONGEST_ROBOTS,
    is_cut=True,
)


def ask_robots(
    target: httpx.URL,
    *,
    get: Callable[[str, Call], Reply],
    clock: Callable[[], datetime],
) -> Robots:
    """The rules for an address; ``get`` follows redirects and raises UnableToFetch, MustWait.

    Raises MustWait where the server can't say at present, UnableToFetch where it could not for too
    long or is away altogether.
    """
    origin = f"{target.scheme}://{target.host}:{port_of(target)}"
    robots = known_robots(origin=origin, now=clock())
    if robots is None:
        status: int | None = None
        content, again = b"", None
        try:
            reply = get(f"{target.scheme}://{target.netloc.decode('ascii')}/robots.txt", _CALL)
        except UnableToFetch as failure:
            if not failure.is_final:
                raise
        else:
            status, content = reply.status, reply.content
            again = retry_after(reply.headers.get("retry-after", ""), now=clock())
        robots = keep_robots(
            origin=origin, status=status, content=content, ask_again=again, now=clock()
        )
    if robots.text is None and robots.is_given_up:
        raise UnableToFetch(
            "The server could not give its robots.txt for a day, so nothing is fetched from it.",
            is_final=True,
        )
    if robots.text is None:
        raise MustWait(robots.ask_at)
    return robots
