"""``assess`` answers scenarios given as JSON lines, without a database."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = {
    "id": "well",
    "parties": [{"id": "coalition", "accused": True}],
    "claims": [
        {
            "id": "A",
            "article": "courier-1",
            "published_at": "2031-05-02T10:00Z",
            "outcome": "KILLED",
            "speaker": "Maskeld Rescue",
            "min": 5,
            "max": None,
        }
    ],
    "positions": [{"party": "coalition", "date": "2031-05-03", "act": "DENIES"}],
    "strike_evidence": [{"kind": "IMAGERY"}],
    "named_victims": {"killed": 6, "injured": 0},
}


def test_a_scenario_gives_one_line(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.jsonl"
    file.write_text(json.dumps(SCENARIO) + "\n", encoding="utf-8")
    out = io.StringIO()

    call_command("assess", str(file), stdout=out)

    answer = json.loads(out.getvalue())
    assert answer["id"] == "well"
    assert answer["ranges"]["killed"]["civilians"]["min"] == 6
    assert answer["position_summary"] == {"coalition": "DENIES_ACT"}
    assert (answer["grade"], answer["strike_status"]) == ("WEAK", "SINGLE_SOURCE")


def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.jsonl"
    file.write_text('{"id": 1}\n[]\n' + json.dumps(SCENARIO), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="2 lines could not be read"):
        call_command("assess", str(file), stdout=out, stderr=err)

    assert ":1:" in err.getvalue()
    assert ":2:" in err.getvalue()
    assert len(out.getvalue().splitlines()) == 1


def test_lines_are_lines_of_bytes_and_the_id_comes_back_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.jsonl"
    torn = json.dumps({**SCENARIO, "id": 7, "note": "one\u2028two"}, ensure_ascii=False)
    file.write_bytes(b"\xff\n\n" + torn.encode() + b"\n")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="1 lines could not be read"):
        call_command("assess", str(file), stdout=out, stderr=err)

    assert ":1: not a scenario" in err.getvalue()
    assert json.loads(out.getvalue())["id"] == 7


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        call_command("assess", str(tmp_path / "none.jsonl"))


def test_the_kit_beside_the_checkout_is_answered_as_expected(shared: Path, tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("assess", str(shared / "gold" / "assess.dev.jsonl"), stdout=out)
    answers = tmp_path / "answers.jsonl"
    answers.write_text(out.getvalue(), encoding="utf-8")

    scored = subprocess.run(  # noqa: S603  # the scorer beside the checkout
        [
            sys.executable,
            str(shared / "gold" / "score_assess.py"),
            "--json",
            str(shared / "gold" / "assess.dev.expected.jsonl"),
            str(answers),
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    scores = json.loads(scored.stdout)["scores"]
    assert {name: score["value"] for name, score in scores.items()} == dict.fromkeys(scores, 1.0)
