"""Kappa, relations of intervals, the draw and the comparison, on worked examples and at random."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.verification.rules.agreement import (
    Interval,
    Relation,
    interval_agreement,
    nominal_agreement,
    relation_of,
)
from tracker.verification.rules.comparison import Coded, Unit, report_on, units_of
from tracker.verification.rules.draw import is_drawn

KINDS = st.sampled_from(["killed", "injured", "missing"])
PAIRS = st.lists(st.tuples(KINDS, KINDS), max_size=30)
KEY = b"a key of the tests"


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(st.none() | st.integers(0, 20))
    high = draw(st.none() | st.integers(low or 0, 30))
    return Interval(low, high)


def test_kappa_of_a_worked_example() -> None:
    """Of 50 claims both accept 20 and both reject 15: observed .7, by chance .5, kappa .4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10
    pairs += [("no", "no")] * 15

    found = nominal_agreement(pairs)

    assert (found.n, found.same) == (50, 35)
    assert found.observed == Fraction(7, 10)
    assert found.kappa == Fraction(2, 5)


def test_kappa_of_three_kinds_by_hand() -> None:
    """Chance: 3/6 * 2/6 + 2/6 * 2/6 + 1/6 * 2/6 = 12/36; (4/6 - 1/3) / (2/3) = 1/2."""
    first = ["killed", "killed", "killed", "injured", "injured", "missing"]
    second = ["killed", "killed", "injured", "injured", "missing", "missing"]

    assert nominal_agreement(zip(first, second, strict=True)).kappa == Fraction(1, 2)


def test_kappa_below_nought_where_people_contradict_each_other() -> None:
    assert nominal_agreement([("yes", "no"), ("no", "yes")]).kappa == -1


def test_kappa_is_undefined_where_nothing_varies() -> None:
    found = nominal_agreement([("killed", "killed")] * 9)

    assert found.n == 9
    assert found.observed == 1
    assert found.kappa is None
    assert nominal_agreement([]).kappa is None
    assert nominal_agreement([]).observed is None


@settings(deadline=None)
@given(PAIRS)
def test_kappa_lies_between_minus_one_and_one_and_is_the_same_either_way(
    pairs: list[tuple[str, str]],
) -> None:
    found = nominal_agreement(pairs)

    assert found.kappa is None or -1 <= found.kappa <= 1
    assert nominal_agreement([(b, a) for a, b in pairs]) == found


@settings(deadline=None)
@given(st.lists(KINDS, max_size=30))
def test_equal_codings_agree_wholly_or_leave_kappa_undefined(kinds: list[str]) -> None:
    found = nominal_agreement([(kind, kind) for kind in kinds])

    assert found.kappa == (1 if len(set(kinds)) > 1 else None)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (Interval(5, 5), Interval(5, 5), "identical"),
        (Interval(5, None), Interval(5, None), "identical"),
        (Interval(), Interval(), "identical"),
        (Interval(5, 7), Interval(7, 9), "overlapping"),
        (Interval(12, None), Interval(5, 12), "overlapping"),
        (Interval(None, 30), Interval(8, 8), "overlapping"),
        (Interval(5, 6), Interval(7, 9), "apart"),
        (Interval(13, None), Interval(5, 12), "apart"),
        (Interval(), Interval(0, 0), "apart"),
        (Interval(0, 0), Interval(1, None), "apart"),
    ],
)
def test_relation_of_two_intervals(one: Interval, other: Interval, relation: str) -> None:
    assert relation_of(one, other) == relation
    assert relation_of(other, one) == relation


@settings(deadline=None)
@given(intervals(), intervals())
def test_intervals_overlap_where_a_number_lies_in_both(one: Interval, other: Interval) -> None:
    def holds(interval: Interval, number: int) -> bool:
        low = 0 if interval.low is None else interval.low
        return low <= number and (interval.high is None or number <= interval.high)

    shared = any(holds(one, n) and holds(other, n) for n in range(40))
    named = one.is_named and other.is_named

    assert relation_of(one, one) is Relation.IDENTICAL
    if one != other:
        wanted = Relation.OVERLAPPING if shared and named else Relation.APART
        assert relation_of(one, other) is wanted


def test_interval_agreement_counts_each_pair_once() -> None:
    found = interval_agreement(
        [
            (Interval(5, 5), Interval(5, 5)),
            (Interval(5, 7), Interval(6, 6)),
            (Interval(5, 7), Interval(9, 9)),
            (Interval(5, 7), Interval(10, None)),
        ]
    )

    assert (found.n, found.identical, found.overlapping, found.apart) == (4, 1, 1, 2)


@settings(deadline=None)
@given(st.integers(1, 10**9), st.integers(0, 100), st.integers(0, 100))
def test_draw_is_repeated_and_grows_with_the_share(task: int, one: int, other: int) -> None:
    small, large = sorted((one, other))
    drawn = is_drawn(task_id=task, per_cent=small, key=KEY)

    assert is_drawn(task_id=task, per_cent=small, key=KEY) is drawn
    assert not drawn or is_drawn(task_id=task, per_cent=large, key=KEY)
    assert is_drawn(task_id=task, per_cent=100, key=KEY)
    assert not is_drawn(task_id=task, per_cent=0, key=KEY)


def test_draw_takes_about_its_share_and_another_key_draws_others() -> None:
    def drawn(key: bytes) -> set[int]:
        return {n for n in range(1, 10_001) if is_drawn(task_id=n, per_cent=5, key=key)}

    assert 430 < len(drawn(KEY)) < 570
    assert len(drawn(KEY) & drawn(b"another key")) < 60


def _coded(row: int, **fields: Any) -> Coded:
    plain = Coded(
        row=row,
        proposal=None,
        start=0,
        end=40,
        is_claim=True,
        outcome="KILLED",
        subject_status="UNKNOWN",
        polarity="ASSERTS_HARM",
        scope="INCIDENT",
        speaker="Nahr Rescue Service",
        figure=Interval(7, None),
    )
    return replace(plain, **fields)


def test_proposals_belong_together_and_finds_where_their_passages_do() -> None:
    first = [
        _coded(1, proposal=9),
        _coded(2, start=100, end=140),
        _coded(3, start=300, end=340),
        _coded(4, start=500, end=510, is_claim=False),
    ]
    second = [
        _coded(5, proposal=9, is_claim=False),
        _coded(6, start=110, end=150),
        _coded(7, start=335, end=380),
    ]

    units = units_of(first, second)

    rows = [(u.first and u.first.row, u.second and u.second.row) for u in units]
    assert rows == [(1, 5), (2, 6), (3, None), (None, 7)]
    assert [unit.differing for unit in units] == [["is_claim"], [], ["is_claim"], ["is_claim"]]


def test_fields_are_compared_where_both_see_a_claim_and_recorded_them() -> None:
    here = _coded(1, place="the Ardesh market", days=Interval(7, 7))
    same = _coded(2, place="Ardesh  Market", days=Interval(7, 9), speaker="the nahr rescue service")
    silent = _coded(3, outcome="INJURED", figure=Interval(9, 9))

    assert Unit(here, same).differing == ["days"]
    assert Unit(here, silent).differing == ["outcome", "figure"]
    assert Unit(here, _coded(4, is_claim=False)).words("outcome") == []
    report = report_on([Unit(here, same), Unit(here, silent), Unit(here, None)])
    assert report.units == 3
    assert report.nominal["outcome"].n == 2
    assert report.nominal["place"].n == 1
    assert (report.intervals["days"].overlapping, report.intervals["days"].n) == (1, 1)
    assert (report.intervals["figure"].identical, report.intervals["figure"].overlapping) == (1, 1)
