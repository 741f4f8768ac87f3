"""``benchmark politeness``: many workers at once against twenty hosts, whose rates must hold.

The hosts are servers on loopback addresses, some of them on one address, some of them with names
below one domain, with redirects between them, crawl delays and refusals for a time. The workers
are threads of several processes, each with a connection to the database of its own, and ask for
random pages as fast as they can. The servers write down when each request came.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import connections

from tests.benchmarks import configured  # noqa: F401  # before the models
from tests.benchmarks.databases import fresh_database
from tests.benchmarks.figures import Figure, print_figures
from tracker.sources.services.turns import Turns
from workers.http.client import MustWait, Request, UnableToFetch, fetch
from workers.http.exchange import Network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.sharedctypes import Synchronized
    from multiprocessing.synchronize import Event

HOSTS = 20
#: Two hosts on each of the last addresses.
ADDRESSES = 16
PAGES = 500
PAGE = b"<!doctype html><title>Nothing</title><p>Nothing has happened."
CRAWL_DELAY, RETRY_AFTER = 1.0, 2.0
_REFUSES_EVERY = 5


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request as its server saw it; ``rest`` is what has to pass before the next one."""

    at: float
    host: str
    address: str
    rest: float


@dataclass(frozen=True, slots=True)
class Town:
    """Who lives where, and when who was asked."""

    port: int
    interval: float
    arrivals: list[Arrival] = field(default_factory=list)

    def address_of(self, number: int) -> str:
        """The address of a host; the last hosts live with others."""
        return f"127.0.0.{number % ADDRESSES + 10}"

    def host_of(self, number: int) -> str:
        """The registered domain of a host."""
        return f"host{number:02d}.example"

    def resolve(self, host: str, _port: int) -> list[str]:
        """All names below a domain lead to its address."""
        return [self.address_of(int(host[-10:-8]))]

    def url(self, number: int, page: int) -> str:
        """One of the pages; half of them on another name of the host."""
        name = "www." if page % 2 else ""
        return f"http://{name}{self.host_of(number)}:{self.port}/page/{page}"

    @property
    def allowed(self) -> frozenset[str]:
        """What the guard has to let through."""
        names = [self.host_of(number) for number in range(HOSTS)]
        return frozenset(f"{prefix}{name}:{self.port}" for name in names for prefix in ("", "www."))

    def rest_of(self, number: int, *, asked: int) -> tuple[int, float]:
        """Status and rest after a request: one host in ten is slow, one refuses at times."""
        if number % 10 == 3:
            return 200, max(CRAWL_DELAY, self.interval)
        if number % 10 == 7 and asked % _REFUSES_EVERY == _REFUSES_EVERY - 1:
            return 429, RETRY_AFTER
        return 200, self.interval


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 where no host was ever asked too soon."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark politeness", description=__doc__)
    parser.add_argument("--workers", type=int, default=40, help="at once (default 40)")
    parser.add_argument("--processes", type=int, default=4, help="that hold them (default 4)")
    parser.add_argument("--seconds", type=float, default=30.0, help="of asking (default 30)")
    parser.add_argument("--interval", type=float, default=0.25, help="seconds (default 0.25)")
    options = parser.parse_args(arguments)
    with fresh_database():
        return print_figures(
            measure(
                workers=options.workers,
                processes=options.processes,
                seconds=options.seconds,
                interval=options.interval,
            )
        )


