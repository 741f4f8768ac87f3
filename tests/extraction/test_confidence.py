"""Each field says how often its rule was right; what was seldom seen leans on its field."""

from __future__ import annotations

from tracker.extraction import extract
from tracker.extraction.confidence import FIELDS, rate, with_confidence


def test_every_field_of_a_claim_has_evidence_with_a_chance() -> None:
    (claim,) = extract(title="", text="Six people were killed.").claims

    assert set(FIELDS) <= set(claim.evidence)
    for field in FIELDS:
        confidence = claim.evidence[field].confidence
        assert confidence is None or 0 < confidence < 1


def test_a_field_without_a_value_says_so() -> None:
    (claim,) = extract(title="", text="Six people were killed.").claims

    assert claim.place is None
    assert claim.evidence["place"].rule == "nothing said"


def test_rating_again_changes_nothing() -> None:
    claims = extract(title="", text="Six people were killed in Idlib.").claims

    assert tuple(with_confidence(claims)) == claims


def test_a_rule_often_right_is_surer_than_its_field() -> None:
    counts = {"good": (40, 40), "poor": (5, 20)}

    assert rate(counts, "good") > 0.95
    assert rate(counts, "poor") < 0.4
    assert 0.7 < rate(counts, "never seen") < 0.75


def test_one_lucky_case_makes_no_certainty() -> None:
    assert rate({"lucky": (1, 1), "others": (50, 100)}, "lucky") < 0.65


def test_without_any_case_the_chance_is_a_half() -> None:
    assert rate({}, "rule") == 0.5
