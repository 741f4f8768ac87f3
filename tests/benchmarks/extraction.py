"""``benchmark extraction``: what the extractor reads, against annotated articles, and how fast.

Every set of annotated articles found (``NAME.articles.jsonl`` beside ``NAME.gold.jsonl``, or
without a name), and the further ones of the collection that were annotated here, are read by
``extract_claims`` and scored by the scorers in ``--scorers``; a set of fewer than 30 articles has
no limits. Speed is processor time on texts of 350 words, beside
two plain regular expressions in the same run.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.extraction_errors import error_kinds
from tests.benchmarks.figures import Figure, print_figures
from tracker.extraction import extract
from tracker.extraction.training.gold import in_words
from tracker.extraction.training.run import ANNOTATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = CHECKOUT.parent / "shared"
COLLECTION = SHARED / "gold" / "articles.dev.jsonl"
GOLD = (SHARED / "gold", CHECKOUT / "tests" / "extraction" / "invented")
#: The scorer's name of a measure -> as the table has it, and what is asked.
ASKED = {
    "all f1": ("figures, all claims, F1", 0.80),
    "incident f1": ("figures, scope incident, F1", 0.82),
    "strict f1": ("strict (status and scope too), F1", 0.72),
    "harm f1": ("relevance F1", 0.93),
    "harm recall": ("relevance recall", 0.97),
    "status": ("of matched claims, status right", 0.90),
    "scope": ("of matched claims, scope right", 0.92),
    "speaker": ("of matched claims, speaker right", 0.80),
    "method": ("of matched claims, method right", 0.85),
    "place": ("of matched claims, place right", 0.82),
    "date": ("of matched claims, date right", 0.85),
    "actor": ("of matched claims, actor right", None),
    "quotes in text": ("quotes found to the letter", 1.0),
}
RELEASES_ASKED = {"min_killed": 0.95, "killq": 0.97, "start_date": 0.85, "airstrike": 0.95}
FEWEST = 30
PER_SECOND = 25
MEGABYTES = 400
_WORDS = 350
_TEXTS = 200
_PLAIN = (
    re.compile(r"(?:at least )?(\d+|\w+)\s(?:[\w-]+\s){0,3}?(?:were\s)?(?:killed|dead|died)"),
    re.compile(r"(?:at least )?(\d+|\w+)\s(?:[\w-]+\s){0,3}?(?:were\s)?(?:wounded|injured)"),
)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 where every limit is kept."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark extraction", description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="of annotated articles"
    )
    parser.add_argument("--scorers", type=Path, default=SHARED / "gold", metavar="FOLDER")
    parser.add_argument(
        "--releases", type=Path, default=SHARED / "articles" / "releases.dev.jsonl", metavar="FILE"
    )
    parser.add_argument(
        "--errors", action="store_true", help="print instead how many errors of each kind there are"
    )
    options = parser.parse_args(arguments)
    folders = options.folders or [folder for folder in GOLD if folder.is_dir()]
    with tempfile.TemporaryDirectory(prefix="harm-extraction-") as scratch:
        sets = [found for folder in folders for found in _sets(folder)]
        if not options.folders and COLLECTION.exists():
            sets.append(_further(Path(scratch)))
        if not sets:
            parser.error("no annotated articles found: name a folder that holds some")
        if options.errors:
            return print_errors(sets)
        # before anything else fills the memory
        figures = measure_speed([articles for _, articles, _ in sets])
        for name, articles, gold in sets:
            predicted = _extracted(articles, Path(scratch) / f"{name}.jsonl".replace("/", "-"))
            figures += measure_set(name, options.scorers, articles, gold, predicted)
        if options.releases.exists():
            predicted = _extracted(options.releases, Path(scratch) / "releases.jsonl")
            figures += measure_releases(options.scorers, options.releases, predicted)
    return print_figures(figures)


def print_errors(sets: Sequence[tuple[str, Path, Path]]) -> int:
    """A Markdown table, a column for each set."""
    counted = {name: error_kinds(articles, gold) for name, articles, gold in sets}
    kinds = {kind for counts in counted.values() for kind in counts}
    sys.stdout.write(f"| kind | {' | '.join(counted)} |\n|---|{'---|' * len(counted)}\n")
    for kind in sorted(kinds):
        cells = " | ".join(str(counts[kind]) for counts in counted.values())
        sys.stdout.write(f"| {kind} | {cells} |\n")
    return 0


def measure_set(
    name: str, scorers: Path, articles: Path, gold: Path, predicted: Path
) -> list[Figure]:
    """The scorer's figures for one set, each with its interval in its name."""
    command = [scorers / "score_claims.py", gold, predicted, "--articles", articles, "--json"]
    found: dict[str, Any] = json.loads(_printed(command))
    count = found["counts"]["articles"]
    figures = []
    for measure, (title, asked) in ASKED.items():
        scored = found["scores"][measure]
        if scored["value"] is None:
            continue
        low, high = scored["interval"]
        figures.append(
            Figure(
                f"{name} ({count}): {title} [{low:.3f}, {high:.3f}]",
                scored["value"],
                at_least=asked if count >= FEWEST else None,
            )
        )
    return figures


