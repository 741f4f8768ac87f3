"""Weights and report as they are written: text that a person can read and a diff can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.confidence import FIELDS, SMOOTHING
from tracker.extraction.relevance_features import FEATURES, SAYINGS
from tracker.extraction.training.relevant import PENALTY, RECALL, scores
from tracker.extraction.training.reliability import brier, expected_error, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.extraction.confidence import Table
    from tracker.extraction.training.relevant import Model
    from tracker.extraction.training.reliability import Forecast

_HEAD = "# Written by `manage.py train_extraction`; report.md says how good it is.\n"


def confidence_toml(counted: Table) -> str:
    """``weights/confidence.toml``: how often right, of how many, by field and rule."""
    lines = [_HEAD + "# Of each field and rule: how often it was right, of how many claims."]
    for field in FIELDS:
        lines.append(f"\n[{field}]")
        lines += [f"{_quoted(rule)} = [{hit}, {of}]" for rule, (hit, of) in counted[field].items()]
    return "\n".join(lines) + "\n"


def relevance_toml(model: Model) -> str:
    """``weights/relevance.toml``: bias, threshold, weights and means of the features."""
    lines = [
        _HEAD + "# A logistic model: bias + the sum of weight * (feature - mean).",
        f"bias = {model.bias}",
        f"threshold = {model.threshold}",
        "\n[weights]",
        *(f"{_quoted(name)} = {model.weights[name]}" for name in FEATURES),
        "\n[means]",
        *(f"{_quoted(name)} = {model.means[name]}" for name in FEATURES),
    ]
    return "\n".join(lines) + "\n"


def report_md(
    *,
    learned_from: Mapping[str, int],
    fields: Mapping[str, Mapping[str, Sequence[Forecast]]],
    model: Model,
    relevance: Mapping[str, Sequence[Forecast]],
) -> str:
    """``weights/report.md``; forecasts by the name of what they were tried on."""
    return "\n".join(
        [
            "# What was learned, and how good it is\n",
            "Written by `manage.py train_extraction`, as are the weights beside it.\n",
            "| learned from | articles |\n|---|---|",
            *(f"| {name} | {count} |" for name, count in learned_from.items()),
            *_confidence_part(fields),
            *_relevance_part(model, relevance),
        ]
    )


def _confidence_part(fields: Mapping[str, Mapping[str, Sequence[Forecast]]]) -> list[str]:
    lines = [
        "\n## Confidence of each field\n",
        "The chance that a field is right, by the rule that set it; a rule leans on its field with",
        f"{SMOOTHING} cases. A figure is right where the annotators have it; the other fields are",
        "judged on those claims. Brier: mean squared distance of chance and truth; calibration",
        "error: distance of named chance and share that came true, over five bands.",
    ]
    for tried_on, forecasts in fields.items():
        lines.append(f"\nTried on {tried_on}:\n")
        lines.append(
            "| field | claims | right | Brier | calibration error |\n|---|---|---|---|---|"
        )
        for field, found in forecasts.items():
            right = sum(f.came_true for f in found) / max(1, len(found))
            numbers = f"{right:.3f} | {brier(found):.3f} | {expected_error(found):.3f}"
            lines.append(f"| {field} | {len(found)} | {numbers} |")
    return lines


def _relevance_part(model: Model, relevance: Mapping[str, Sequence[Forecast]]) -> list[str]:
    lines = [
        "\n## Relevance\n",
        f"Threshold {model.threshold}: the highest that finds {RECALL:.1%} of the reports of harm",
        f"among the articles left out of the fit. Penalty on the weights {PENALTY}.\n",
        "| tried on | articles | precision | recall | F1 | Brier | calibration error |",
        "|---|---|---|---|---|---|---|",
    ]
    for tried_on, found in relevance.items():
        numbers = (*scores(found, model.threshold), brier(found), expected_error(found))
        shown = " | ".join(f"{number:.3f}" for number in numbers)
        lines.append(f"| {tried_on} | {len(found)} | {shown} |")
    for tried_on, found in relevance.items():
        lines += [f"\nTried on {tried_on}:\n", *table(found)]
    lines += ["\n| feature | weight | mean | speaks for harm where |\n|---|---|---|---|"]
    lines += [
        f"| {name} | {model.weights[name]:+.2f} | {model.means[name]:.2f} | {SAYINGS[name][0]} |"
        for name in FEATURES
    ]
    return [*lines, ""]


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
