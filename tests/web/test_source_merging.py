"""Merging sources and undoing it through the pages, each shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.factories import ArticleFactory, SourceFactory
from tests.incidents.one_speaker import as_one, heard, two_spellings
from tracker.sources.models import CredibilityNote, Source, SourceMerge

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Source, Source]:
    return two_spellings()


def _into(source: Source, target: Source) -> str:
    return reverse("source_merge_into", args=[source.pk, target.pk])


def _merge(client: Client, source: Source, target: Source, **more: str) -> Any:
    sent = {
        "source_revision": str(source.revision),
        "target_revision": str(target.revision),
        "reason": "One letter of difference.",
    } | more
    return client.post(_into(source, target), sent)


def test_two_are_found_compared_merged_and_parted_again(
    pair: tuple[Source, Source],
    researcher: Person,
    coordinator: Person,
    now: datetime,
    signed_in: SignedIn,
) -> None:
    source, target = pair
    incident = heard(researcher, *pair)
    CredibilityNote.objects.create(source=source, text="Late.", author=researcher, made_at=now)
    client = signed_in(coordinator)
    home, away = (reverse("source", args=[one.pk]) for one in (target, source))
    choose = reverse("source_merge", args=[source.pk])
    assert choose in client.get(away).text
    assert _into(source, target) in client.get(choose).text
    shown = client.get(_into(source, target)).text
    assert incident.title in shown
    assert "7–11" in shown, "two speakers"
    assert not SourceMerge.objects.exists()

    done = _merge(client, source, target)

    assert done.headers["Location"] == home
    page = client.get(home).text
    assert "Names it goes by" in page
    assert source.name in page
    assert f"about <bdi>{source.name}</bdi>" in page, "its note"
    gone = client.get(away).text
    assert f"Merged into <bdi>{target.name}</bdi>." in gone
    assert "Write a note" not in gone
    undo = reverse("source_merge_undo", args=[SourceMerge.objects.get().pk])
    assert undo in page
    assert "Counted anew" in client.get(reverse("incident", args=[str(incident)])).text

    parted = client.post(undo, {"reason": "Two offices."})

    assert parted.headers["Location"] == away
    assert "Two offices." in client.get(away).text
    assert undo not in client.get(away).text


def test_another_is_found_by_its_name(
    pair: tuple[Source, Source], coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    choose = reverse("source_merge", args=[pair[0].pk])
    other = SourceFactory(name="Civil Defence of Nahr")

    found = client.get(choose, {"into": "the civil defence of nahr"})
    assert found.headers["Location"] == _into(pair[0], other)
    missing = client.get(choose, {"into": "Nobody"})
    assert missing.status_code == 400
    assert "There is no source of this name." in missing.text


def test_what_stands_in_the_way_is_on_the_page(
    pair: tuple[Source, Source], coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)

    same = client.get(_into(pair[0], pair[0])).text
    assert "can&#x27;t be merged into itself" in same
    assert "Merge the two" not in same
    twin = client.get(_into(*pair)).text
    assert "No range and no grade changes." in twin


def test_a_stale_page_merges_nothing_and_keeps_the_words(
    pair: tuple[Source, Source], coordinator: Person, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)

    refused = _merge(client, *pair, target_revision="9")

    assert refused.status_code == 409
    assert "since you opened it" in refused.text
    assert "One letter of difference." in refused.text
    assert _merge(client, *pair, reason="").status_code == 400


def test_articles_that_stay_are_counted(
    pair: tuple[Source, Source], coordinator: Person, signed_in: SignedIn
) -> None:
    for outlet in pair:
        ArticleFactory(outlet=outlet, external_id="41")

    assert "1 article has a number" in signed_in(coordinator).get(_into(*pair)).text


def test_list_names_those_that_stand_and_finds_them_by_their_other_names(
    pair: tuple[Source, Source], coordinator: Person, viewer: Person, signed_in: SignedIn
) -> None:
    as_one(*pair, coordinator)
    client = signed_in(viewer)

    page = client.get("/sources/", {"q": "servise"}).context["page"]

    assert [row.source for row in page.rows] == [pair[1]]
    gone = client.get(reverse("source", args=[pair[0].pk])).text
    assert "Undo" not in gone, "a viewer undoes nothing"


def test_note_on_what_is_merged_away_is_refused_with_its_words(
    pair: tuple[Source, Source], coordinator: Person, signed_in: SignedIn
) -> None:
    as_one(*pair, coordinator)
    sent = {"what": "note", "reliability": "B", "text": "long work", "audience": "STAFF"}

    refused = signed_in(coordinator).post(reverse("source", args=[pair[0].pk]), sent)

    assert refused.status_code == 409
    assert f"was merged into {pair[1].name}" in refused.text
    assert "long work" in refused.text
