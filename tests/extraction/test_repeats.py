"""What an article tells again is one claim; what differs in fact is not."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extraction import ProposedClaim, extract


def claims_of(text: str, title: str = "") -> tuple[ProposedClaim, ...]:
    return extract(title=title, text=text).claims


def test_headline_lead_and_source_are_one_claim_with_the_source() -> None:
    (claim,) = claims_of(
        "Strike on market kills 14\n"
        "At least 14 people were killed on a market in Ardesh.\n"
        "The Nahr Rescue Service said that 14 civilians were killed."
    )

    assert (claim.minimum, claim.maximum) == (14, None)
    assert claim.subject_status == "CIVILIAN"
    assert claim.speaker_text == "Nahr Rescue Service"


def test_a_day_that_only_the_other_telling_says_is_taken_with_its_words() -> None:
    text = (
        "ARDESH, 13 November 2026 - Troops killed several gunmen in Nahr province today.\n"
        "After taking fire the troops hit the house, killing several gunmen, the army said."
    )
    (claim,) = claims_of(text)

    assert claim.speaker_text == "army"
    assert claim.when is not None
    assert claim.when.day == date(2026, 11, 13)
    assert [text[start:end] for start, end in claim.evidence["day"].spans] == ["today"]


def test_words_of_a_day_that_nothing_resolves_stay_where_no_telling_says_more() -> None:
    (claim,) = claims_of(
        "Troops killed several gunmen in Nahr province.\n"
        "The army said that troops killed several gunmen in Nahr province yesterday."
    )

    assert claim.when is not None
    assert (claim.when.day, claim.when.phrase) == (None, "yesterday")


def test_a_headline_run_into_the_lead_is_told_once() -> None:
    title = "Thirty killed in strikes on Ardesh suburb"

    (claim,) = claims_of(f"{title} Thirty civilians were killed on Saturday in strikes.", title)

    assert (claim.minimum, claim.maximum, claim.subject_status) == (30, 30, "CIVILIAN")


def test_two_speakers_with_one_figure_are_two_claims() -> None:
    claims = claims_of(
        "The Nahr Rescue Service said that seven people were killed.\n"
        "The Ardesh Health Ministry said that seven people were killed."
    )

    assert len(claims) == 2


def test_a_vague_headline_gives_way_to_the_number() -> None:
    (claim,) = claims_of("Dozens killed in Ardesh\nA strike killed 73 people, the mayor said.")

    assert claim.minimum == 73


def test_the_unnumbered_are_no_claim_where_they_are_numbered() -> None:
    claims = claims_of("People were killed in Ardesh. The mayor said six people were killed.")

    assert [(c.minimum, c.maximum) for c in claims] == [(6, 6)]


def test_two_figures_of_one_speaker_are_two_claims() -> None:
    claims = claims_of(
        "The mayor said that 15 people were killed. Later the mayor said that 12 were killed."
    )

    assert [c.minimum for c in claims] == [15, 12]


@pytest.mark.parametrize(
    "text",
    [
        "Shells killed three villagers. A mine killed three soldiers.",
        "A shell killed two civilians. No civilians were wounded.",
        "Up to 30 people were killed. Officials said 30 people were injured.",
    ],
)
def test_other_people_or_harm_are_other_claims(text: str) -> None:
    assert len(claims_of(text)) == 2


def test_one_named_of_those_counted_before_is_folded() -> None:
    (claim,) = claims_of("A strike killed two leaders in Ardesh. The strike killed Karim Sadiq.")

    assert claim.minimum == 2


def test_small_figures_of_two_days_are_two_claims() -> None:
    claims = claims_of(
        "12 November 2026 A soldier was killed in Ardesh on Monday. A soldier was killed in "
        "Ardesh on Tuesday."
    )

    assert len(claims) == 2


def test_a_heading_run_into_its_section_is_told_once() -> None:
    (claim,) = claims_of(
        "Rockets injure three civilians in Ardesh countryside Three civilians were injured by "
        "rockets on the hamlet of Bani. A source at the police command told Nahr TV that gunmen "
        "fired rockets at the edge of Bani, injuring three civilians."
    )

    assert (claim.outcome, claim.minimum) == ("INJURED", 3)


def test_dozens_are_no_number_that_one_event_is_known_by() -> None:
    claims = claims_of(
        "Dozens were wounded by a car bomb in Ardesh on 4 March 2020.\n"
        "On 5 March 2020 shelling of Bani wounded dozens."
    )

    assert len(claims) == 2


def test_scores_are_not_the_forty_of_another_place() -> None:
    claims = claims_of(
        "Scores of people were injured in Ardesh. In Bani rockets injured 40 people."
    )

    assert [claim.maximum for claim in claims] == [None, 40]


def test_fighters_of_one_report_are_told_once() -> None:
    (claim,) = claims_of(
        "Nahr TV said that eight rebels were executed in Ardesh. Eight men were executed on the "
        "square, Nahr TV said."
    )

    assert (claim.minimum, claim.subject_status) == (8, "COMBATANT")


def test_headlines_of_other_articles_are_no_claims() -> None:
    claims = claims_of("Talks went on in Ardesh. ... 55 Related Raid Kills 12 Rebels in Bani")

    assert claims == ()


@pytest.mark.parametrize(
    "headline",
    ["Over 90 killed in Ardesh attack", "Velia monitor says strikes kill 96 in Ardesh"],
)
def test_a_headline_in_round_numbers_or_of_a_kind_of_speaker_is_no_claim(headline: str) -> None:
    (claim,) = claims_of(
        f"{headline}\nThe Velian Observatory for Human Rights said 96 people were killed.",
        headline,
    )

    assert claim.minimum == 96
    assert claim.speaker_text.endswith("Velian Observatory for Human Rights")
