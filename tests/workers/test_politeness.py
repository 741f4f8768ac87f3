"""Each host and address is asked one at a time, with a rest, and as its robots.txt asks."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.workers.guests import PAGE, network, serving
from tracker.sources.models import Journey, RobotsFile, Turn
from tracker.sources.services.robots import ASK_AGAIN, POSTPONED_FOR, ROBOTS_LAST, keep_robots
from tracker.sources.services.turns import HOLD, JOURNEY_LASTS, Turns, forget_politeness
from workers.http.client import Answer, MustWait, Request, UnableToFetch, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from workers.http.exchange import Network

pytestmark = pytest.mark.django_db
REST = timedelta(minutes=10)
OK_ROBOTS = "User-agent: *\nDisallow: /private\nUser-agent: bad-reader\nDisallow: /\n"


class _Outlet(BaseHTTPRequestHandler):
    """Answers as its class says; notes what is asked."""

    robots: tuple[int, str] = (200, OK_ROBOTS)
    retry_after = ""
    status = 200
    asked: list[str] = []
    locations: dict[str, str] = {}

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path in self.locations:
            self._send(301, b"", {"Location": self.locations[self.path]})
        elif self.path == "/robots.txt":
            status, text = self.robots
            self._send(status, text.encode(), {"Content-Type": "text/plain"})
        else:
            self._send(self.status, PAGE, {"Content-Type": "text/html"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.retry_after:
            self.send_header("Retry-After", self.retry_after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture
def outlet() -> Iterator[type[_Outlet]]:
    class Outlet(_Outlet):
        asked: list[str] = []
        locations: dict[str, str] = {}

    with serving(Outlet) as site:
        Outlet.site = site  # type: ignore[attr-defined]
        yield Outlet


@pytest.fixture
def through(outlet: type[_Outlet]) -> Network:
    site = outlet.site  # type: ignore[attr-defined]
    port = site.split(":")[1]
    names = [f"{name}.example:{port}" for name in ("one", "www.one", "two")]
    return network(site, *names, resolve=lambda _host, _port: ["127.0.0.1"])


def _url(outlet: type[_Outlet], path: str, host: str = "") -> str:
    site = outlet.site  # type: ignore[attr-defined]
    return f"http://{host}:{site.split(':')[1]}{path}" if host else f"http://{site}{path}"


def _free(*, rest_for: timedelta = timedelta(0)) -> None:
    """Let all rests be over that end within ``rest_for``."""
    Turn.objects.filter(free_at__lte=timezone.now() + rest_for).update(free_at=timezone.now())


def _fetch(url: str, through: Network, *, reason: str = "", at: datetime | None = None) -> Answer:
    clock = timezone.now if at is None else (lambda: at)
    request = Request(url=url, robots_reason=reason)
    return fetch(request, turns=Turns(interval=REST), network=through, clock=clock)


def _fetch_in_the_end(url: str, through: Network) -> Answer:
    """Come back as often as it takes."""
    for _ in range(20):
        try:
            return _fetch(url, through)
        except MustWait as turn:
            _free(rest_for=turn.until - timezone.now())
    raise AssertionError("Its turn never came.")


def test_every_request_has_a_turn_of_its_own(outlet: type[_Outlet], through: Network) -> None:
    url = _url(outlet, "/page")

    with pytest.raises(MustWait) as turn:
        _fetch(url, through)
    assert outlet.asked == ["/robots.txt"]
    assert REST * 0.9 < turn.value.until - timezone.now() <= REST
    with pytest.raises(MustWait):
        _fetch(url, through)
    assert outlet.asked == ["/robots.txt"], "nothing was sent out of turn"
    _free(rest_for=REST)
    assert _fetch(url, through).content == PAGE
    assert outlet.asked == ["/robots.txt", "/page"]


def test_hosts_of_one_domain_and_of_one_address_share_a_turn() -> None:
    turns = Turns(interval=REST)
    turns.give_back(turns.take(host="www.one.example", address="1.1.1.1"))

    for host, address in [
        ("one.example", "1.1.1.2"),
        ("news.one.example", "1.1.1.3"),
        ("WWW.ONE.EXAMPLE.", "1.1.1.4"),
        ("two.example", "1.1.1.1"),
    ]:
        with pytest.raises(MustWait):
            turns.take(host=host, address=address)
    assert turns.take(host="two.example", address="1.1.1.2"), "a refusal takes nothing"


def test_turn_is_held_while_the_host_is_talked_to() -> None:
    turns = Turns(interval=timedelta(seconds=1))
    held = turns.take(host="one.example", address="1.1.1.1")

    with pytest.raises(MustWait) as turn:
        turns.take(host="one.example", address="1.1.1.2")
    assert turn.value.until - timezone.now() <= timedelta(seconds=1)
    _free(rest_for=HOLD)  # its holder died
    later = turns.take(host="one.example", address="1.1.1.1")
    turns.give_back(held)
    with pytest.raises(MustWait):
        turns.take(host="one.example", address="1.1.1.1")
    turns.give_back(later)
    assert Turn.objects.filter(holder__isnull=True).count() == 2


@pytest.mark.parametrize(("delay", "rest"), [("1200", 300), ("70", 70), ("0.5", 1), ("no", 1)])
def test_crawl_delay_is_obeyed_up_to_a_bound(
    delay: str, rest: int, outlet: type[_Outlet], through: Network
) -> None:
    outlet.robots = (200, f"User-agent: *\nCrawl-delay: {delay}\n")
    request, turns = Request(url=_url(outlet, "/page")), Turns(interval=timedelta(seconds=1))
    with pytest.raises(MustWait) as turn:
        fetch(request, turns=turns, network=through)
    assert rest - 1 < (turn.value.until - timezone.now()).total_seconds() <= rest
    _free(rest_for=REST)

    fetch(request, turns=turns, network=through)

    left = Turn.objects.get(key="host 127.0.0.1").free_at - timezone.now()
    assert rest - 1 < left.total_seconds() <= rest


@pytest.mark.parametrize("status", [429, 503])
def test_busy_host_is_left_alone_as_long_as_it_says(
    status: int, outlet: type[_Outlet], through: Network
) -> None:
    outlet.status, outlet.retry_after = status, "3600"
    url = _url(outlet, "/page", "www.one.example")

    with pytest.raises(UnableToFetch, match=f"status {status}") as failure:
        _fetch_in_the_end(url, through)

    assert failure.value.retry_after == timedelta(hours=1)
    free_at = dict(Turn.objects.values_list("key", "free_at"))
    host_rest = free_at["host one.example"] - timezone.now()
    assert timedelta(minutes=59) < host_rest <= timedelta(hours=1)
    assert free_at["address 127.0.0.1"] - timezone.now() <= REST, "other hosts of the address go on"


def test_redirect_to_another_host_takes_its_turn(outlet: type[_Outlet], through: Network) -> None:
    there = _url(outlet, "/there", "two.example")
    outlet.locations["/here"] = there
    here = _url(outlet, "/here", "one.example")

    answer = _fetch_in_the_end(here, through)

    assert answer.retrieved.final_url == there
    assert answer.moved_to == there
    assert outlet.asked == ["/robots.txt", "/here", "/robots.txt", "/there"]
    assert not Journey.objects.exists()
    assert Turn.objects.filter(key__in=["host one.example", "host two.example"]).count() == 2


def test_journey_is_remembered_for_an_hour(outlet: type[_Outlet], through: Network) -> None:
    outlet.locations["/here"] = "/there"
    url = _url(outlet, "/here")
    for _ in range(2):
        with pytest.raises(MustWait):
            _fetch(url, through)
        _free(rest_for=REST)
    assert outlet.asked == ["/robots.txt", "/here"]

    with pytest.raises(MustWait):
        _fetch(url, through, at=timezone.now() + JOURNEY_LASTS)

    assert outlet.asked == ["/robots.txt", "/here", "/here"]
    forget_politeness(now=timezone.now() + timedelta(days=2))
    assert not Journey.objects.exists()
    assert not Turn.objects.exists()


def test_page_that_robots_may_not_read(outlet: type[_Outlet], through: Network) -> None:
    with pytest.raises(UnableToFetch, match="asks not to fetch this address") as failure:
        _fetch_in_the_end(_url(outlet, "/private/page"), through)

    assert failure.value.is_final
    assert outlet.asked == ["/robots.txt"]


def test_page_recorded_once_against_robots(outlet: type[_Outlet], through: Network) -> None:
    url = _url(outlet, "/private/page")

    answer = _fetch(url, through, reason="The only page that names the dead.")

    assert answer.retrieved.robots_reason == "The only page that names the dead."
    assert outlet.asked == ["/private/page"]
    with pytest.raises(MustWait):
        _fetch(url, through, reason="The only page that names the dead.")


def test_redirect_to_a_page_that_robots_may_not_read(
    outlet: type[_Outlet], through: Network
) -> None:
    outlet.locations["/open"] = "/private/page"

    with pytest.raises(UnableToFetch, match="asks not to fetch"):
        _fetch_in_the_end(_url(outlet, "/open"), through)

    assert outlet.asked == ["/robots.txt", "/open"]


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410, 451])
def test_robots_file_that_is_not_there_allows_all(
    status: int, outlet: type[_Outlet], through: Network
) -> None:
    outlet.robots = (status, "" if status == 204 else "User-agent: *\nDisallow: /")

    assert _fetch_in_the_end(_url(outlet, "/private/page"), through).content == PAGE
    assert RobotsFile.objects.get().status == status


@pytest.mark.parametrize("location", ["http://127.0.0.1:22/robots.txt", "/robots.txt", "ftp://a/"])
def test_robots_file_that_leads_nowhere_allows_all(
    location: str, outlet: type[_Outlet], through: Network
) -> None:
    outlet.locations["/robots.txt"] = location

    assert _fetch_in_the_end(_url(outlet, "/page"), through).content == PAGE


def test_robots_file_behind_a_redirect(outlet: type[_Outlet], through: Network) -> None:
    outlet.locations["/robots.txt"] = "/r"
    outlet.locations["/r"] = "/s"

    assert _fetch_in_the_end(_url(outlet, "/page"), through).content == PAGE
    assert outlet.asked == ["/robots.txt", "/r", "/s", "/page"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_waits_for_a_robots_file_is_given_up_after_a_day(
    status: int, outlet: type[_Outlet], through: Network
) -> None:
    outlet.robots = (status, "")
    url, start = _url(outlet, "/page"), timezone.now()

    with pytest.raises(MustWait) as turn:
        _fetch(url, through, at=start)
    assert turn.value.until == start + ASK_AGAIN
    with pytest.raises(MustWait):
        _fetch(url, through, at=start + ASK_AGAIN / 2)
    assert outlet.asked == ["/robots.txt"]
    _free(rest_for=REST)
    with pytest.raises(UnableToFetch, match="for a day, so nothing") as failure:
        _fetch(url, through, at=start + POSTPONED_FOR)

    assert failure.value.is_final
    assert outlet.asked == ["/robots.txt"] * 2


def test_older_rules_stand_in_for_those_that_cannot_be_had(
    outlet: type[_Outlet], through: Network
) -> None:
    _fetch_in_the_end(_url(outlet, "/page"), through)
    outlet.robots = (503, "")
    _free(rest_for=REST)
    later = timezone.now() + ROBOTS_LAST

    with pytest.raises(MustWait):
        _fetch(_url(outlet, "/page"), through, at=later)
    _free(rest_for=REST)
    with pytest.raises(UnableToFetch, match="asks not to fetch"):
        _fetch(_url(outlet, "/private"), through, at=later)

    assert _fetch(_url(outlet, "/page"), through, at=later).content == PAGE
    assert outlet.asked == ["/robots.txt", "/page", "/robots.txt", "/page"]


def test_server_that_is_away_costs_an_attempt(through: Network) -> None:
    away = network("127.0.0.1:9")

    with pytest.raises(UnableToFetch, match="could not be reached") as failure:
        _fetch("http://127.0.0.1:9/", away)

    assert not failure.value.is_final
    assert not RobotsFile.objects.exists()


def test_refused_address_is_not_asked_for_its_robots_file() -> None:
    with pytest.raises(UnableToFetch, match="private network"):
        _fetch("http://127.0.0.1/", network())

    assert not RobotsFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "path", "is_allowed"),
    [
        (b"User-agent: test-reader\nDisallow: /", "/a", False),
        (b"User-agent: other\nDisallow: /", "/a", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", False),
        (b"User-agent: *\r\nDisallow: /\r\nAllow: /a$", "/a", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        (b"\xff\xfe\x00<html>Not found", "/a", True),
        (b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /", "/a", True),
        (b"User-agent: *\nCrawl-delay: many\nDisallow: /b", "/a", True),
    ],
)
def test_robots_file_as_it_is_found(content: bytes, path: str, is_allowed: bool) -> None:  # noqa: FBT001  # a table
    robots = keep_robots(
        origin="http://one.example:80",
        status=200,
        content=content,
        ask_again=None,
        now=timezone.now(),
    )

    assert robots.allows(f"http://one.example{path}", agent="test-reader") is is_allowed
    assert robots.delay(agent="test-reader") == timedelta(0)


def test_request_rate_is_a_delay_too() -> None:
    robots = keep_robots(
        origin="http://one.example:80",
        status=200,
        content=b"User-agent: *\nRequest-rate: 1/20\n",
        ask_again=None,
        now=timezone.now(),
    )

    assert robots.delay(agent="test-reader") == timedelta(seconds=20)
