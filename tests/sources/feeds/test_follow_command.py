"""``manage.py follow``: a line for each address, and a status that tells."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tests.sources.feeds.samples import OPML
from tracker.sources.choices import FeedKind
from tracker.sources.models import Feed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


def _follow(*arguments: str) -> list[dict[str, str]]:
    written = io.StringIO()
    call_command("follow", *arguments, stdout=written)
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_addresses_are_followed_with_their_source() -> None:
    said = _follow("https://a.example/map.xml", "--kind", "SITEMAP", "--source", "Coast Herald")

    feed = Feed.objects.get()
    assert said == [{"address": feed.address, "outcome": "added", "reason": ""}]
    assert feed.kind == FeedKind.SITEMAP
    assert feed.source is not None
    assert feed.source.name == "Coast Herald"


def test_one_that_is_refused_stops_none_of_the_others() -> None:
    with pytest.raises(CommandError, match="1 could not be followed"):
        _follow("ftp://a.example/", "https://b.example/")

    assert Feed.objects.get().address == "https://b.example/"


def test_list_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_bytes(OPML)

    assert [line["outcome"] for line in _follow("--opml", str(path))] == ["added", "added"]


def test_what_can_not_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    with pytest.raises(CommandError, match="No such file"):
        _follow("--opml", str(path))
    path.write_bytes(b"<rss/>")
    with pytest.raises(CommandError, match="no OPML"):
        _follow("--opml", str(path))
    with pytest.raises(CommandError, match="Give addresses"):
        _follow()
