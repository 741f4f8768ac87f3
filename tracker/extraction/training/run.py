"""The whole training: read, count, fit, try, and give the files to write."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.extraction.training.calibrate import count_rules, left_out, tried
from tracker.extraction.training.gold import read_gold, read_labelled
from tracker.extraction.training.relevant import case_of, learn
from tracker.extraction.training.reliability import Forecast
from tracker.extraction.training.written import confidence_toml, relevance_toml, report_md

if TYPE_CHECKING:
    from tracker.extraction.training.gold import Annotated
    from tracker.extraction.training.relevant import Case

_OWN = Path(__file__).parent
#: Further articles of the kit, by id, labelled by the guide's rule of relevance.
_LABELS = _OWN / "labels.jsonl"
_COLLECTION = "articles.dev.jsonl"
#: Further articles of the collection, annotated by the guide with spans in the place of words.
ANNOTATED = _OWN / "annotated.jsonl"
#: Short invented texts about other things than war, and of other wars.
_INVENTED = _OWN / "invented.jsonl"


def train(folder: Path, *, learn_from: str, try_on: str) -> dict[str, str]:
    """File name -> content. ``folder`` is that of the evaluation kit, the names are its sets.

    Rules are counted on both sets and on the further ones of the collection, after a table of all
    others was tried on the second; relevance learns nothing from the second. Raises OSError where
    a file can't be read.
    """
    ours, theirs = (_read(folder, name) for name in (learn_from, try_on))
    further = read_gold(folder / _COLLECTION, ANNOTATED)
    known = {annotated.article.id for annotated in further}
    labelled = [
        one for one in read_labelled(folder / _COLLECTION, _LABELS) if one.article.id not in known
    ]
    invented = read_labelled(_INVENTED, _INVENTED)
    table = count_rules([*ours, *further, *theirs])
    cases = [case_of(article, table) for article in [*ours, *further, *labelled, *invented]]
    model, from_others = learn(sorted(cases, key=_mixed))
    unseen = [case_of(article, table) for article in theirs]
    report = report_md(
        learned_from={
            f"{learn_from}: claims and relevance": len(ours),
            "of the kit, annotated further: claims and relevance": len(further),
            f"{try_on}: claims alone": len(theirs),
            "of the kit, labelled for relevance": len(labelled),
            "invented, labelled for relevance": len(invented),
        },
        fields={
            f"{try_on}, by a table of the others alone": tried(
                theirs, count_rules([*ours, *further])
            ),
            "all, each tenth by a table of the others": left_out([*ours, *further, *theirs]),
        },
        model=model,
        relevance={
            "each tenth learned from, by a model of the others": from_others,
            try_on: [Forecast(model.chance(case.features), case.is_harm) for case in unseen],
        },
    )
    return {
        "confidence.toml": confidence_toml(table),
        "relevance.toml": relevance_toml(model),
        "report.md": report,
    }


def _read(folder: Path, name: str) -> list[Annotated]:
    return read_gold(folder / f"{name}.articles.jsonl", folder / f"{name}.gold.jsonl")


def _mixed(case: Case) -> str:
    """An order that has nothing to do with outlets and days, and is the same every time."""
    return hashlib.sha256(case.id.encode()).hexdigest()
