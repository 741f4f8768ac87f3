"""``benchmark ingest``: the whole pipeline beside a bare loop that only reads and extracts.

Pages on disk to open review tasks, by the real command, workers, broker and database; before it, on
the same cores, a loop of two processes that parses and extracts the same pages and keeps nothing.
Both are warmed up by other pages, so that what starts once isn't counted as the work on a page.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from tests.benchmarks.databases import fresh_database
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.invented_pages import page, report
from tests.benchmarks.processor_time import family, processes, seconds_of
from tests.workers.processes import broker, environment, workers
from tracker.extraction import extract
from tracker.sources.parsing.page import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CORES = 2
SPEED = 0.7
CPU_BEYOND = 12.0
#: Resident memory at the end, as a multiple of what it was after the first fifth.
GROWTH = 1.15
#: Pages that both read before they are measured: enough for each child of the pool.
WARMING = 200
_PATIENCE = 3600.0


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 where every limit is kept."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark ingest", description=__doc__)
    parser.add_argument("--pages", type=int, default=2000, help="how many pages (default 2000)")
    parser.add_argument(
        "--memory",
        type=int,
        metavar="ARTICLES",
        help="instead: the memory of the workers over so many articles (20000 is the goal's)",
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="harm-ingest-") as name, fresh_database():
        folder = Path(name)
        if options.memory:
            return print_figures(measure_memory(folder, options.memory))
        return print_figures(measure_speed(folder, options.pages))


def measure_speed(folder: Path, count: int) -> list[Figure]:
    """The pipeline and the bare loop over the same ``count`` pages."""
    pages = _write_pages(folder / "pages", range(count))
    others = _write_pages(folder / "others", range(count, count + WARMING))
    bare_wall, bare_cpu, bare_claims = _bare(sorted(pages.iterdir()))
    with installation(folder) as (env, worker):
        _wait_for_workers(worker)
        _ingest(others, env)
        _wait_for_tasks(WARMING)
        before_claims = _count("incidents_claim")
        roots = {"the workers": worker, "PostgreSQL": _postmaster()}
        before = {name: seconds_of(root) for name, root in roots.items()}
        began = time.monotonic()
        command_cpu = _ingest(pages, env)
        _wait_for_tasks(WARMING + count)
        wall = time.monotonic() - began
        used = {name: seconds_of(root) - before[name] for name, root in roots.items()}
        used["the command"] = command_cpu
    claims = _count("incidents_claim") - before_claims
    return [
        Figure("speed of the bare loop", count / bare_wall, unit="pages a second"),
        Figure("speed of the pipeline", count / wall, unit="pages a second"),
        Figure("pipeline / bare loop", bare_wall / wall, at_least=SPEED),
        Figure("processor time of the bare loop", 1000 * bare_cpu / count, unit="ms a page"),
        *(
            Figure(f"processor time of {name}", 1000 * seconds / count, unit="ms a page")
            for name, seconds in used.items()
        ),
        Figure(
            "processor time beyond the bare loop's",
            1000 * (sum(used.values()) - bare_cpu) / count,
            at_most=CPU_BEYOND,
            unit="ms a page",
        ),
        Figure("claims proposed, beside the bare loop's", claims / max(1, bare_claims), 1.0, 1.0),
    ]


def _write_pages(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        (folder / f"{number:05d}.html").write_text(page(number), encoding="utf-8")
    return folder


def measure_memory(folder: Path, count: int) -> list[Figure]:
    """What the workers hold while ``count`` articles pass through them."""
    file = folder / "articles.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            told = report(number)
            record = {"id": str(number), "source": "Coast Herald", "published": None}
            lines.write(json.dumps({**record, "title": told.title, "text": told.text}) + "\n")
    samples: list[tuple[int, int]] = []
    with installation(folder) as (env, worker):
        _wait_for_workers(worker)
        command = subprocess.Popen(_command(file), env=env, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
        until = time.monotonic() + _PATIENCE
        while (done := _count("verification_reviewtask")) < count:
            _require(time.monotonic() < until, f"only {done} of {count} articles came through")
            samples.append((done, sum(process.resident for process in family(worker))))
            time.sleep(2)
        command.wait()
    settled = [held for done, held in samples if count * 0.2 <= done <= count * 0.4]
    late = [held for done, held in samples if done >= count * 0.8]
    _require(bool(settled and late), "too few articles to tell: give --memory a larger number")
    first, last = sum(settled) / len(settled), sum(late) / len(late)
    return [
        Figure("memory of the workers after a fifth", first / 2**20, unit="MB"),
        Figure("memory of the workers at the end", last / 2**20, unit="MB"),
        Figure("growth", last / first, at_most=GROWTH),
    ]


def read_and_extract(paths: list[Path]) -> tuple[float, int]:
    """Processor seconds and claims of one bare process over these pages."""
    began = time.process_time()
    claims = 0
    for path in paths:
        found = read_page(path.read_bytes(), charset="", url="")
        published = date.fromisoformat(found["published"]) if found["published"] else None
        claims += len(
            extract(
                title=found["title"],
                text=found["text"],
                published=published,
                outlet=found["outlet"],
            ).claims
        )
    return time.process_time() - began, claims


def _bare(paths: list[Path]) -> tuple[float, float, int]:
    shares = [paths[core::CORES] for core in range(CORES)]
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        list(pool.map(read_and_extract, [share[:3] for share in shares]))  # warmed up
        began = time.monotonic()
        answers = list(pool.map(read_and_extract, shares))
        wall = time.monotonic() - began
    return wall, sum(cpu for cpu, _ in answers), sum(claims for _, claims in answers)


@contextmanager
def installation(folder: Path, **more: str) -> Iterator[tuple[dict[str, str], int]]:
    """Broker, workers and beat on the fresh database; their environment and the worker's id."""
    captures = folder / "captures"
    captures.mkdir()
    with broker(folder) as broker_url:
        env = environment(broker_url=broker_url, capture_root=captures, **more)
        with workers(env, folder) as worker:
            yield env, worker


def _wait_for_workers(worker: int) -> None:
    """Until the pool stands: the worker and its two children."""
    until = time.monotonic() + 60
    while len(family(worker)) <= CORES:
        _require(time.monotonic() < until, "the workers did not come up")
        time.sleep(0.2)


def _postmaster() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    known = processes()
    _require(backend in known, "PostgreSQL has to run on this very machine to be measured")
    return known[backend].parent


def _command(path: Path) -> list[str]:
    return [sys.executable, "-m", "django", "ingest", str(path)]


def _ingest(path: Path, env: dict[str, str]) -> float:
    """Run the command to its end; its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(_command(path), env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _wait_for_tasks(count: int) -> None:
    until = time.monotonic() + _PATIENCE
    while (done := _count("verification_reviewtask")) < count:
        _require(time.monotonic() < until, f"only {done} of {count} pages came through")
        time.sleep(0.05)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  # a name of this module
        return int(cursor.fetchone()[0])


def _require(condition: object, otherwise: str) -> None:
    if not condition:
        raise SystemExit(f"benchmark ingest: {otherwise}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
