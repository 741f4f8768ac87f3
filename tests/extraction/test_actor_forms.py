"""Who did it, in the harder forms: far subjects, names of where, sums, whole wars."""

from __future__ import annotations

import pytest

from tracker.extraction import extract
from tracker.extraction.events.actors import find_actors


def _actors(text: str) -> set[str | None]:
    return {claim.actor for claim in extract(title="", text=text).claims}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Nahr Army troops killed at least nine people in Tavir.", "Nahr Army troops"),
        ("The Nahr Defence Forces (NDF) killed nine people.", "Nahr Defence Forces"),
        ("A bomber from the Nahr Front militia blew himself up in Tavir.", "Nahr Front militia"),
        ("Militants from Hamas fired rockets at Tavir.", "Hamas"),
        ("US airstrikes killed nine people.", "US"),
        ("The army's shelling killed nine people.", "army"),
        ("The shelling was carried out by either Nahrian or rebel jets.", "Nahrian or rebel jets"),
        ("Nine died in a push by the rebel army.", "rebel army"),
        ("Rebel fighters brutally executed nine men.", "Rebel fighters"),
        ("Hamas claimed a suicide attack on a market.", "Hamas"),
        ("The Nahr Front, a faction of rebels, claimed both attacks.", "Nahr Front"),
        ("The coalition acknowledged nine deaths in its strikes.", "coalition"),
    ],
)  # fmt: skip
def test_who_did_the_deed_is_named(sentence: str, name: str) -> None:
    assert name in {actor.name for actor in find_actors(sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "An air strike in northern Syria killed at least nine people.",
        "A raid in Tavir state killed at least nine people.",
        "A depot of the regime in northern Nahria was destroyed and nine people were killed.",
        "Syria airstrikes killed nine people.",
        "The town has been under a government siege for years.",
        "Nine people died in a strike on a hill seized by rebels.",
    ],
)
def test_where_it_was_is_not_who_did_it(sentence: str) -> None:
    assert find_actors(sentence) == []


def test_name_of_whom_the_actor_fights_is_not_the_actor() -> None:
    found = find_actors("A strike by the coalition fighting Hamas mistakenly killed nine people.")

    assert {actor.name for actor in found} == {"coalition"}


def test_fighters_may_be_killed_by_those_named_right_after() -> None:
    assert _actors("Nine soldiers were killed in an attack by Boko Haram fighters.") == {
        "Boko Haram fighters"
    }
    assert _actors("The Nahrian army has killed at least nine rebel fighters in Tavir.") == {
        "Nahrian army"
    }


def test_fighters_harmed_did_not_do_it() -> None:
    text = "Nine rebel fighters were killed in Tavir on Friday. Rebel fighters attacked the town."

    assert _actors(text) == {None}


def test_noun_elsewhere_names_what_the_adjective_means() -> None:
    text = (
        "Nine people were killed in terrorist rocket attacks on Tavir. "
        "The terrorists fired rockets at a market, killing nine people."
    )

    assert _actors(text) == {"terrorists"}


def test_dead_of_a_whole_war_have_no_actor() -> None:
    text = (
        "Rebel fighters shelled Tavir on Friday, killing nine people. "
        "The war has killed more than 280,000 people since 2011."
    )

    assert _actors(text) == {"Rebel fighters", None}


def test_parts_of_a_sum_have_its_actor() -> None:
    text = (
        "Airstrikes by the US-led coalition killed 20 civilians in two towns on Friday. "
        "Thirteen civilians died in Tavir. Seven civilians died in Dorn."
    )

    assert _actors(text) == {"US-led coalition"}
