"""Training counts, fits and calibrates by plain arithmetic, and gives the same files each time."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tracker.extraction.training import run
from tracker.extraction.training.gold import agrees, in_words, read_gold
from tracker.extraction.training.logistic import fit, sigmoid
from tracker.extraction.training.relevant import scores
from tracker.extraction.training.reliability import Forecast, brier, expected_error, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CLAIM = {
    "harm": "killed", "min": 6, "max": 6, "status": "unspecified", "scope": "incident",
    "children": None, "women": None, "speaker": None, "actor": None, "method": None,
    "place": "al-Bab", "date": None, "quote": "Six people were killed in al-Bab.",
}  # fmt: skip


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Two sets of one article each, and a folder of further articles."""
    for name in ("dev", "more"):
        article = {"id": name, "title": "", "text": "Six people were killed in al-Bab."}
        other = {"id": f"{name}-2", "title": "", "text": "It rained."}
        rows: list[dict[str, object]] = [
            {"id": name, "relevance": "harm", "claims": [CLAIM]},
            {"id": f"{name}-2", "relevance": "no_harm", "claims": []},
        ]
        _write(tmp_path / f"{name}.articles.jsonl", [article, other])
        _write(tmp_path / f"{name}.gold.jsonl", rows)
    _write(tmp_path / "articles.dev.jsonl", [])
    return tmp_path


@pytest.fixture(autouse=True)
def _no_further_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their texts are beside the checkout, if anywhere."""
    (tmp_path / "annotated.jsonl").touch()
    monkeypatch.setattr(run, "ANNOTATED", tmp_path / "annotated.jsonl")


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_spans_stand_for_words_of_the_text() -> None:
    claim = {"place": [27, 33], "speaker": None, "min": 6, "quote": [0, 15]}

    words = in_words("Six people were killed in al-Bab.", claim)

    assert words == {"place": "l-Bab.", "speaker": None, "min": 6, "quote": "Six people were"}


def test_weights_follow_what_tells_the_cases_apart() -> None:
    rows = [[0.0, 1.0], [0.0, 0.0], [1.0, 1.0], [1.0, 0.0]] * 10
    bias, weights = fit(rows, [row[0] > 0 for row in rows], penalty=0.1)

    assert sigmoid(bias + weights[0]) > 0.9
    assert sigmoid(bias) < 0.1
    assert abs(weights[1]) < 0.01


def test_a_feature_that_never_varies_breaks_nothing() -> None:
    bias, weights = fit([[0.0], [0.0]], [True, False], penalty=1.0)

    assert (bias, weights) == (0.0, [0.0])


def test_forecasts_are_judged_by_distance_and_by_bands() -> None:
    forecasts = [
        Forecast(0.9, came_true=True),
        Forecast(0.9, came_true=False),
        Forecast(0.1, came_true=False),
    ]

    assert brier(forecasts) == pytest.approx((0.01 + 0.81 + 0.01) / 3)
    assert expected_error(forecasts) == pytest.approx((0.8 + 0.1) / 3)
    assert table(forecasts)[-1] == "| 0.8 to 1.0 | 2 | 0.90 | 0.50 |"


def test_scores_of_a_threshold() -> None:
    forecasts = [
        Forecast(0.9, came_true=True),
        Forecast(0.6, came_true=False),
        Forecast(0.3, came_true=True),
    ]

    assert scores(forecasts, 0.5) == (0.5, 0.5, 0.5)


def test_claims_are_paired_by_figure_and_names_compared_loosely(kit: Path) -> None:
    first, second = read_gold(kit / "dev.articles.jsonl", kit / "dev.gold.jsonl")

    ((claim, row),) = first.pairs()
    assert row is not None
    assert agrees("status", first.article.text, claim, row)
    assert agrees("place", first.article.text, claim, {**row, "place": "town of Al Bab"})
    assert not agrees("place", first.article.text, claim, {**row, "place": None})
    assert (second.is_harm, second.pairs()) == (False, [])


def test_training_writes_the_same_files_each_time(kit: Path) -> None:
    call_command("train_extraction", str(kit), into=kit / "one")
    call_command("train_extraction", str(kit), into=kit / "two")

    for name in ("confidence.toml", "relevance.toml", "report.md"):
        assert (kit / "one" / name).read_bytes() == (kit / "two" / name).read_bytes()
    counted = tomllib.loads((kit / "one" / "confidence.toml").read_text(encoding="utf-8"))
    assert list(counted["figure"].values()) == [[2, 2]]
    model = tomllib.loads((kit / "one" / "relevance.toml").read_text(encoding="utf-8"))
    assert set(model["weights"]) == set(model["means"])
    assert 0 < model["threshold"] < 1


def test_a_folder_without_a_kit_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"dev\.articles\.jsonl: No such file"):
        call_command("train_extraction", str(tmp_path))
