"""The door to the web: everything that the tracker asks of other hosts goes through here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tracker.sources.services.turns import MustWait, Turns
from workers.http.addresses import checked_url
from workers.http.backend import Deadline
from workers.http.exchange import OK, Call, Network, exchange, installed
from workers.http.failures import UnableToFetch, refusal, told_in_a_sentence
from workers.http.request import FEED_TYPES, PAGE_TYPES, Answer, Request
from workers.http.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = [
    "FEED_TYPES",
    "PAGE_TYPES",
    "Answer",
    "MustWait",
    "Request",
    "Turns",
    "UnableToFetch",
    "fetch",
    "post",
]

POST_SECONDS = 10.0
LARGEST_REPLY = 64 * 1024


def fetch(
    request: Request,
    *,
    turns: Turns,
    network: Network | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> Answer:
    """Fetch one address, outside any transaction.

    Raises UnableToFetch, and MustWait where the turn of a host has not come.
    """
    return Visit(request, turns=turns, network=network or installed(), clock=clock).answer()


def post(
    url: str,
    *,
    content: bytes,
    content_type: str,
    accept: str,
    egress_proxy: str = "",
    network: Network | None = None,
) -> bytes:
    """Send bytes to a service that the installation chose, and give what it answers.

    Through the same guard; no redirects, no turn, no robots.txt. Raises UnableToFetch.
    """
    network = network or installed()
    with told_in_a_sentence():
        target = checked_url(url)
    reply = exchange(
        target,
        Call(
            method="POST",
            content=content,
            headers={
                "accept": accept,
                "content-type": content_type,
                "content-length": str(len(content)),
            },
            media_types=frozenset({accept}),
            largest=LARGEST_REPLY,
        ),
        address=network.address_of(target),
        proxy=egress_proxy or network.egress_proxy,
        network=network,
        deadline=Deadline(POST_SECONDS),
    )
    if reply.status != OK:
        raise refusal(reply.status)
    return reply.content
