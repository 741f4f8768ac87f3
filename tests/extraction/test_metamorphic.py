"""A text changed in one respect must change the reading in that respect and in no other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest

from tests.extraction.scoring import answer, invented_articles, invented_gold
from tracker.extraction.articles import Article
from tracker.extraction.learned import learned

CLAIM_FIELDS = (
    *("harm", "min", "max", "status", "scope", "speaker", "actor", "method", "place", "date"),
    *("children", "women"),
)
#: Words an outlet puts under everything it prints.
BOILERPLATE = (
    "Sign up to our newsletter to get the day's top stories in your inbox every morning.",
    "Reporting by our correspondents; editing by the news desk. All rights reserved.",
    "Follow us on social media for updates.",
)

#: Each tells its own place, day and speaker, so that their order says nothing.
INDEPENDENT = (
    "Shelling killed four civilians in the town of Arneva on Tuesday, the police said.",
    "In the port of Brunsk, three fishermen were wounded by a mine on Tuesday, the mayor said.",
    "An air strike on Celmora killed at least 12 people on Wednesday, the Red Cross reported.",
    "Gunmen shot dead two teachers in the village of Dorvan on Tuesday, residents said.",
    "On Tuesday a car bomb in Elkesh wounded 15 shoppers, according to the health ministry.",
)
DATELINE = "March 4, 2020\n\n"
SHUFFLES = 12
#: Smaller ones are also written in words, ages or dates.
SMALLEST_FIGURE = 20
#: A town's name that is a weapon's too: the weapon is read, which is measured elsewhere.
WEAPONS_TOO = ("Sarin",)
#: Words that say what a speaker is; another word there is another kind of speaker.
KINDS_OF_SPEAKERS = ("Ministry", "Committee", "Medics", "Police", "Survivors", "Reports")

#: What furniture may change of the chance of harm; a verdict nearer to the threshold may turn.
CHANCE_MOVES = 0.03

Rows = list[tuple[Any, ...]]


@cache
def articles() -> dict[str, Article]:
    return {article.id: article for article in invented_articles()}


@cache
def read(article: Article) -> dict[str, Any]:
    return answer(article)


def rows(claims: list[dict[str, Any]], without: str = "") -> Rows:
    """The claims as sorted tuples, the field ``without`` left out."""
    fields = [field for field in CLAIM_FIELDS if field != without]
    return sorted((tuple(claim[field] for field in fields) for claim in claims), key=repr)


def with_word(words: str | None, old: str, new: str) -> str | None:
    return words and re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, words)


def swapped(article: Article, old: str, new: str) -> Article:
    """The article with a word or phrase replaced everywhere."""
    title, text = (with_word(words, old, new) or "" for words in (article.title, article.text))
    return replace(article, title=title, text=text)


def figures() -> list[tuple[str, int]]:
    """A figure in digits that stands once in its article."""
    found = []
    for key, row in invented_gold().items():
        text = articles()[key].title + " " + articles()[key].text
        for claim in row["claims"]:
            figure = claim["min"]
            if (
                (figure or 0) >= SMALLEST_FIGURE
                and claim["max"] == figure
                and text.count(str(figure)) == 1
            ):
                found.append((key, figure))
                break
    return found


def names(field: str) -> list[tuple[str, str]]:
    """The last word of a name of one word or more that is in no other field of its article."""
    found = []
    for key, row in invented_gold().items():
        for claim in row["claims"]:
            name = (claim[field] or "").split(" ")[-1]
            others = [
                one[other]
                for one in row["claims"]
                for other in ("speaker", "actor", "place")
                if other != field
            ]
            if name in KINDS_OF_SPEAKERS or name in WEAPONS_TOO:
                continue
            if name[:1].isupper() and not any(name in (other or "") for other in others):
                found.append((key, name))
                break
    return found


def read_right(key: str, field: str, value: object) -> None:
    """Skip what is not read in the first place; that is measured elsewhere."""
    said = [claim[field] for claim in read(articles()[key])["claims"]]
    if not any(value == one or (isinstance(one, str) and str(value) in one) for one in said):
        pytest.skip("not read in the first place")


@pytest.mark.parametrize(("key", "figure"), figures())
def test_another_figure_changes_the_figure_alone(key: str, figure: int) -> None:
    read_right(key, "min", figure)
    before = read(articles()[key])["claims"]
    after = answer(swapped(articles()[key], str(figure), str(figure + 7)))["claims"]
    expected = [
        claim | {field: figure + 7 for field in ("min", "max") if claim[field] == figure}
        for claim in before
    ]
    assert rows(after) == rows(expected)


@pytest.mark.parametrize(("key", "town"), names("place"))
def test_another_town_changes_the_place_alone(key: str, town: str) -> None:
    read_right(key, "place", town)
    before = read(articles()[key])["claims"]
    after = answer(swapped(articles()[key], town, "Trevnask"))["claims"]
    expected = [claim | {"place": with_word(claim["place"], town, "Trevnask")} for claim in before]
    assert rows(after) == rows(expected)


@pytest.mark.parametrize(("key", "name"), names("speaker"))
def test_another_name_of_the_speaker_changes_the_speaker_alone(key: str, name: str) -> None:
    read_right(key, "speaker", name)
    before = read(articles()[key])["claims"]
    after = answer(swapped(articles()[key], name, "Drevenko"))["claims"]
    expected = [c | {"speaker": with_word(c["speaker"], name, "Drevenko")} for c in before]
    assert rows(after) == rows(expected)


@pytest.mark.parametrize("key", sorted(articles()))
def test_furniture_under_an_article_changes_nothing(key: str) -> None:
    article = articles()[key]
    longer = replace(article, text="\n\n".join((article.text, *BOILERPLATE)))
    assert rows(answer(longer)["claims"]) == rows(read(article)["claims"])
    before, after = read(article), answer(longer)
    assert after["probability"] == pytest.approx(before["probability"], abs=CHANCE_MOVES)
    if abs(before["probability"] - learned("relevance")["threshold"]) > CHANCE_MOVES:
        assert after["relevance"] == before["relevance"]


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize("number", range(7))
def test_another_weekday_changes_the_day_alone(number: int) -> None:
    published = date(2021, 6, 13)
    text = (
        "Three civilians were killed and 11 wounded when shells hit the town of Velmorra on {}, "
        "the health ministry said."
    )
    article = Article("weekday", "", text.format(WEEKDAYS[number]), published, "agency")
    found = answer(article)["claims"]
    day = published - timedelta(days=6 - number)
    assert [claim["date"] for claim in found] == [day.isoformat()] * 2
    other = answer(replace(article, text=text.format("Sunday")))["claims"]
    assert rows(found, without="date") == rows(other, without="date")


@pytest.mark.parametrize("seed", range(SHUFFLES))
def test_order_of_independent_paragraphs_changes_nothing(seed: int) -> None:
    shuffled = list(INDEPENDENT)
    Random(seed).shuffle(shuffled)  # noqa: S311
    article, other = (
        Article("shuffled", "", DATELINE + "\n\n".join(order), None, "agency")
        for order in (INDEPENDENT, shuffled)
    )
    assert len(read(article)["claims"]) == len(INDEPENDENT)
    # Who did it is still carried from one paragraph into another that doesn't say.
    assert rows(read(other)["claims"], "actor") == rows(read(article)["claims"], "actor")
