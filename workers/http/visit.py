"""One fetch: an address, its redirects, the turn of each host and what its robots.txt asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from tracker.sources.rules.politeness import retry_after
from tracker.sources.services.retrieved import Retrieved
from tracker.sources.services.robots import delay_in
from tracker.sources.services.turns import MustWait, Travelled, Turns
from workers.http.addresses import checked_url
from workers.http.backend import Deadline
from workers.http.exchange import OK, Call, Network, Reply, exchange
from workers.http.failures import UnableToFetch, refusal, told_in_a_sentence
from workers.http.request import Answer, Request
from workers.http.robots import ask_robots

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MOST_REDIRECTS = 5
_MOVED_FOR_GOOD = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_ASK_LATER = frozenset({429, 503})


class Visit:
    """A fetch under way."""

    def __init__(
        self, request: Request, *, turns: Turns, network: Network, clock: Callable[[], datetime]
    ) -> None:
        self._request = request
        self._turns = turns
        self._network = network
        self._clock = clock
        self._deadline = Deadline(network.total_seconds)

    def answer(self) -> Answer:
        """Fetch. Raises UnableToFetch, MustWait."""
        request = self._request
        asked = {"accept": ", ".join([*sorted(request.media_types), "*/*;q=0.1"])}
        if request.etag:
            asked["if-none-match"] = request.etag
        if request.last_modified:
            asked["if-modified-since"] = request.last_modified
        call = Call(headers=asked, media_types=request.media_types)
        travelled, reply = self._travel(request.url, lambda target: self._page(target, call))
        not_modified = reply.status == _NOT_MODIFIED and bool(request.etag or request.last_modified)
        if reply.status != OK and not not_modified:
            raise refusal(reply.status, retry_after=self._retry_after(reply))
        return Answer(
            content=reply.content,
            media_type=reply.media_type,
            not_modified=not_modified,
            moved_to=travelled.moved_to,
            retrieved=Retrieved(
                url=request.url,
                final_url=travelled.addresses[-1],
                redirects=travelled.addresses[1:-1],
                status=reply.status,
                request_headers=reply.request_headers,
                headers=reply.headers,
                address=reply.address,
                tool=f"httpx {httpx.__version__}",
                seconds=round(self._deadline.spent, 3),
                robots_reason=request.robots_reason,
            ),
        )

    def _travel(self, url: str, ask: Callable[[httpx.URL], Reply]) -> tuple[Travelled, Reply]:
        """Follow redirects to their end. Where a turn is missing, note how far it came."""
        travelled = self._turns.travelled(url, now=self._clock())
        was_broken_off = len(travelled.addresses) > 1
        target = _checked(travelled.addresses[-1])
        while True:
            try:
                reply = ask(target)
            except MustWait:
                if len(travelled.addresses) > 1:
                    self._turns.remember(travelled, now=self._clock())
                raise
            location = reply.headers.get("location", "")
            if reply.status not in _REDIRECTS or not location:
                break
            if len(travelled.addresses) > MOST_REDIRECTS:
                raise UnableToFetch(
                    f"It redirects more than {MOST_REDIRECTS} times.", is_final=True
                )
            target = _checked(location, base=target)
            travelled = _one_further(travelled, str(target), status=reply.status)
        if was_broken_off:
            self._turns.arrived(url)
        return travelled, reply

    def _page(self, target: httpx.URL, call: Call) -> Reply:
        if self._request.robots_reason:
            return self._in_turn(target, call, rest=timedelta(0))
        self._network.address_of(target)  # an address that is refused is not asked for robots.txt
        agent = self._network.agent
        robots = ask_robots(target, get=self._robots_file, clock=self._clock)
        if not robots.allows(str(target), agent=agent):
            raise UnableToFetch(
                f"robots.txt of {target.host} asks not to fetch this address; "
                "a person may have it recorded once, with a reason.",
                is_final=True,
            )
        return self._in_turn(target, call, rest=robots.delay(agent=agent))

    def _robots_file(self, url: str, call: Call) -> Reply:
        _, reply = self._travel(
            url, lambda target: self._in_turn(target, call, rest=timedelta(0), told=self._delay)
        )
        return reply

    def _delay(self, reply: Reply) -> timedelta:
        """What a robots.txt wants from now on."""
        return delay_in(reply.content, agent=self._network.agent)

    def _in_turn(
        self,
        target: httpx.URL,
        call: Call,
        *,
        rest: timedelta,
        told: Callable[[Reply], timedelta] | None = None,
    ) -> Reply:
        """One request in the turn of its host and address, resolved and checked just before.

        ``rest`` as it is known, ``told`` reads it from the reply.
        """
        with told_in_a_sentence():
            self._deadline.left()
        address = self._network.address_of(target)
        turn = self._turns.take(host=target.host, address=address)
        host_rest = timedelta(0)
        try:
            reply = exchange(
                target,
                call,
                address=address,
                proxy=self._request.egress_proxy or self._network.egress_proxy,
                network=self._network,
                deadline=self._deadline,
            )
            host_rest = self._retry_after(reply) or (told(reply) if told else host_rest)
        finally:
            self._turns.give_back(turn, rest=rest, host_rest=host_rest)
        return reply

    def _retry_after(self, reply: Reply) -> timedelta | None:
        """What the server asks for with 429 and 503."""
        if reply.status not in _ASK_LATER:
            return None
        return retry_after(reply.headers.get("retry-after", ""), now=self._clock())


def _checked(url: str, *, base: httpx.URL | None = None) -> httpx.URL:
    with told_in_a_sentence():
        return checked_url(url, base=base)


def _one_further(travelled: Travelled, url: str, *, status: int) -> Travelled:
    """``moved_to`` follows as long as each step so far was for good."""
    is_unbroken = travelled.moved_to == travelled.addresses[-1] or len(travelled.addresses) == 1
    moved = url if is_unbroken and status in _MOVED_FOR_GOOD else travelled.moved_to
    return replace(travelled, addresses=(*travelled.addresses, url), moved_to=moved)
