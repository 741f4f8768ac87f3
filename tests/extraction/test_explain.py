"""``explain_claims`` shows every decision on one article, and nothing that moves a terminal."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "A strike killed at least 12 civilians in Idlib, a doctor said. Two fighters were wounded."


def explained(file: Path) -> str:
    out = io.StringIO()
    call_command("explain_claims", str(file), stdout=out, no_color=True)
    return out.getvalue()


def test_every_claim_is_shown_field_by_field(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")

    shown = explained(file)

    assert "12[1] civilians" in shown
    assert "killed 12 or more" in shown
    assert "injured 2" in shown
    assert shown.count("nothing said") >= 2
    for field in ("figure", "status", "scope", "speaker", "day", "place", "actor", "method"):
        assert shown.count(f"\n│ {field} ") == 2


def test_a_line_of_jsonl_is_an_article(tmp_path: Path) -> None:
    file = tmp_path / "article.jsonl"
    article = {"id": "a", "source": "Coast Herald", "title": "Market hit", "text": TEXT}
    file.write_text(json.dumps(article), encoding="utf-8")

    assert explained(file).startswith("Market hit\n")


def test_signs_that_move_the_cursor_are_not_printed(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("\x1b[JSix people\u202e were killed.", encoding="utf-8")

    shown = explained(file)

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "Six" in shown


@pytest.mark.parametrize("content", ["", "[bold]Nothing happened.[/nothing]"])
def test_a_text_without_claims_has_a_verdict(tmp_path: Path, content: str) -> None:
    file = tmp_path / "article.txt"
    file.write_text(content, encoding="utf-8")

    shown = explained(file)

    assert "reports no harm to civilians" in shown
    assert content in shown


@pytest.mark.parametrize("content", ['{"id": "a"}', '{"id": "a", "title": "", "text": 5}', "{"])
def test_what_is_no_article_is_one_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "article.jsonl"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match="holds no article on one line"):
        explained(file)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        explained(tmp_path / "none")
