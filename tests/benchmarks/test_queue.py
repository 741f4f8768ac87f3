"""``benchmark queue`` in short: nothing is held twice or lost; speed is for a long run."""

from __future__ import annotations

import random

import pytest

from tests.benchmarks.queue import measure_safety, measure_throughput

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_held_twice_or_lost_under_kills_and_freezes() -> None:
    chance = random.Random(1)  # noqa: S311  # nothing secret

    figures = measure_safety(tasks=400, reviewers=4, faults_every=0.5, chance=chance)

    assert [str(figure) for figure in figures if not figure.is_reached] == []
    assert {figure.name: figure.value for figure in figures}["reviewers killed"] >= 1


def test_all_ways_are_measured() -> None:
    figures = measure_throughput(reviewers=2, rounds=1, seconds=0.2)

    assert min(figure.value for figure in figures) > 0