def measure(*, workers: int, processes: int, seconds: float, interval: float) -> list[Figure]:
    """Let them loose for so long; what every host and address saw."""
    context = multiprocessing.get_context("fork")
    begin, refused = context.Event(), context.Value("l", 0)
    with ExitStack() as stack:
        servers = list(_bound_servers())
        for server in servers:
            stack.callback(server.server_close)
        town = Town(port=servers[0].server_port, interval=interval)
        connections.close_all()  # a connection must not be shared with a child
        crowd = [
            context.Process(
                target=_work,
                args=(town, workers // processes, seconds),
                kwargs={"begin": begin, "refused": refused, "number": number},
                daemon=True,
            )
            for number in range(processes)
        ]
        for process in crowd:
            process.start()
        for server in servers:
            server.town = town
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            stack.callback(server.shutdown)
        begin.set()
        for process in crowd:
            process.join(seconds + 60)
    if any(process.exitcode != 0 for process in crowd):
        raise RuntimeError("A process of workers has ended badly; see above.")
    return judge(town, seconds=seconds, refused=refused.value)


def judge(town: Town, *, seconds: float, refused: int) -> list[Figure]:
    """The smallest gaps between what came, by host and by shared address."""
    arrivals = sorted(town.arrivals, key=lambda arrival: arrival.at)
    figures = []
    for number in range(HOSTS):
        host = town.host_of(number)
        seen = [arrival for arrival in arrivals if arrival.host == host]
        if len(seen) > 1:
            figures.append(_smallest(f"{host}, {len(seen)} requests", seen))
    hosts = len(figures)
    for address in sorted({arrival.address for arrival in arrivals}):
        seen = [arrival for arrival in arrivals if arrival.address == address]
        if len({arrival.host for arrival in seen}) > 1:
            shared = [Arrival(arrival.at, "", address, town.interval) for arrival in seen]
            figures.append(_smallest(f"{address} of two hosts, {len(seen)} requests", shared))
    return [
        *figures,
        Figure("hosts asked more than once", hosts, at_least=HOSTS),
        Figure("requests sent", len(arrivals)),
        Figure("turns that had not come", refused),
        Figure(
            "requests against what one tireless visitor of each address could send",
            len(arrivals) / (ADDRESSES * seconds / town.interval),
        ),
    ]


def _smallest(name: str, seen: list[Arrival]) -> Figure:
    """The smallest gap as a multiple of what it had to be."""
    ratios = [(after.at - before.at) / before.rest for before, after in pairwise(seen)]
    return Figure(f"{name}: smallest gap / due", min(ratios), at_least=1.0)


def _work(
    town: Town,
    threads: int,
    seconds: float,
    *,
    begin: Event,
    refused: Synchronized[int],
    number: int,
) -> None:
    """One process of workers."""
    begin.wait()
    ends = time.monotonic() + seconds
    with ThreadPoolExecutor(threads) as crowd:
        visits = [
            crowd.submit(_visit, town, ends, refused, random.Random(f"{number} {n}"))  # noqa: S311  # a load, repeatable
            for n in range(threads)
        ]
        for visit in visits:
            visit.result()


def _visit(town: Town, ends: float, refused: Synchronized[int], chance: random.Random) -> None:
    """One worker: asks for random pages, and goes on to others where it must wait."""
    turns = Turns(interval=timedelta(seconds=town.interval))
    network = Network(
        user_agent="page-reader/1.0", private_allowed=town.allowed, resolve=town.resolve
    )
    while time.monotonic() < ends:
        url = town.url(chance.randrange(HOSTS), chance.randrange(PAGES))
        try:
            fetch(Request(url=url), turns=turns, network=network)
        except MustWait:
            with refused.get_lock():
                refused.value += 1
            time.sleep(chance.uniform(0.01, 0.1))
        except UnableToFetch as failure:
            if failure.status != 429:  # the town's own refusal
                raise
    connections.close_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 200
    town: Town


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        at, town = time.monotonic(), self.server.town
        host = self.headers["Host"].removeprefix("www.").split(":")[0]
        number = int(host[4:6])
        asked = sum(arrival.host == host for arrival in town.arrivals)
        status, rest = town.rest_of(number, asked=asked)
        kind, body, location = "text/html", PAGE, ""
        if self.path == "/robots.txt":
            status, rest = town.rest_of(number, asked=0)
            kind, body = "text/plain", b"User-agent: *\n"
            if number % 10 == 3:
                body += f"Crawl-delay: {CRAWL_DELAY}\n".encode()
        elif status == 200 and self.path.endswith("9"):
            status, location = 302, town.url((number + 1) % HOSTS, 0)
        address = self.server.server_address[0]
        town.arrivals.append(Arrival(at, host, str(address), rest))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        if status == 429:
            self.send_header("Retry-After", f"{RETRY_AFTER:.0f}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Silent."""


def _bound_servers() -> Iterator[_Server]:
    """One for each address, all on one port."""
    first = _Server(("127.0.0.10", 0), _Handler)
    yield first
    for number in range(1, ADDRESSES):
        yield _Server((f"127.0.0.{number + 10}", first.server_port), _Handler)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
