"""A drop folder: files are taken once they have stopped changing, and stay where they are."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from tracker.core.errors import InvalidInput
from tracker.sources.choices import PollOutcome
from tracker.sources.models import Feed, FeedItem
from tracker.sources.rules.feed_items import item_key
from tracker.sources.services.feeds_items import Taken, follower_of
from tracker.sources.services.feeds_poll import Polled, fail_poll, finish_poll
from tracker.sources.services.files import items_of_path
from tracker.sources.services.ingest import Outcome, ingest_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tracker.sources.services.feeds_poll import FeedLease

#: Seconds for one look; well below a task's time limit. The rest waits for the next look.
LONGEST_LOOK = 30.0
MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class _Dropped:
    """A file as it lies there; ``stamp`` changes whenever it does."""

    path: Path
    name: str
    stamp: str


def look_into_folder(*, lease: FeedLease, clock: Callable[[], datetime]) -> bool:
    """Take what two looks found unchanged; False where the lease was lost.

    A folder that can't be read is a failed poll, in words. A file that fails is kept among the
    failures of ingestion and is tried again when it changes.
    """
    began = time.monotonic()
    feed = Feed.objects.get(pk=lease.feed_id)
    try:
        files = list(_files(folder_of(lease.address)))
    except (InvalidInput, OSError) as failure:
        reason = str(failure) if isinstance(failure, InvalidInput) else _said(failure)
        return fail_poll(lease=lease, reason=reason, now=clock())
    known = {item.key: item for item in FeedItem.objects.filter(feed=feed)}
    counts: list[Taken] = []
    is_whole = True
    for file in files:
        if time.monotonic() - began > LONGEST_LOOK:
            is_whole = False
            break
        counts.append(_look(feed, file, known, clock=clock, until=began + LONGEST_LOOK))
    new = counts.count(Taken.NEW)
    waiting = FeedItem.objects.filter(feed=feed, taken_at__isnull=True).exists()
    polled = Polled(
        PollOutcome.NEW if new else PollOutcome.NOTHING_NEW,
        time.monotonic() - began,
        items=len(counts),
        new=new,
        warning="Some files still change and wait for the next look." if waiting else "",
        is_whole=is_whole,
    )
    return finish_poll(lease=lease, polled=polled, now=clock())


def folder_of(name: str) -> Path:
    """The folder below the drop root. Raises InvalidInput where there is none or it leads out."""
    if not settings.DROP_ROOT:
        raise InvalidInput("There is no drop root: set DROP_ROOT to the folder that holds them.")
    root = Path(settings.DROP_ROOT).resolve()
    folder = (root / name).resolve()
    if not folder.is_relative_to(root):
        raise InvalidInput("The folder leads out of the drop root.")
    if not folder.is_dir():
        raise InvalidInput("There is no such folder below the drop root.")
    return folder


def _files(folder: Path) -> Iterator[_Dropped]:
    """Regular files by name, those of folders too; no link is followed, nothing hidden is seen."""
    found = 0
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(at) / name
            if name.startswith("."):
                continue
            try:
                status = path.lstat()
            except FileNotFoundError:  # taken away while we looked
                continue
            if not stat.S_ISREG(status.st_mode):
                continue
            found += 1
            if found > MOST_FILES:
                raise InvalidInput(f"It holds more than {MOST_FILES:,} files; divide it.")
            inside = str(path.relative_to(folder)).encode("utf-8", "replace").decode()
            yield _Dropped(path, inside, f"{status.st_size}:{status.st_mtime_ns}")


def _look(
    feed: Feed,
    file: _Dropped,
    known: dict[str, FeedItem],
    *,
    clock: Callable[[], datetime],
    until: float,
) -> Taken:
    key = item_key(identifier=file.name, address="", digest=file.stamp)
    item = known.get(key)
    if item is None:
        FeedItem.objects.get_or_create(
            feed=feed,
            key=key,
            defaults={"title": file.name[-500:], "digest": file.stamp, "first_seen_at": clock()},
        )
        return Taken.SAME
    if item.digest != file.stamp:
        FeedItem.objects.filter(pk=item.pk).update(digest=file.stamp, taken_at=None)
        return Taken.SAME
    if item.taken_at is not None:
        return Taken.SAME
    return _take(feed, file, item, clock=clock, until=until)


def _take(
    feed: Feed, file: _Dropped, item: FeedItem, *, clock: Callable[[], datetime], until: float
) -> Taken:
    """Ingest a file that has stopped changing; safe to repeat, for content is known by its hash."""
    article_id, refusals = None, 0
    found = items_of_path(file.path)
    for result in ingest_items(items=found, actor=follower_of(feed), clock=clock):
        if result.outcome is Outcome.FAILED:
            refusals += 1
            item.refusal = item.refusal or result.reason[:400]
        article_id = article_id or result.article_id
        if time.monotonic() > until:  # a long file goes on with the next look
            return Taken.SAME
    if refusals > 1:
        item.refusal = f"{item.refusal} ({refusals:,} items failed.)"
    if article_id is None and not refusals:
        item.refusal = "There was nothing in it."
    if not refusals and article_id is not None:
        item.refusal = ""
    item.article_id = article_id
    item.taken_at = clock()
    item.save(update_fields=["refusal", "article", "taken_at"])
    return Taken.NEW


def _said(failure: OSError) -> str:
    return f"It can't be read: {failure.strerror}."
