"""Actors: who is said to have done it, as named."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.events.actors import find_actors


def names(sentence: str) -> list[str]:
    return [actor.name for actor in find_actors(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nine died in an air strike by the Saudi-led coalition.", "Saudi-led coalition"),
        ("Russian warplanes bombed the market.", "Russian warplanes"),
        ("Ethiopian air strikes killed nine.", "Ethiopian"),
        ("Boko Haram militants have killed 12 people.", "Boko Haram militants"),
        ("The attack, believed to be carried out by suspected rebels, killed six.", "rebels"),
        ("The president blamed al-Shabaab for the blast.", "al-Shabaab"),
        ("The Taliban claimed responsibility for the attack.", "Taliban"),
        ("Israel shelled the village.", "Israel"),
        ("Gunmen on motorcycles attacked the village.", "Gunmen"),
        ("He was shot by a fighter from the Nahr Front.", "Nahr Front"),
        ("Malian and Nigerien warplanes bombed the camp.", "Malian and Nigerien warplanes"),
        ("The Pakistani army said on Friday it had struck a house.", "Pakistani army"),
        ("The Nahr Front, which is banned in Nahria, has killed scores of rebels.", "Nahr Front"),
        ("Nahr rebels and other groups hit the town.", "Nahr rebels and other groups"),
        ("Russian aircraft were responsible for the strike.", "Russian aircraft"),
        ("Masked men opened fire on the crowd.", "Masked men"),
    ],
)  # fmt: skip
def test_names_tied_to_a_deed(sentence: str, expected: str) -> None:
    assert names(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The names of the 18 killed were listed by Ariha Today.",
        "Al-Qaeda militants have carried out similar attacks in the past.",
        "Scores died in military operations.",
        "Three men shot dead were buried.",
        "Forty rebels killed in Ardesh",
        "Nine people were killed, the army said.",
        "Air strikes in Nahria killed nine.",
        "Warplanes bombed the market.",
        "It was not clear whether Russian warplanes struck the town.",
        "The town is held by rebels.",
    ],
)
def test_nobody_is_said_to_have_done_it(sentence: str) -> None:
    assert names(sentence) == []


def test_offsets_hold() -> None:
    sentence = "On Monday Turkish jets bombed Ardesh."
    (actor,) = find_actors(sentence)

    assert sentence[actor.start : actor.end] == "Turkish jets"
    assert actor.rule == "did the deed"


@pytest.mark.parametrize("part", ["by the ", "army and ", "Ab of the ", "said it ", "al "])
def test_a_hostile_sentence_is_read_in_time(part: str) -> None:
    begun = time.process_time()

    find_actors("attack " + part * 20_000)

    assert time.process_time() - begun < 2


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for actor in find_actors(f"attack by {text} killed"):
        assert actor.name