def measure_releases(scorers: Path, releases: Path, predicted: Path) -> list[Figure]:
    """What the coding of press releases and the extractor agree on."""
    printed = _printed([scorers / "score_releases.py", releases, predicted])
    found = re.findall(r"^(\w+) +(\d+) of (\d+)", printed, re.MULTILINE)
    return [
        Figure(f"releases ({of}): {name} right", int(hits) / int(of), at_least=RELEASES_ASKED[name])
        for name, hits, of in found
    ]


def measure_speed(files: Sequence[Path]) -> list[Figure]:
    """Articles of 350 words a second on one core, and the most memory this process ever held."""
    texts = _texts_of_equal_length(files)
    extract(title="", text=texts[0])  # vocabulary and expressions are read once
    began = time.process_time()
    for text in texts:
        extract(title="", text=text)
    took = time.process_time() - began
    began = time.process_time()
    for text in texts:
        for pattern in _PLAIN:
            pattern.findall(text)
    bare = time.process_time() - began
    return [
        Figure("articles of 350 words a second", len(texts) / took, at_least=PER_SECOND),
        Figure("time / two plain regular expressions", took / bare),
        Figure("memory at most", _peak_megabytes(), at_most=MEGABYTES, unit="MB"),
    ]


def _texts_of_equal_length(files: Sequence[Path]) -> list[str]:
    """All paragraphs in a row, cut where 350 words are reached."""
    texts, paragraphs, words = [], [], 0
    for paragraph in _paragraphs(files):
        paragraphs.append(paragraph)
        words += len(paragraph.split())
        if words >= _WORDS:
            texts.append("\n".join(paragraphs))
            paragraphs, words = [], 0
    while 0 < len(texts) < _TEXTS:
        texts += texts
    return texts[:_TEXTS]


def _paragraphs(files: Sequence[Path]) -> Iterator[str]:
    for file in files:
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line:
                yield from json.loads(line)["text"].split("\n")


def _sets(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    for gold in sorted(folder.glob("*gold.jsonl")):
        articles = gold.with_name(gold.name.replace("gold.jsonl", "articles.jsonl"))
        if articles.exists():
            name = gold.name.removesuffix("gold.jsonl").rstrip(".") or folder.name
            yield name, articles, gold


def _further(scratch: Path) -> tuple[str, Path, Path]:
    """The articles of the collection that were annotated here, with the words of the texts."""
    rows = {row["id"]: row for row in map(json.loads, ANNOTATED.read_text("utf-8").splitlines())}
    articles, gold = scratch / "articles.jsonl", scratch / "gold.jsonl"
    with articles.open("w", encoding="utf-8") as texts, gold.open("w", encoding="utf-8") as said:
        for line in COLLECTION.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            row = rows.get(article["id"])
            if row is not None:
                claims = [in_words(article["text"], claim) for claim in row["claims"]]
                texts.write(f"{line}\n")
                said.write(json.dumps(row | {"claims": claims}) + "\n")
    return "further", articles, gold


def _extracted(articles: Path, into: Path) -> Path:
    into.write_text(_printed([CHECKOUT / "manage.py", "extract_claims", articles]), "utf-8")
    return into


def _printed(command: Sequence[object]) -> str:
    done = subprocess.run(  # noqa: S603  # of this project, or named by who runs it
        [sys.executable, *map(str, command)], check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} could not do its part.")
    return done.stdout


def _peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(peak) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
