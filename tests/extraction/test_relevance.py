"""Relevance is a chance with reasons: high for harm to people as news, low for all else."""

from __future__ import annotations

import time

import pytest

from tracker.extraction import Relevance, extract

SHELLING = (
    "Shells hit a market in the river town of Omdawra on Monday and killed 14 people, among them "
    "four women, a doctor said. More than 30 residents were wounded."
)


def relevance(text: str, title: str = "") -> Relevance:
    return extract(title=title, text=text).relevance


@pytest.mark.parametrize(
    "text",
    [
        SHELLING,
        "Drones struck a block of flats overnight, killing two people and injuring a child, the "
        "governor said.",
        "Gunmen entered the village of Tadrit on Thursday and shot dead six farmers, they said.",
        "The army said that 12 rebels were killed in the raid on Friday. Villagers said that a "
        "couple and their three children also died.",
        "A woman was killed and her two sons were wounded by a landmine near Hodan on Saturday.",
        "A delegation met the envoy on Monday. Shelling of the eastern suburbs killed five people "
        "on the same day, rescue workers said.",
    ],
)
def test_harm_to_people_as_news_is_relevant(text: str) -> None:
    found = relevance(text)

    assert found.is_harm
    assert found.probability > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The match ended 3-1. Two players were injured and the coach was sent off before the goal.",
        "Shares fell on Monday and dozens of firms lost a tenth of their value, an analyst said.",
        "The composer has died aged 91 after a long illness, his family said. He was born in 1934.",
        "The museum remembers the siege of 1943, in which 1,200 people were killed.",
        "The army killed 40 militants and destroyed their hideouts near the border on Sunday.",
        "Four soldiers were killed in an ambush on their outpost on Tuesday; 11 rebels were shot.",
        "Ministers called for talks. The war has killed more than 150,000 people since 2011.",
        "Players shoot zombies and bomb bridges in the new game, which sold 2 million copies.",
    ],
)
def test_all_else_is_not(text: str) -> None:
    found = relevance(text)

    assert not found.is_harm
    assert found.probability < 0.5


def test_civilian_victims_make_it_likelier_than_fighters() -> None:
    told = "An air strike on the town of Hodan killed seven {} on Monday, a doctor said."

    chances = [
        relevance(told.format(group)).probability for group in ("fighters", "people", "civilians")
    ]

    assert chances == sorted(chances)
    assert chances[0] < 0.3
    assert chances[2] > 0.8


def test_reasons_are_plain_words_the_strongest_first() -> None:
    reasons = relevance(SHELLING).reasons

    assert 1 <= len(reasons) <= 4
    assert "for: civilians are named as victims" in reasons
    assert all(reason.startswith(("for: ", "against: ")) for reason in reasons)


def test_the_verdict_follows_the_chance() -> None:
    likely, unlikely = relevance(SHELLING), relevance("It rained all day.")

    assert 0 <= unlikely.probability < likely.probability <= 1
    assert (likely.is_harm, unlikely.is_harm) == (True, False)


def test_a_title_alone_and_a_megabyte_are_judged_in_time() -> None:
    began = time.perf_counter()

    assert relevance("", title="14 killed in shelling").probability < 0.6
    extract(title="", text="killed women " * 80_000)

    assert time.perf_counter() - began < 20
