"""``benchmark neardup``: copies found again among many stored texts, and what that costs.

Synthetic edits of articles are looked up among them and generated signatures, by the code of the
pipeline and in a real database; their cost stands beside that of parsing pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from django.db import connection, transaction

from tests.benchmarks import configured  # noqa: F401  # before the models
from tests.benchmarks.databases import fresh_database
from tests.benchmarks.edited_texts import EDITS
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.invented_pages import page, report
from tests.benchmarks.processor_time import processes
from tracker.sources.choices import LineageKind
from tracker.sources.models import Article, Capture, Story
from tracker.sources.parsing.language import language_of
from tracker.sources.parsing.page import read_page
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.rules.lineage import TextToRelate, compare
from tracker.sources.rules.lineage_stories import COPIES
from tracker.sources.rules.signature import ALGORITHM, Signature, sign
from tracker.sources.services.relate import store_signatures
from tracker.sources.services.relate_candidates import Carrier, find_candidates
from tracker.sources.services.relate_stories import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RECALL_ALIKE = 0.99
ALIKE = 0.65
RECALL = 0.97
OF_PARSING = 0.15
LOOK_UP = 3.0
STORED = 200_000
MILLION = 1_000_000
_BATCH = 50
Item = TypeVar("Item")
_PAGES = 120
_SHARED = Path(__file__).resolve().parents[3] / "shared"
_NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_FIRST_DAY, _NEXT_DAY = date(2026, 11, 13), date(2026, 11, 14)
#: Two numbers that no article and no query has.
_GENERATED_FROM, _ASKED_FROM = 10_000_000, 100_000_000
_GENERATE = """
    INSERT INTO sources_textsignature (article_id, algorithm, bands, sentences)
    SELECT %s + n, %s,
        ARRAY(SELECT hashint8extended(n * 1000 + i, 1) FROM generate_series(1, 42) AS i),
        ARRAY(SELECT hashint8extended(n * 1000 + i, 2) FROM generate_series(1, 45) AS i)
    FROM generate_series(%s, %s) AS n
"""


@dataclass(frozen=True, slots=True)
class Found:
    """One edited text: how like its original it is, and whether it was found."""

    edit: str
    jaccard: float
    is_candidate: bool
    is_copy: bool


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 where every limit is kept."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark neardup", description=__doc__)
    parser.add_argument(
        "--articles",
        type=Path,
        default=_SHARED / "gold" / "articles.dev.jsonl",
        help="articles to edit, JSON lines with a text each (else invented ones)",
    )
    parser.add_argument(
        "--pages",
        type=Path,
        default=_SHARED / "articles" / "pages",
        help="a folder of pages, .html.gz, whose parsing is the measure (else invented ones)",
    )
    parser.add_argument("--stored", type=int, default=STORED, help=f"default {STORED}")
    parser.add_argument(
        "--million", action="store_true", help="then look up once more at 1,000,000 rows"
    )
    options = parser.parse_args(arguments)
    with fresh_database():
        return print_figures(
            measure(
                texts_at(options.articles),
                pages_at(options.pages),
                stored=options.stored,
                million=options.million,
            )
        )


def texts_at(path: Path) -> list[str]:
    """The articles' texts, or invented ones where there is no such file."""
    if not path.is_file():
        return [report(number).text for number in range(400)]
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


def pages_at(path: Path) -> list[bytes]:
    """Pages as received, or invented ones where there is no such folder."""
    if not path.is_dir():
        return [page(number).encode() for number in range(_PAGES)]
    return [gzip.decompress(file.read_bytes()) for file in sorted(path.glob("*.html.gz"))[:_PAGES]]


def measure(
    texts: Sequence[str], pages: Sequence[bytes], *, stored: int, million: bool
) -> list[Figure]:
    """Every figure, in the order in which they are told."""
    insert({a.pk: sign(_text(a.text).prepared) for a in store_articles(texts)})
    generate(0, stored)
    found = look_for_edits(texts)
    figures = [*recall_figures(found), *_look_up_figures(texts, stored)]
    figures += _cost_figures(pages, stored)
    if million:
        generate(stored, MILLION)
        figures += _look_up_figures(texts, MILLION)
    return figures


def store_articles(texts: Sequence[str]) -> list[Article]:
    """The texts as articles with a story each, without keys yet."""
    received = Capture.objects.count()
    captures = Capture.objects.bulk_create(
        Capture(
            sha256=f"{number:064x}",
            size=len(text),
            media_type="text/plain",
            reference=f"{number}.txt",
            collected_by="benchmark",
            received_at=_NOW,
        )
        for number, text in enumerate(texts, start=received)
    )
    stories = Story.objects.bulk_create(Story(made_at=_NOW) for _ in texts)
    return Article.objects.bulk_create(
        Article(
            capture=capture,
            text=text,
            published_on=_FIRST_DAY,
            received_at=_NOW,
            state_since=_NOW,
            story=story,
        )
        for capture, story, text in zip(captures, stories, texts, strict=True)
    )


