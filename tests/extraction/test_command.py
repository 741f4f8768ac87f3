"""``extract_claims`` prints what the guide asks for, and says which lines it could not read."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = {
    "id": "a-1",
    "source": "Coast Herald",
    "published": "2026-11-13",
    "title": "Strike",
    "text": "A strike killed two fighters and wounded at least three civilians, a doctor said.",
}


def test_each_article_gives_one_line(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(ARTICLE) + "\n\n", encoding="utf-8")
    out = io.StringIO()

    call_command("extract_claims", str(file), stdout=out)

    (line,) = [json.loads(row) for row in out.getvalue().splitlines()]
    assert (line["id"], line["relevance"]) == ("a-1", "harm")
    assert [(c["harm"], c["min"], c["max"], c["status"], c["scope"]) for c in line["claims"]] == [
        ("killed", 2, 2, "combatant", "incident"),
        ("injured", 3, None, "civilian", "incident"),
    ]


def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text('{"id": "x"\n' + json.dumps(ARTICLE), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="1 lines could not be read"):
        call_command("extract_claims", str(file), stdout=out, stderr=err)

    assert ":1:" in err.getvalue()
    assert len(out.getvalue().splitlines()) == 1


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "x", "title": "", "text": "Six killed. \xff"}',
        b'{"id": "x", "title": "", "text": "Six people were killed \\ud800."}',
        b'{"id": "x", "title": "", "text": null}',
        b'{"id": "x", "title": ""}',
        b"[1]",
        b"5",
        b"[" * 100_000,
    ],
)
def test_one_odd_line_takes_no_other_along(tmp_path: Path, line: bytes) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(line + b"\n" + json.dumps(ARTICLE).encode() + b"\n")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="1 lines could not be read"):
        call_command("extract_claims", str(file), stdout=out, stderr=err)

    assert ":1: not an article" in err.getvalue()
    assert [json.loads(row)["id"] for row in out.getvalue().splitlines()] == ["a-1"]


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    article = {**ARTICLE, "text": "It rained.\u2028Six people were killed."}
    file.write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    out = io.StringIO()

    call_command("extract_claims", str(file), stdout=out)

    assert [c["min"] for c in json.loads(out.getvalue())["claims"]] == [6]


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        call_command("extract_claims", str(tmp_path / "none.jsonl"))
