"""Numbers that count people, whom they count, and numbers that count none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction import ProposedClaim, extract

_ONES = [
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = [
    *("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
]
_TEMPLATES = [
    ("Shells killed {} people in Ardesh.", "KILLED"),
    ("{} people were killed in Ardesh.", "KILLED"),
    ("The strike left {} people dead, doctors said.", "KILLED"),
    ("The death toll rose to {} on Friday.", "KILLED"),
    ("Rescuers pulled out {} bodies from the market.", "KILLED"),
    ("The blast wounded {} people.", "INJURED"),
    ("{} residents were injured by shelling.", "INJURED"),
]


def in_words(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return _TENS[ten] + (f"-{_ONES[one]}" if one else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            head, rest = divmod(number, size)
            joined = " and " if 0 < rest < 100 else " "
            return f"{in_words(head)} {name}" + (joined + in_words(rest) if rest else "")
    raise ValueError(number)


def only(text: str) -> ProposedClaim:
    (claim,) = extract(title="", text=text).claims
    return claim


def rows(text: str) -> list[tuple[str, int | None, int | None, str]]:
    return [
        (c.outcome, c.minimum, c.maximum, c.subject_status)
        for c in extract(title="", text=text).claims
    ]


_BESIDE = [
    "on Monday",
    "on Friday 12 May",
    "on 12 May 2016",
    "on May 12 2016",
    "on March 3, 2016",
    "in March",
    "last May",
    "in March 2016",
    "in summer 2014",
    "in 2016",
    "since 2011",
    "at 6 pm",
    "on the first day",
    "on Day 3",
    "in a single day",
    "in the past 24 hours",
    "within 48 hours",
    "in the third phase",
    "in the second raid",
    "in two raids",
    "in 12 air strikes",
    "in 3 attacks",
    "in the Sella district",
    "in that area",
    "in the al-Noor camp",
    "in Area 51",
    "at Base 46",
    "on Highway 5",
    "in Sector 12",
    "near the M5",
    "on the road to Sella",
    "in Ardesh and Sella",
]
_TOLD = [
    ("A strike killed {n} people {beside}.", "KILLED"),
    ("{n} people were killed {beside}.", "KILLED"),
    ("{beside} {n} civilians were killed in Ardesh.", "KILLED"),
    ("{beside} a strike killed {n} people.", "KILLED"),
    ("A strike {beside} killed {n} people.", "KILLED"),
    ("The death toll rose to {n} {beside}.", "KILLED"),
    ("Shells wounded {n} civilians {beside}.", "INJURED"),
]


@pytest.mark.parametrize("beside", _BESIDE)
def test_when_and_where_it_was_changes_no_figure(beside: str) -> None:
    found = {}
    for told, outcome in _TOLD:
        for words, figure in (("nine", 9), ("at least 190", 190), ("1,200", 1200), ("45", 45)):
            text = told.format(n=words, beside=beside)
            text = text[0].upper() + text[1:]
            found[text] = [row[:2] for row in rows(text)], [(outcome, figure)]

    wrong = {text: read for text, (read, right) in found.items() if read != right}
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("In March 19 people were killed in Ardesh.", 19),
        ("On 17 March 20 people were killed in Ardesh.", 20),
        ("Since September, 31 people have been killed in Ardesh.", 31),
        ("Ardesh June 6 2015 (Agency) Two people were killed.", 2),
        ("Nine children under five were killed in Ardesh.", 9),
        ("Nine women over 60 were killed in Ardesh.", 9),
        ("The war has killed 300000 people.", 300_000),
        ("Ardesh 28 February 2015 190703 35 people dead in battle.", 35),
    ],
)
def test_a_count_beside_other_numbers_is_the_figure(text: str, figure: int) -> None:
    assert only(text).minimum == figure


def test_a_count_behind_people_is_no_age() -> None:
    text = "The strike killed nine people over 60 others were wounded in Ardesh."

    assert rows(text) == [("KILLED", 9, 9, "UNKNOWN"), ("INJURED", 61, None, "UNKNOWN")]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("No one was killed in Ardesh.", {"KILLED"}),
        ("No one was killed or injured in Ardesh.", {"KILLED", "INJURED"}),
        ("The shell on Ardesh hurt no one.", {"INJURED"}),
        ("The shell on Ardesh harmed nobody.", {"KILLED", "INJURED"}),
    ],
)
def test_no_one_is_a_stated_zero(text: str, outcomes: set[str]) -> None:
    found = extract(title="", text=text).claims

    assert {claim.outcome for claim in found} == outcomes
    assert {(claim.minimum, claim.maximum, claim.polarity) for claim in found} == {
        (0, 0, "ASSERTS_NO_HARM")
    }


@pytest.mark.parametrize(
    "text",
    [
        "On March 19 people were killed in Ardesh.",
        "In March 2011 people were killed in Ardesh.",
        "Rebels captured Base 46 in Ardesh.",
        "Fighters were killed in phase two in Ardesh.",
    ],
)
def test_a_day_a_year_or_the_number_of_a_base_counts_nobody(text: str) -> None:
    assert {figure for _, figure, _, _ in rows(text)} <= {2}


@given(
    number=st.integers(min_value=1, max_value=9999),
    template=st.sampled_from(_TEMPLATES),
    is_spelled=st.booleans(),
)
def test_every_number_of_people_is_read_exactly(
    *, number: int, template: tuple[str, str], is_spelled: bool
) -> None:
    words, outcome = template
    figure = in_words(number) if is_spelled else str(number)

    claim = only(words.format(figure))

    assert (claim.outcome, claim.minimum, claim.maximum) == (outcome, number, number)


@pytest.mark.parametrize(
    "text",
    [
        "The rocket flew 30 kilometres and killed the lights.",
        "He died on 12 March at 9:30.",
        "The 47th brigade lost its way.",
        "Resolution 2254 speaks of the dead.",
        "The bridge cost $12 million before the deadly flood.",
        "The dead city lies 40 miles north of Tavir.",
        "Troops destroyed 14 vehicles and three houses.",
        "A tank was destroyed by two missiles.",
        "Bombs could kill hundreds of people, aid groups warned.",
        "They plan to kill 12 hostages.",
        "The shelling killed or wounded 12 people.",
        "A market was hit; prices of lamb were killing.",
    ],
)
def test_what_counts_no_harmed_people_is_no_claim(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Twelve civilians were killed.", "CIVILIAN"),
        ("Twelve paramedics were killed.", "CIVILIAN"),
        ("Twelve aid workers were killed.", "CIVILIAN"),
        ("Twelve members of one family were killed.", "CIVILIAN"),
        ("Twelve pilgrims were killed.", "CIVILIAN"),
        ("Twelve rebel fighters were killed.", "COMBATANT"),
        ("Twelve members of a pro-government militia were killed.", "COMBATANT"),
        ("Twelve armed men were killed.", "COMBATANT"),
        ("The group said twelve of its men were killed.", "COMBATANT"),
        ("Twelve people were killed.", "UNKNOWN"),
        ("Twelve policemen were killed.", "UNKNOWN"),
        ("Twelve people, including children, were killed.", "UNKNOWN"),
        ("Twelve people, including fighters, were killed.", "MIXED"),
        ("Twelve people, mostly civilians, were killed.", "MIXED"),
        ("Twelve soldiers and civilians were killed.", "MIXED"),
        ("Twelve bodies were found, most of them women and children.", "CIVILIAN"),
        ("Twelve Kurds were killed, all civilians.", "CIVILIAN"),
    ],
)
def test_the_words_of_the_group_tell_its_status(text: str, status: str) -> None:
    claim = only(text)

    assert (claim.minimum, claim.maximum, claim.subject_status) == (12, 12, status)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A woman was killed.", (1, 1, "CIVILIAN")),
        ("Gunmen killed Taliban leader Abdul Karo.", (1, 1, "COMBATANT")),
        ("Sniper fire killed Mira Oto.", (1, 1, "UNKNOWN")),
        ("Samir Oto, 34, was shot dead.", (1, 1, "UNKNOWN")),
        ("A 12-year-old girl was killed.", (1, 1, "CIVILIAN")),
        ("A two-year-old died of hunger.", (1, 1, "CIVILIAN")),
        ("The driver was killed.", (1, 1, "CIVILIAN")),
        ("Civilians were killed.", (2, None, "CIVILIAN")),
        ("A large number of militants were killed.", (2, None, "COMBATANT")),
        ("Many residents lost their lives.", (2, None, "CIVILIAN")),
        ("Several villagers died.", (3, None, "CIVILIAN")),
        ("Dozens of people perished.", (24, None, "UNKNOWN")),
    ],
)
def test_people_without_a_number_are_counted_by_the_table(
    text: str, expected: tuple[int, int | None, str]
) -> None:
    claim = only(text)

    assert (claim.minimum, claim.maximum, claim.subject_status) == expected


def test_the_name_of_a_victim_is_kept_in_no_field() -> None:
    claim = only("Sniper fire killed Mira Oto in Tavir.")

    assert "Oto" not in f"{claim.quantifier_raw} {claim.rule} {claim.speaker_text}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Three paramedics were killed.", "medical"),
        ("Two journalists were wounded.", "press"),
        ("Four aid workers died.", "aid"),
        ("Five first responders were killed.", "rescue"),
        ("Six teachers were killed.", "education"),
        ("Six farmers were killed.", ""),
    ],
)
def test_protected_people_are_marked_by_kind(text: str, kind: str) -> None:
    assert only(text).protected_kind == kind


def test_ages_stand_beside_the_figure() -> None:
    assert only("A 5-year-old girl was killed.").ages == (5,)
    assert only("Two boys aged 7 and 9 were killed.").ages == (7, 9)


def test_what_a_suicide_bomber_does_to_himself_is_no_claim() -> None:
    assert rows("The bomber was killed.") == []


@pytest.mark.parametrize(
    ("text", "outcome", "number"),
    [
        ("Militants kidnapped 30 schoolgirls.", "ABDUCTED", 30),
        ("Police arrested 12 protesters.", "DETAINED", 12),
        ("Five fishermen are missing.", "MISSING", 5),
        ("Eight people are trapped under the rubble.", "TRAPPED", 8),
        ("Fighting displaced 4,000 people.", "DISPLACED", 4000),
    ],
)
def test_other_harms_are_told_apart(text: str, outcome: str, number: int) -> None:
    claim = only(text)

    assert (claim.outcome, claim.minimum) == (outcome, number)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("ARDESH, June 8 - Three paramedics were hurt.", 3),
        ("Comments 0 67 At least 45 people were killed in Ardesh.", 45),
        ("Two boys, aged 4 and 11, were killed.", 2),
        ("Later in the day four medics were killed.", 4),
        ("A group of over 60 mercenaries were killed.", 61),
        ("The war has injured 1.9 million people.", 1_900_000),
        ("The strike left dozens suffering symptoms of gas.", 24),
        ("Gunmen crucified two men in Ardesh.", 2),
    ],
)
def test_which_number_counts_the_people(text: str, figure: int) -> None:
    assert [claim.minimum for claim in extract(title="", text=text).claims] == [figure]


def test_just_under_is_fewer() -> None:
    claim = only("Just under 50 people died in Ardesh.")

    assert (claim.minimum, claim.maximum) == (None, 49)
