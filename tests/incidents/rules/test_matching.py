"""Whether two reports may be of one event, and the sets of a batch."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tracker.incidents.rules.matching import Match, match
from tracker.incidents.rules.matching_accounts import (
    Account,
    Commonness,
    account_of_article,
    account_of_incident,
)
from tracker.incidents.rules.matching_groups import group_events
from tracker.incidents.rules.matching_reasons import reasons_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FRIDAY = date(2026, 11, 13)
STRIKE = "Planes bombed the vegetable market in {place} {day} and killed {n} traders, medics said."
OTHER = "A mine killed a shepherd and his son near {place} {day}, the police said."


def _told(
    text: str, *, place: str = "Ardesh", day: str = "on Thursday", n: str = "nine"
) -> Account:
    words = text.format(place=place, day=day, n=n)
    return account_of_article(title=words[:40], text=words, published=FRIDAY)


def _match(one: Account, other: Account) -> Match:
    return match(one, other, Commonness([one.words, other.words]))


def test_same_day_place_and_words_are_one_event() -> None:
    found = _match(_told(STRIKE), _told(STRIKE, day="yesterday"))

    assert found.is_same
    assert (found.days_between, found.places, found.figures) == (0, ("Ardesh",), (9,))
    assert found.methods == ("airstrike",)


def test_a_changed_toll_does_not_part_them() -> None:
    assert _match(_told(STRIKE), _told(STRIKE, n="14")).is_same


@pytest.mark.parametrize(
    "other",
    [
        _told(OTHER, place="Sella"),
        _told(OTHER, day="on Monday"),
        Account(FRIDAY, (), "Planes bombed the vegetable market", ""),
        Account(None, (), "", ""),
    ],
    ids=["elsewhere", "another day", "no harm", "nothing"],
)
def test_other_events_are_told_apart(other: Account) -> None:
    assert not _match(_told(STRIKE), other).is_same


def test_it_does_not_matter_who_comes_first() -> None:
    one, other = _told(STRIKE), _told(OTHER)

    assert _match(one, other).score == pytest.approx(_match(other, one).score)


def test_without_a_day_only_much_in_common_counts() -> None:
    undated = account_of_article(
        title="", text=STRIKE.format(place="Ardesh", day="", n="nine"), published=None
    )

    assert _match(undated, _told(STRIKE)).is_same
    assert _match(undated, _told(STRIKE)).days_between is None
    assert not _match(undated, _told(OTHER)).is_same


def test_an_incident_is_found_by_what_people_wrote() -> None:
    incident = account_of_incident(
        title="Market bombed in Ardesh",
        summary="",
        place_name="Bakery street, Ardesh",
        days=(date(2026, 11, 12), date(2026, 11, 12)),
    )

    assert _match(_told(STRIKE), incident).places == ("Ardesh",)
    assert _match(_told(STRIKE), incident).is_same


def test_reasons_are_sentences() -> None:
    said = reasons_of(Match(0.9, 2, ("Ardesh", "Sella"), (9,), ("raid",), ("market",)), title="A")

    assert said == [
        "Its article “A” tells of harm 2 days apart.",
        "Both name Ardesh and Sella for harm of these days.",
        "Both give the figure 9.",
        "Both tell of: raid.",
        "Words in common that few articles have: market.",
    ]
    assert reasons_of(Match(0.9, None, (), (), (), ())) == [
        "The incident can't be compared by its days: one of the two names none."
    ]
    assert "a day apart" in reasons_of(Match(0.9, 1, (), (), (), ()))[0]


def _names(accounts: Sequence[Account]) -> list[set[str]]:
    return [set(names) for names in group_events(accounts)]


def test_reports_of_one_event_share_a_name_and_others_do_not() -> None:
    strike, again, mine, none = _names(
        [
            _told(STRIKE),
            _told(STRIKE, n="14"),
            _told(OTHER, place="Sella", day="today"),
            Account(FRIDAY, (), "Talks go on", ""),
        ]
    )

    assert strike == again
    assert len(strike) == len(mine) == 1
    assert strike.isdisjoint(mine)
    assert none == set()


def test_an_article_of_two_events_has_both_names() -> None:
    both = f"{STRIKE} {OTHER.replace('{place}', 'Sella')}"
    strike, two, mine = _names([_told(STRIKE), _told(both), _told(OTHER, place="Sella")])

    assert strike & two
    assert mine & two
    assert strike.isdisjoint(mine)


def test_copies_report_one_incident_whatever_day_is_put_on_them() -> None:
    late = account_of_article(
        title="", text=STRIKE.format(place="Ardesh", day="", n="nine"), published=date(2026, 12, 1)
    )
    accounts = [_told(STRIKE), late, _told(OTHER, place="Sella")]

    assert not set.intersection(*_names(accounts)[:2])
    first, copy, other = group_events(accounts, ["s1", "s1", "s2"])
    assert set(first) & set(copy)
    assert not set(other) & {*first, *copy}


def test_nothing_gives_nothing() -> None:
    assert group_events([]) == []


def test_the_cost_grows_with_the_articles_not_with_their_pairs() -> None:
    happenings = _told(STRIKE).happenings

    def seconds(count: int) -> float:
        accounts = [
            Account(
                date.fromordinal(FRIDAY.toordinal() + number // 20),
                happenings,
                f"Market {number % 97} bombed {number % 89}",
                f"words{number % 83} told{number % 79} by{number % 73} people",
            )
            for number in range(count)
        ]
        begun = time.process_time()
        group_events(accounts)
        return time.process_time() - begun

    small = seconds(100)
    assert seconds(400) < 12 * small + 0.5