def generate(start: int, end: int) -> None:
    """So many signatures that nobody wrote; the indexes are built once they are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' "
            "AND conrelid = 'sources_textsignature'::regclass"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE sources_textsignature DROP CONSTRAINT "{name}"')
        for name in ("signature_bands", "signature_sentences"):
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(_GENERATE, [_GENERATED_FROM, ALGORITHM, start + 1, end])
        for column in ("bands", "sentences"):
            cursor.execute(
                f"CREATE INDEX signature_{column} ON sources_textsignature USING gin ({column}) "
                "WITH (fastupdate = off)"
            )
        cursor.execute("VACUUM ANALYZE sources_textsignature")


def look_for_edits(texts: Sequence[str]) -> list[Found]:
    """Every edit of every text, asked for as another outlet's text of the next day."""
    chance = random.Random(11)  # noqa: S311  # the same edits every time
    originals = dict(enumerate(texts))
    stored = dict(
        zip(Article.objects.order_by("pk").values_list("pk", flat=True), originals, strict=True)
    )
    found = []
    for name, edit in EDITS.items():
        edited = {n: _text(edit(text, chance), "Delta Post") for n, text in originals.items()}
        for batch in _batches(list(edited)):
            asked = {_ASKED_FROM + n: edited[n] for n in batch}
            candidates = _candidates({pk: sign(t.prepared) for pk, t in asked.items()})
            for pk, text in asked.items():
                original = _text(originals[pk - _ASKED_FROM])
                others = {stored.get(other) for other in candidates.get(pk, [])}
                found.append(
                    Found(
                        edit=name,
                        jaccard=_jaccard(original, text),
                        is_candidate=pk - _ASKED_FROM in others,
                        is_copy=compare(original, text).kind in COPIES,
                    )
                )
    return found


def recall_figures(found: Sequence[Found]) -> list[Figure]:
    """Recall by edit, over all, and where the two texts are alike."""
    hits, asked = Counter[str](), Counter[str]()
    for one in found:
        for group in (one.edit, "all edits", *(["alike"] if one.jaccard >= ALIKE else [])):
            asked[group] += 1
            hits[group] += one.is_candidate and one.is_copy
    figures = [Figure(f"recall, {edit}", hits[edit] / asked[edit]) for edit in EDITS]
    figures.append(
        Figure("recall, all edits", hits["all edits"] / asked["all edits"], at_least=RECALL)
    )
    figures.append(
        Figure(
            f"recall where the true Jaccard is {ALIKE} or more",
            hits["alike"] / max(1, asked["alike"]),
            at_least=RECALL_ALIKE,
        )
    )
    return figures


def _cost_figures(pages: Sequence[bytes], stored: int) -> list[Figure]:
    """Processor time of the three steps, ours and the database's, beside that of parsing."""
    before = time.process_time()
    texts = [text for text in map(_read, pages) if text]
    parsing = (time.process_time() - before) / len(pages)
    articles = store_articles(texts)
    began = _both_clocks()
    for batch in _batches(articles):
        signatures = {article.pk: sign(_text(article.text).prepared) for article in batch}
        with transaction.atomic():
            found = find_candidates(signatures, _carriers(signatures), now=_NOW)
            insert(found.signatures)
    spent = (_both_clocks() - began) / len(texts)
    return [
        Figure("parsing", 1000 * parsing, unit="ms of processor time a page"),
        Figure(f"signature, look-up and insert at {stored:,} stored", 1000 * spent, unit="ms"),
        Figure("the same as a share of parsing", spent / parsing, at_most=OF_PARSING),
    ]


def _look_up_figures(texts: Sequence[str], stored: int) -> list[Figure]:
    """Of one text as the pipeline asks, in batches, and by itself; medians, which another program
    on the same machine hardly moves."""
    signatures = {_ASKED_FROM + n: sign(_text(text).prepared) for n, text in enumerate(texts)}
    _candidates(dict(list(signatures.items())[:_BATCH]))  # the first look warms the cache
    alone = median(_seconds({pk: signature}) for pk, signature in signatures.items())
    batches = [dict(batch) for batch in _batches(list(signatures.items()))]
    together = median(_seconds(batch) / len(batch) for batch in batches)
    rows = f"at {stored:,} rows"
    return [
        Figure(f"look-up {rows}, in batches", 1000 * together, at_most=LOOK_UP, unit="ms a text"),
        Figure(f"look-up {rows}, one by one", 1000 * alone, unit="ms a text"),
    ]


def _seconds(signatures: dict[int, Signature]) -> float:
    began = time.perf_counter()
    _candidates(signatures)
    return time.perf_counter() - began


@transaction.atomic
def _candidates(signatures: dict[int, Signature]) -> dict[int, list[int]]:
    return find_candidates(signatures, _carriers(signatures), now=_NOW).of


def _carriers(article_ids: Iterable[int]) -> dict[int, Carrier]:
    return {pk: Carrier(None, "Delta Post", _NEXT_DAY) for pk in article_ids}


def insert(signatures: dict[int, Signature]) -> None:
    """Store keys as the pipeline does."""
    own = Place(story=0, origin=None, kind=LineageKind.ORIGINAL, overlap=None)
    store_signatures(signatures, dict.fromkeys(signatures, own))


def _text(text: str, outlet: str = "Coast Herald") -> TextToRelate:
    day = _FIRST_DAY if outlet == "Coast Herald" else _NEXT_DAY
    return TextToRelate(name="", text=text, outlet=outlet, published=day)


def _read(content: bytes) -> str:
    try:
        text = str(read_page(content, charset="", url="")["text"])
    except Unreadable:
        return ""
    language_of(text)
    return text


def _jaccard(one: TextToRelate, other: TextToRelate) -> float:
    first, second = one.prepared.distinct, other.prepared.distinct
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / max(1, len(first) + len(second) - shared)


def _both_clocks() -> float:
    """Processor seconds of this process and of the server's that answers it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = processes().get(cursor.fetchone()[0])
    return time.process_time() + (server.seconds if server else 0.0)


def _batches(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[at : at + _BATCH] for at in range(0, len(items), _BATCH))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
