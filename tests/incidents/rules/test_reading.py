"""What is no scenario is refused in a sentence."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tracker.incidents import choices
from tracker.incidents.rules import vocabulary
from tracker.incidents.rules.reading import read_scenario

CLAIM = {"id": "A", "article": "x", "published_at": "2031-05-02T22:00-03:00", "outcome": "KILLED"}


def scenario(**claim: Any) -> dict[str, Any]:
    return {"id": "s", "claims": [{**CLAIM, **claim}]}


def test_what_is_left_out_has_the_published_defaults() -> None:
    (claim,) = read_scenario(scenario()).claims

    assert (claim.outlet, claim.story, claim.statement) == ("x", "x", "A")
    assert claim.published_at == datetime(2031, 5, 3, 1, tzinfo=UTC)
    assert claim.said_at == date(2031, 5, 3)
    assert (claim.subject_status, claim.polarity, claim.state) == (
        "UNKNOWN",
        "ASSERTS_HARM",
        "ACCEPTED",
    )
    assert claim.covers_whole_incident
    assert claim.linked


def test_null_is_as_good_as_absent() -> None:
    nulls = dict.fromkeys(("speaker", "outlet", "said_at", "state", "min", "disjoint_with"))

    assert read_scenario(scenario(**nulls)) == read_scenario(scenario())


def test_a_time_without_zone_is_utc() -> None:
    (claim,) = read_scenario(scenario(published_at="2031-05-02T22:00")).claims

    assert claim.published_at == datetime(2031, 5, 2, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "the line is no JSON object"),
        ({"id": "s"}, "a scenario has an id and claims"),
        ({"id": "s", "claims": {}}, "claims is no list"),
        ({"id": "s", "claims": [1]}, "a claim is no JSON object"),
        ({"id": "s", "claims": [CLAIM, CLAIM]}, "two claims have one id"),
        (scenario(id=""), "a claim has no id"),
        (scenario(outcome="HARMED"), "claim A: outcome 'HARMED' is no word of the method"),
        (scenario(min=5, max=4), "claim A: min 5 is above max 4"),
        (scenario(children_min=-1), "claim A: children_min is no whole number of people"),
        (scenario(max=True), "claim A: max is no whole number of people"),
        (scenario(credibility=7), "claim A: credibility 7 is not 1 to 6"),
        (scenario(linked="no"), "claim A: linked is neither true nor false"),
        (scenario(speaker=3), "claim A: speaker is no text"),
        (scenario(disjoint_with=[1]), "disjoint_with is no list of texts"),
        (scenario(said_at="yesterday"), "claim A: said_at 'yesterday' is no day like 2031-03-04"),
        (
            scenario(published_at="noon"),
            "claim A: published_at 'noon' is no time like 2031-03-04T07:30Z",
        ),
        (
            {"id": "s", "claims": [], "parties": [{"id": "p"}]},
            "party p: accused is neither true nor false",
        ),
        (
            {"id": "s", "claims": [], "positions": [{"party": "p", "date": "2031-02-30"}]},
            "position of p: date '2031-02-30' is no day like 2031-03-04",
        ),
        ({"id": "s", "claims": [], "strike_evidence": [{}]}, "evidence has no kind"),
    ],
)
def test_what_is_no_scenario_is_said(data: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read_scenario(data)


def test_the_method_and_the_tables_have_the_same_words() -> None:
    assert set(choices.Outcome.values) == vocabulary.OUTCOMES
    assert set(choices.SubjectStatus.values) == vocabulary.STATUSES
    assert set(choices.Polarity.values) == vocabulary.POLARITIES
    assert set(choices.Scope.values) == vocabulary.SCOPES
    assert set(choices.ClaimState.values) == vocabulary.STATES
    assert {value.lower() for value in choices.CopyDecision.values} == vocabulary.COPY_DECISIONS
    assert set(choices.PositionAct.values) == vocabulary.ACTS
    assert set(choices.PositionHarm.values) == vocabulary.HARMS
    assert set(choices.PositionResponsibility.values) == vocabulary.RESPONSIBILITIES
    assert set(choices.PositionAssessment.values) == vocabulary.ASSESSMENTS
    assert set(choices.EvidenceKind.values) == vocabulary.EVIDENCE_KINDS
