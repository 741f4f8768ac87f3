"""Methods: which word of a sentence says how people were harmed."""

from __future__ import annotations

import time

import pytest

from tracker.extraction.events.methods import find_method_words, find_methods, method_of


def method(sentence: str) -> str | None:
    found = method_of(sentence, find_method_words(sentence), len(sentence), len(sentence))
    return found.method if found else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("An air strike on Ardesh killed nine.", "airstrike"),
        ("Barrel bombs fell on Ardesh.", "airstrike"),
        ("A drone strike killed two shepherds.", "drone strike"),
        ("Mortar shells fell on the market.", "shelling"),
        ("Nine died in clashes with the army.", "ground attack"),
        ("A sniper shot a boy.", "gunfire"),
        ("A boy was struck by a falling beam.", None),
        ("A suicide car bomb killed six.", "car bomb"),
        ("An explosives-laden truck hit the gate.", "car bomb"),
        ("A suicide bomber blew himself up.", "suicide attack"),
        ("A roadside bomb killed three.", "ied"),
        ("Barrel bombs filled with chlorine were dropped.", "chemical"),
        ("Forty prisoners were executed.", "execution"),
        ("The pilot was captured and later killed.", "execution"),
        ("A child stepped on a landmine.", "landmine"),
        ("Four children died of malnutrition.", "other"),
        ("Islamist militants attacked the village.", "ground attack"),
        ("Five were hurt in an air raid on the camp.", "airstrike"),
        (
            "A coalition raid on Ardesh, where rebels are battling the army, killed nine.",
            "airstrike",
        ),
        ("Nine people died where troops were fighting.", None),
        ("The gang slit the throats of nine men.", "execution"),
        ("Farmers were tied up and killed with machetes.", "execution"),
        ("Suicide bombers blew up two vehicles.", "car bomb"),
        ("Armed men on camels surrounded a village and killed nine.", "ground attack"),
        ("Gunmen of the gang killed nine.", "ground attack"),
        ("Nine have died in the fight over Ardesh.", "ground attack"),
        ("A regime missile hit Ardesh.", "shelling"),
        ("A coalition missile hit Ardesh.", "airstrike"),
        ("Nine were killed in a pursuit that followed an ambush.", None),
        ("Nine have been killed since the start of the fighting.", None),
        ("Air defence shot down two drones.", None),
        ("Helicopters hit the market.", "airstrike"),
        ("Nine died in a helicopter raid.", "raid"),
        ("Soldiers quietly landed near the village and killed nine.", "raid"),
        ("Nine people were murdered.", None),
        ("Two bombers detonated their trucks at the gate.", "car bomb"),
        ("Nine died near the gas plant.", None),
        ("Nine died when the gas spread.", "chemical"),
        ("Nine were gunned down.", "gunfire"),
        ("Rebels blew up a tunnel under the base.", "ied"),
        ("Infighting among the groups killed nine.", "ground attack"),
        ("Nine died in bombing and shelling of the town.", ""),
        ("Nine died in attacks with an explosive device and shells.", ""),
        ("Days after a deadly chemical attack, nine people were killed.", None),
        ("Nine died at the site of a suspected chemical attack.", None),
        ("A coalition fighting Daesh killed nine of its own.", None),
        ("A video purportedly shot there showed nine bodies.", None),
    ],
)
def test_words_of_one_method(sentence: str, expected: str | None) -> None:
    assert method(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Nine died in heavy bombardment of the town.",
        "Air strikes and shelling killed nine.",
        "Warplanes and artillery hit the town.",
        "It was unclear whether an air strike or shelling killed them.",
    ],
)
def test_fire_of_several_kinds_or_of_none_said_is_no_single_method(sentence: str) -> None:
    assert method(sentence) == ""


@pytest.mark.parametrize(
    "sentence", ["The hunger strike went on.", "Chemical weapons inspectors arrived."]
)
def test_words_that_only_hold_such_a_word_say_nothing(sentence: str) -> None:
    assert method(sentence) is None


def test_all_plain_words_count_for_comparison() -> None:
    assert find_methods("Shelling and air strikes went on") == {"shelling", "airstrike"}


def test_a_hostile_sentence_is_read_in_time() -> None:
    begun = time.process_time()
    for sentence in ("rocket " * 300, "a-" * 1_000, "suicide car " * 150, "dropped a b " * 150):
        method(sentence)

    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A car bomb attack killed four.", "car bomb"),
        ("A suicide bomb attack killed four.", "suicide attack"),
        ("The town was attacked on Monday by masked gunmen.", "ground attack"),
        ("A helicopter was shot down and its crew of two died.", "other"),
        ("Jets hit a farm in an area that has witnessed heavy fighting.", "airstrike"),
        ("A missile was fired in response to the chemical attack of Monday.", "shelling"),
        ("Six died in air and ground operations.", ""),
        ("Attacks on the town have killed 70 people while militants looked on.", None),
        ("Six suicide bombers were shot dead.", "gunfire"),
    ],
)
def test_the_word_for_the_deed_itself_counts(sentence: str, expected: str | None) -> None:
    assert method(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The army advanced in Ardesh, killing nine militants.",
        "Nine militants were killed in army operations in Nahr.",
        "Nine fighters died as they tried to infiltrate the town.",
    ],
)
def test_moves_of_an_army_say_nothing_of_how(sentence: str) -> None:
    assert find_method_words(sentence) == []


def test_a_missile_attack_of_an_army_is_none_on_the_ground() -> None:
    words = find_method_words("An army missile attack killed nine fighters.")

    assert [word.method for word in words] == ["shelling"]


@pytest.mark.parametrize(
    ("sentence", "figure", "expected"),
    [
        (
            "Fifty were executed, 19 were killed in a suicide attack.",
            "19 were killed",
            "suicide attack",
        ),
        (
            "Strikes from the air force killed 17 while artillery killed two.",
            "killed 17",
            "airstrike",
        ),
        (
            "Strikes from the air force killed 17 while artillery killed two.",
            "killed two",
            "shelling",
        ),
    ],
)
def test_the_word_of_its_own_clause_comes_first(sentence: str, figure: str, expected: str) -> None:
    first = sentence.index(figure)
    found = method_of(sentence, find_method_words(sentence), first, first + len(figure))

    assert found is not None
    assert found.method == expected
