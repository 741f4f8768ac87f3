"""``benchmark following``: a press on loopback is followed from first poll to queue.

Outlets of every kind of feed, with copies, updates, changes and every vice, by real workers. What
came of each page is compared with what the press knows of it, and each host's book of requests
with the rules of politeness.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from tests.benchmarks import configured  # noqa: F401  # before the models
from tests.benchmarks.databases import fresh_database
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.ingest import installation
from tests.factories import PersonFactory
from tests.site.plan import FeedStyle, Lineage, plan
from tests.site.server import RETRY_AFTER, serving
from tracker.core.actor import Role
from tracker.sources.choices import ArticleState, FeedKind
from tracker.sources.models import Article, Feed
from tracker.sources.services.feeds import FeedValues, add_feed, poll_now
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.site.plan import SitePage
    from tests.site.server import Press
    from tracker.core.actor import Actor

#: Seconds between two requests to one host.
INTERVAL = 0.2
#: Nothing new for so many seconds means that nothing more comes.
_STILL = 90.0
_PATIENCE = 1500.0
_KINDS = {
    Lineage.ORIGINAL: {"ORIGINAL", "PARTIAL_OVERLAP"},
    # The outlets' own closing lines differ, and are known as furniture only once they recur.
    Lineage.VERBATIM: {"VERBATIM_COPY", "EDITED_COPY"},
    Lineage.EDITED: {"EDITED_COPY", "EXCERPT"},
    Lineage.UPDATED: {"UPDATED_COPY"},
}


def main(arguments: Sequence[str]) -> int:
    """Follow, compare and print; 0 where every limit is kept."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark following", description=__doc__)
    parser.add_argument("--outlets", type=int, default=30)
    parser.add_argument("--pages", type=int, default=2000)
    options = parser.parse_args(arguments)
    outlets = plan(outlets=options.outlets, pages=options.pages)
    with (
        tempfile.TemporaryDirectory(prefix="harm-press-") as name,
        fresh_database(),
        serving(outlets) as press,
        installation(Path(name), FETCH_ALLOW_PRIVATE=press.allowed, FETCH_INTERVAL=str(INTERVAL)),
    ):
        return print_figures(followed(press))


def followed(press: Press) -> list[Figure]:
    """Follow the whole press, then its second edition; what came of it."""
    pages = [page for outlet in press.outlets for page in outlet.pages]
    wanted = [page for page in pages if page.vice is None and not page.is_disallowed]
    person = PersonFactory(role=Role.COORDINATOR.value).as_actor()
    began = time.monotonic()
    _follow(press, person)
    _wait(_extracted, len(wanted))
    first = [
        Figure("feeds", len(press.outlets)),
        Figure("pages, vices among them", len(pages)),
        Figure("until the last article was ready for people", time.monotonic() - began, unit="s"),
        Figure("articles that came, of those there are", _extracted() / len(wanted), at_least=1.0),
        Figure("pages that are none and became one", _extracted() - len(wanted), at_most=0),
        *_lineage(press, wanted),
    ]
    changed = [page for page in wanted if page.second is not None]
    press.edition = 2
    for feed_id in Feed.objects.values_list("pk", flat=True):
        poll_now(feed_id=feed_id, actor=person, now=timezone.now())
    _wait(_versions, len(changed))
    return [*first, *_second_edition(changed), *_politeness(press)]


def _follow(press: Press, person: Actor) -> None:
    for outlet in press.outlets:
        kind = FeedKind.SITEMAP if outlet.style is FeedStyle.SITEMAP else FeedKind.FEED
        values = FeedValues(kind=kind, address=press.feed_address(outlet), title=outlet.name)
        add_feed(values=values, actor=person, now=timezone.now())


def _extracted() -> int:
    return Article.objects.filter(state=ArticleState.EXTRACTED, previous=None).count()


def _versions() -> int:
    return Article.objects.filter(state=ArticleState.EXTRACTED, previous__isnull=False).count()


def _wait(count: Callable[[], int], wanted: int) -> None:
    until = time.monotonic() + _PATIENCE
    last, since = -1, time.monotonic()
    while (now := count()) < wanted and time.monotonic() < until:
        if now != last:
            last, since = now, time.monotonic()
        if time.monotonic() - since > _STILL:
            return
        time.sleep(1)


def _lineage(press: Press, wanted: list[SitePage]) -> list[Figure]:
    """Whether copies share their origin's story, own texts share none, and kinds are right."""
    stories: dict[int, set[int | None]] = defaultdict(set)
    mixed: dict[int | None, set[int]] = defaultdict(set)
    right = copies = 0
    found = {
        url: (story, kind)
        for url, story, kind in Article.objects.filter(
            state=ArticleState.EXTRACTED, previous=None
        ).values_list("url", "story_id", "lineage_kind")
    }
    for outlet in press.outlets:
        for page in outlet.pages:
            story, kind = found.get(press.base_of(outlet) + page.path, (None, ""))
            if page not in wanted or story is None:
                continue
            stories[page.story].add(story)
            mixed[story].add(page.story)
            if page.lineage is not Lineage.ORIGINAL:
                copies += 1
                right += kind in _KINDS[page.lineage]
    whole = sum(1 for held in stories.values() if len(held) == 1)
    pure = sum(1 for told in mixed.values() if len(told) == 1)
    return [
        Figure("texts whose copies are all one story", whole / max(1, len(stories)), 0.98),
        Figure("stories that hold one text only", pure / max(1, len(mixed)), 0.98),
        Figure("copies of the right kind", right / max(1, copies), 0.95),
    ]


def _second_edition(changed: list[SitePage]) -> list[Figure]:
    versions = Article.objects.filter(previous__isnull=False)
    with_task = ReviewTask.objects.filter(article__previous__isnull=False).count()
    figures_changed = sum(
        1 for page in changed if page.first and page.second and _lead(page) != page.first.text[:40]
    )
    return [
        Figure("later versions, of those there are", versions.count() / len(changed), 1.0, 1.0),
        Figure(
            "reviews reopened, of those with a new figure", with_task / figures_changed, 1.0, 1.0
        ),
        Figure(
            "versions in another story than their predecessor",
            versions.exclude(story=F("previous__story")).count(),
            at_most=0,
        ),
    ]


def _lead(page: SitePage) -> str:
    return page.second.text[:40] if page.second else ""


def _politeness(press: Press) -> list[Figure]:
    """The smallest gap against what was due, and what robots.txt forbids."""
    smallest = float("inf")
    forbidden = 0
    for outlet in press.outlets:
        visits = sorted(
            (visit for visit in press.visits if visit.outlet == outlet.number),
            key=lambda visit: visit.at,
        )
        forbidden += sum(1 for visit in visits if visit.path.startswith("/private/"))
        known_robots = False
        for before, after in pairwise(visits):
            known_robots = known_robots or before.path == "/robots.txt"
            due = outlet.crawl_delay if outlet.crawl_delay and known_robots else INTERVAL
            due = max(due, RETRY_AFTER if before.status == HTTPStatus.TOO_MANY_REQUESTS else 0)
            smallest = min(smallest, (after.at - before.at) / due)
    return [
        Figure("requests", len(press.visits)),
        Figure("smallest gap of any host / the gap due", smallest, at_least=0.95),
        Figure("requests that robots.txt forbids", forbidden, at_most=0),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
