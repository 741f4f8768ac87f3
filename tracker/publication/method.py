"""The published method, put together from the words that stand beside each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.figures import numbers
from tracker.incidents.choices import Grade, SubjectStatus
from tracker.incidents.rules import (
    RULES_VERSION,
    assessment,
    copies,
    facts,
    grading,
    intervals,
    likeness,
    matching,
    origins,
    positions,
    requests,
    residual,
    taking,
)
from tracker.publication import rules as published
from tracker.publication.rules import location, speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

_MADE = (
    "<!-- Made by `manage.py describe_rules` from the words beside each rule in the code; "
    "change them there. -->"
)


#: The rule that the table of reasons belongs to.
_LEAVES_OUT = 8


def methodology() -> str:
    """The whole page in Markdown, with the versions of the rules."""
    version = f"Rules version **{RULES_VERSION}**, number table **{numbers.TABLE_VERSION}**."
    return _page(
        _MADE,
        "# Methodology",
        version,
        assessment.TEXT,
        "## The claim",
        facts.TEXT,
        f"### Words to numbers (table {numbers.TABLE_VERSION})",
        _wordings(),
        numbers.TEXT,
        "### Status of the people",
        _statuses(),
        intervals.TEXT,
        "## From claims to a range",
        _numbered_rules(),
        taking.TEXT,
        "### Running totals",
        residual.TEXT,
        "## Origins",
        origins.TEXT,
        "## Which incident an article reports",
        matching.TEXT,
        likeness.TEXT,
        "## Grades",
        grading.TEXT,
        _grades(),
        grading.TEXT_AFTER_TABLE,
        "## Positions of belligerents",
        positions.TEXT,
        "### What was asked of them",
        requests.TEXT,
        "## What is published",
        published.TEXT,
        location.TEXT,
        speaker.TEXT,
    )


def rule_texts() -> dict[int, str]:
    """The numbered rules of the range by their number. ValueError where one is told twice."""
    found: dict[int, str] = {}
    for module in (taking, copies, intervals, assessment):
        for number, words in module.RULE_TEXTS.items():
            if number in found:
                raise ValueError(f"Rule {number} is told twice.")
            found[number] = words
    return dict(sorted(found.items()))


def _page(*parts: str) -> str:
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _wordings() -> str:
    """What the parser itself answers. ValueError where words of one row differ."""
    rows: list[tuple[str, str, str]] = []
    for words in numbers.SHOWN:
        readings = {figure for one in words if (figure := numbers.parse_figure(one)) is not None}
        if len(readings) != 1:
            raise ValueError(f"{words} are not read as one figure.")
        figure = next(iter(readings))
        rows.append((", ".join(words), _end(figure.minimum), _end(figure.maximum)))
    rows += [
        (", ".join(words), _end(low), _end(high)) for words, (low, high) in numbers.GROUPS_SHOWN
    ]
    return _table(("wording", "min", "max"), rows)


def _end(figure: int | None) -> str:
    return "open" if figure is None else str(figure)


def _statuses() -> str:
    marks = {SubjectStatus.UNKNOWN: " (presumed civilian, and marked so)"}
    rows = []
    for status in SubjectStatus:
        if status.value in intervals.FULL["civilians"]:
            feeds = "both ends of the range of civilians"
        elif status.value in intervals.MAX_ONLY:
            feeds = "the upper end of the range of civilians only"
        else:
            feeds = "a range of its own"
        rows.append((f"`{status.value}`{marks.get(status, '')}", feeds))
    return _table(("said of the people", "feeds"), rows)


def _numbered_rules() -> str:
    lines = []
    for number, words in rule_texts().items():
        first, *rest = words.splitlines()
        lines += [f"{number}. {first}", *(f"   {line}" for line in rest)]
        if number == _LEAVES_OUT:
            reasons = _table(
                ("reason", "because"),
                ((f"`{code}`", why) for code, why in taking.EXCLUSIONS.items()),
            )
            lines += ["", *(f"   {line}" for line in reasons.splitlines()), ""]
    return "\n".join(lines)


def _grades() -> str:
    rows = [
        (Grade(grade).label.capitalize(), "" if number is None else str(number), words)
        for number, grade, words in grading.PUBLISHED
    ]
    return _table(("grade", "rule", "proposed where"), rows)
