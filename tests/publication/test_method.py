"""The published method is what the rules say, and what they say is what they do."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tracker.extraction import extract
from tracker.extraction.figures.numbers import GROUPS_SHOWN, TABLE_VERSION
from tracker.incidents.choices import Grade
from tracker.incidents.rules import RULES_VERSION, Scenario, assess
from tracker.incidents.rules.grading import PUBLISHED
from tracker.incidents.rules.taking import EXCLUSIONS
from tracker.publication.method import methodology, rule_texts
from tracker.web.selectors.incident_ranges import REASONS

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_what_the_rules_say() -> None:
    call_command("describe_rules", "--check")


def test_a_page_that_is_not_is_told(tmp_path: Path) -> None:
    page = tmp_path / "methodology.md"
    for content in (None, "# Methodology\n"):
        if content is not None:
            page.write_text(content)
        with pytest.raises(CommandError, match=r"methodology\.md is not what the rules say"):
            call_command("describe_rules", "--check", "--to", str(page))

    call_command("describe_rules", "--to", str(page), stderr=io.StringIO())

    call_command("describe_rules", "--check", "--to", str(page))
    assert page.read_text() == methodology()


def test_it_carries_the_versions() -> None:
    assert f"**{RULES_VERSION}**, number table **{TABLE_VERSION}**" in methodology()


def test_every_rule_of_the_range_has_its_words_once() -> None:
    assert list(rule_texts()) == [*range(1, 10)]


def test_grades_stand_in_the_order_in_which_they_are_tried() -> None:
    tried = [(rule.number, rule.grade) for rule in assess(Scenario("none", ())).grading.tried]

    assert [(number, grade) for number, grade, _ in PUBLISHED][: len(tried)] == tried
    assert {grade for _, grade, _ in PUBLISHED} == set(Grade.values)


def test_every_reason_that_pages_know_is_explained() -> None:
    assert set(EXCLUSIONS) == set(REASONS)


@pytest.mark.parametrize(
    ("words", "ends"), [(one, ends) for words, ends in GROUPS_SHOWN for one in words]
)
def test_groups_without_a_figure_are_counted_as_shown(
    words: str, ends: tuple[int | None, int | None]
) -> None:
    text = f"{words.capitalize()} died in the shelling of Marnesh on Tuesday, a doctor said."

    found = extract(title="", text=text, published=date(2031, 3, 5), outlet="").claims

    assert [(claim.minimum, claim.maximum) for claim in found] == [ends]
