"""What a total or something recalled takes from the news of its article, and what it keeps."""

from __future__ import annotations

from datetime import date

from tracker.extraction import ProposedClaim, extract

FRIDAY = date(2026, 11, 13)


def claim_of(text: str, figure: int) -> ProposedClaim:
    claims = extract(title="", text=text, published=FRIDAY).claims
    (found,) = [claim for claim in claims if claim.minimum == figure]
    return found


def test_a_total_has_neither_place_nor_means_of_the_news() -> None:
    total = claim_of(
        "An air strike on the village of Sella killed nine people on Thursday. "
        "Rescuers searched the ruins. The council met. It called for calm. "
        "At least 190 people have been killed in violations of the truce so far.",
        190,
    )

    assert (total.place, total.method) == (None, None)


def test_what_is_not_taken_from_the_news_leaves_what_the_sentence_says_itself() -> None:
    total = claim_of(
        "Nine people were killed in an attack in Ardesh on Thursday. Late October media reported "
        "that at least 200 people were killed in recent air strikes in the city of Sella. On "
        "October 17 an air strike hit a building in the Jadid neighbourhood in western Sella.",
        200,
    )

    assert (total.scope, total.place, total.method) == ("AGGREGATE", "Sella", "airstrike")


def test_the_dead_of_a_war_are_counted_in_its_country() -> None:
    total = claim_of(
        "A bus was hit near Ardesh in Yemen. The offensive against Sella goes on in "
        "a conflict that has claimed over 300,000 lives.",
        300_001,
    )

    assert total.place == "Yemen"
