"""The answer in words: a headline, the reasons, and the steps as the rules took them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.rules.assessment import OUTCOMES
from tracker.incidents.rules.origins import group_key
from tracker.incidents.rules.reasons import why
from tracker.incidents.rules.steps import steps
from tracker.incidents.rules.telling import OWN_VOICE, Telling
from tracker.incidents.rules.wording import figure_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.incidents.rules.assessment import Assessment
    from tracker.incidents.rules.facts import Scenario


@dataclass(frozen=True, slots=True)
class Explanation:
    """``headline`` says how many, ``sentence`` why so, ``steps`` how, one rule after the other."""

    headline: str
    sentence: str
    steps: tuple[str, ...]


def explain(
    assessment: Assessment, scenario: Scenario, *, names: Mapping[str, str] | None = None
) -> dict[str, Explanation]:
    """By outcome. ``names`` replaces speakers by claim id: what leaves the house names fewer."""
    spoken = assessment.taking.spoken.values()
    speakers = {claim.id: claim.speaker or OWN_VOICE for claim in spoken} | dict(names or {})
    told = [Telling(assessment, scenario, outcome, speakers) for outcome in OUTCOMES]
    return {
        one.outcome: Explanation(headline=_headline(one), sentence=why(one), steps=steps(one))
        for one in told
    }


def origin_labels(assessment: Assessment) -> dict[str, str]:
    """G1, G2 … by counted claim id, for tables; declared sums have none of their own."""
    keys = [origin.key for origin in assessment.origins if not origin.is_sum]
    return {claim.id: f"G{keys.index(group_key(claim)) + 1}" for claim in assessment.taking.counted}


def _headline(told: Telling) -> str:
    civilians = told.ranges["civilians"]
    words = figure_words(civilians.minimum, civilians.maximum)
    if not words or civilians.maximum == 0:
        return _headline_without_figure(told)
    if told.ranges["stated_civilians"].highest is None:
        who = "person" if words == "1" else "people"
        return f"{words} {who} reported {told.verb}, status not stated (presumed civilian)"
    return f"{words} {'civilian' if words == '1' else 'civilians'} reported {told.verb}"


def _headline_without_figure(told: Telling) -> str:
    if told.ranges["civilians"].maximum == 0:
        if told.says_none:
            return f"No civilian reported {told.verb}: said to be none"
        return f"Civilians {told.verb}: none left, they died of wounds"
    if told.asserts_harm:
        return f"Civilians {told.verb}: no figure"
    return f"Civilians {told.verb}: no harm asserted"
