"""``group_stories`` names stories and incidents, and says which lines it could not read."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Planes bombed the vegetable market in Ardesh on Thursday and killed nine traders, medics "
    "said. Stalls burned until the evening while neighbours dug in the rubble with their hands."
)


def _article(name: str, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    article = {"id": name, "source": "Coast Herald", "published": "2026-11-13", "title": "Market"}
    return {**article, "text": text, **fields}


def _run(tmp_path: Path, *lines: Any) -> tuple[list[dict[str, Any]], str, bool]:
    file = tmp_path / "articles.jsonl"
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    file.write_bytes(b"\n".join(written))
    out, err = io.StringIO(), io.StringIO()
    is_whole = True
    try:
        call_command("group_stories", str(file), stdout=out, stderr=err)
    except CommandError:
        is_whole = False
    return [json.loads(row) for row in out.getvalue().splitlines()], err.getvalue(), is_whole


def test_copies_share_a_story_and_reports_an_incident(tmp_path: Path) -> None:
    anew = "Nine people died when the market of Ardesh was bombed on Thursday, its mayor said."
    talks = "Talks about water went on in the capital. Nobody expects a result before spring."

    lines, _, is_whole = _run(
        tmp_path, _article("a"), _article("b"), _article("c", anew), _article("d", talks)
    )

    first, copy, told_anew, other = lines
    assert is_whole
    assert [line["id"] for line in lines] == ["a", "b", "c", "d"]
    assert first["story"] == copy["story"] != told_anew["story"]
    assert set(first["incidents"]) & set(copy["incidents"]) & set(told_anew["incidents"])
    assert other["incidents"] == []


@pytest.mark.parametrize("published", [None, ""])
def test_an_article_without_a_day_or_source_is_grouped(
    tmp_path: Path, published: str | None
) -> None:
    bare = {"id": "b", "title": "", "text": TEXT}
    lines, _, is_whole = _run(tmp_path, _article("a", published=published), bare)

    assert is_whole
    assert lines[0]["story"] == lines[1]["story"]
    assert lines[0]["incidents"] == lines[1]["incidents"]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b'{"id": "x", "title": "", "text": null}',
        b'{"id": "x", "title": ""}',
        b'{"id": "x", "title": "", "text": "Six killed.", "published": "soon"}',
        b'{"id": "x", "title": "", "text": "Six killed.", "published": 5}',
        b'{"id": "x", "title": "", "text": "Six killed \\ud800."}',
        b'{"id": "x", "title": "", "text": "Six killed. \xff"}',
        b"[" * 100_000,
    ],
)
def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path, line: bytes) -> None:
    lines, said, is_whole = _run(tmp_path, line, b"", _article("a"))

    assert not is_whole
    assert ":1: not an article" in said
    assert [answer["id"] for answer in lines] == ["a"]


def test_the_pairs_at_hand_are_told_apart(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "stories.jsonl"
    with out.open("w") as file:
        call_command("group_stories", str(shared / "gold/articles.dev.jsonl"), stdout=file)

    scored = subprocess.run(  # noqa: S603  # the scorer kept beside the checkout
        [
            sys.executable,
            str(shared / "gold/score_pairs.py"),
            str(shared / "gold/pairs.dev.jsonl"),
            str(out),
            "--json",
        ],
        capture_output=True,
        check=True,
    )

    scores = json.loads(scored.stdout)["scores"]
    assert scores["copy f1"]["value"] >= 0.96
    assert scores["incident f1"]["value"] >= 0.85
    assert scores["told anew f1"]["value"] >= 0.80
