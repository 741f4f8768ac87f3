"""A drop folder takes files that have stopped changing, once, and looks nowhere else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories.feeds import FeedFactory
from tests.sources.feeds.polls import leased
from tracker.sources.choices import FeedKind
from tracker.sources.models import Article, Feed, FeedItem, FeedPoll, IngestFailure
from tracker.sources.services.feeds_folder import look_into_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db
TEXT = "ARDESH - The clinic lists two people hurt on Thursday."


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A drop folder below the root."""
    settings.DROP_ROOT = str(tmp_path / "drop")
    made = tmp_path / "drop" / "lists"
    made.mkdir(parents=True)
    return made


def _feed(address: str = "lists") -> Feed:
    return FeedFactory(kind=FeedKind.FOLDER, address=address)


def _look(feed: Feed) -> FeedPoll:
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=NOW)
    assert look_into_folder(lease=leased(feed), clock=lambda: NOW)
    return FeedPoll.objects.latest("id")


def test_file_is_taken_once_two_looks_found_it_unchanged(folder: Path) -> None:
    feed = _feed()
    (folder / "one.txt").write_text(TEXT)

    assert "still change" in _look(feed).warning
    assert not Article.objects.exists()
    assert _look(feed).new == 1
    assert _look(feed).new == 0

    assert FeedItem.objects.get().article == Article.objects.get()
    assert (folder / "one.txt").exists()


def test_file_that_grows_waits(folder: Path) -> None:
    feed = _feed()
    file = folder / "one.txt"
    file.write_text("ARDESH")
    _look(feed)
    file.write_text(TEXT)
    os.utime(file, (1, 1))

    assert _look(feed).new == 0
    assert _look(feed).new == 1


def test_changed_file_is_another_article_and_the_same_bytes_are_none(folder: Path) -> None:
    feed = _feed()
    (folder / "one.txt").write_text(TEXT)
    (folder / "copy.txt").write_text(TEXT)
    _look(feed), _look(feed)
    assert Article.objects.count() == 1

    (folder / "one.txt").write_text(f"{TEXT} Three now.")
    _look(feed), _look(feed)
    assert Article.objects.count() == 2


def test_lines_of_a_file_and_folders_inside_are_taken(folder: Path) -> None:
    (folder / "deep").mkdir()
    line = '{{"id": null, "source": null, "published": null, "title": "T", "text": "No. {}"}}\n'
    (folder / "deep" / "many.jsonl").write_text("".join(line.format(n) for n in range(5)))
    feed = _feed()
    _look(feed), _look(feed)

    assert Article.objects.count() == 5


def test_what_fails_is_kept_and_visible(folder: Path) -> None:
    (folder / "broken.jsonl").write_text('{"id": null}\n{"text": 3}\n')
    feed = _feed()
    _look(feed), _look(feed)

    assert "missing" in FeedItem.objects.get().refusal
    assert IngestFailure.objects.count() == 2
    assert _look(feed).new == 0


def test_hidden_files_and_links_are_not_looked_at(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text(TEXT)
    (folder / ".half").write_text(TEXT)
    (folder / "link.txt").symlink_to(outside)
    (folder / "linked").symlink_to(tmp_path)
    feed = _feed()
    _look(feed), _look(feed)

    assert not FeedItem.objects.exists()


@pytest.mark.parametrize("address", ["../..", "nowhere", "/etc", "link"])
def test_folder_outside_the_root_is_never_read(folder: Path, tmp_path: Path, address: str) -> None:
    (folder.parent / "link").symlink_to(tmp_path)

    poll = _look(_feed(address))

    assert poll.outcome == "FAILED"
    assert "drop root" in poll.error


def test_without_a_root_nothing_is_read(settings: Settings) -> None:
    settings.DROP_ROOT = ""

    assert "set DROP_ROOT" in _look(_feed()).error


def test_look_that_takes_too_long_goes_on_with_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"{TEXT} {n}")
    feed = _feed()
    _look(feed)
    monkeypatch.setattr("tracker.sources.services.feeds_folder.LONGEST_LOOK", -1.0)
    _look(feed)
    feed.refresh_from_db()

    assert not Article.objects.exists()
    assert feed.next_poll_at == NOW


def test_folder_of_too_many_files_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.sources.services.feeds_folder.MOST_FILES", 1)
    for n in range(2):
        (folder / f"{n}.txt").write_text(TEXT)

    assert "more than 1 files" in _look(_feed()).error


def test_folder_that_can_not_be_read_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tracker.sources.services.feeds_folder._files", refuse)

    assert _look(_feed()).error == "It can't be read: Permission denied."


def test_empty_lines_are_nothing_and_long_files_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "blank.jsonl").write_text("\n\n")
    feed = _feed()
    _look(feed), _look(feed)
    assert FeedItem.objects.get().refusal == "There was nothing in it."

    (folder / "one.txt").write_text(TEXT)
    _look(feed)
    moments = iter([0.0, 0.0, 0.0, 99.0, 99.0, 99.0])
    monkeypatch.setattr(
        "tracker.sources.services.feeds_folder.time.monotonic", lambda: next(moments, 99.0)
    )
    _look(feed)
    assert FeedItem.objects.get(key="one.txt").taken_at is None
