"""The papers keep up with the tree: links lead somewhere, every dependency has its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests/samples").glob("*.md")]
)
DECISIONS = ROOT / "docs" / "adr"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_links_inside_the_checkout_lead_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", paper.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in inside if not (paper.parent / link).exists()] == []


def test_every_dependency_has_a_reason() -> None:
    wanted = {
        re.split(r"[\[<>=~! ]", line)[0]
        for line in (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "-"))
    }
    page = (DECISIONS / "0007-dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([a-z0-9][a-z0-9_-]*)", page, re.MULTILINE)) - {"package"}

    assert wanted == explained


def test_every_decision_is_listed_once_and_says_how_it_stands() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in DECISIONS.glob("0*.md"))

    assert re.findall(r"\]\((0[^)]+\.md)\)", index) == pages
    for name in pages:
        text = (DECISIONS / name).read_text(encoding="utf-8")
        assert re.match(rf"# {name[:4]} ", text)
        assert re.search(r"^(Accepted|Superseded)", text, re.MULTILINE)


def test_licence_is_the_one_that_is_named() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in licence.splitlines()[0]
    assert len(licence.splitlines()) > 600
