"""``benchmark keeping``: hashing again, writing and reading web archives, beside bare loops.

Every ratio is of processor time on the same captures in the same run; memory is what the process
grew by while it read a web archive larger than all it may keep.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.test import override_settings
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

import tests.benchmarks.configured  # noqa: F401  # before the models
from tests.benchmarks.databases import fresh_database
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.invented_pages import page
from tests.benchmarks.processor_time import processes
from tracker.core.actor import machine
from tracker.sources.models import Capture
from tracker.sources.services.capture_store import Incoming, path_of, store_captures
from tracker.sources.services.export_warc import export_warc
from tracker.sources.services.verify import verify_all
from tracker.sources.warc.pages import read_pages
from tracker.sources.warc.records import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ACTOR = machine("benchmark")
_AT_ONCE = 20
_LARGEST = 20 * 1024 * 1024
_MEGABYTE = 1024 * 1024


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 where every limit is kept."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark keeping", description=__doc__)
    parser.add_argument("--captures", type=int, default=4000, help="how many (default 4000)")
    parser.add_argument(
        "--megabytes", type=int, default=300, help="of the large web archive (default 300)"
    )
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="harm-keeping-") as name,
        override_settings(CAPTURE_ROOT=Path(name) / "captures"),
    ):
        figures = [measure_memory(Path(name), options.megabytes)]
        with fresh_database():
            figures += measure_ratios(Path(name), options.captures)
        return print_figures(figures)


def measure_ratios(folder: Path, count: int) -> list[Figure]:
    """Storing, hashing again, exporting and reading, each beside the least that does it."""
    pages = [page(number).encode() for number in range(count)]
    stored = _seconds(lambda: _store(pages))
    digests = list(Capture.objects.order_by("id").values_list("sha256", flat=True))
    bare = _seconds(lambda: [_hash(digest) for digest in digests])
    verified = _seconds(lambda: sum(len(batch) for batch in verify_all(clock=timezone.now)))
    path = folder / "out.warc.gz"
    exported = _seconds(lambda: _export(path))
    plain = _seconds(lambda: _write_plain(digests))
    theirs = _seconds(lambda: _read_by_warcio(path))
    ours = _seconds(lambda: _read_by_us(path))
    return [
        Figure("keeping a capture", stored / count * 1000, at_most=2, unit="ms"),
        Figure("hashing again / a bare loop that hashes", verified / bare, at_most=10),
        Figure("exporting / a bare loop that writes by warcio", exported / plain, at_most=6),
        Figure("reading records / warcio's own iterator", ours / theirs, at_most=1),
    ]


def measure_memory(folder: Path, megabytes: int) -> Figure:
    """How much the process grows by while it reads an archive of so many megabytes."""
    path = folder / "large.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        noise = os.urandom(_MEGABYTE)
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + noise
        for number in range(megabytes):
            uri = f"https://delta.example/{number}"
            record = writer.create_warc_record(
                uri, "response", payload=BytesIO(body), length=len(body)
            )
            writer.write_record(record)
    gc.collect()
    before = processes()[os.getpid()].resident
    most = before
    with path.open("rb") as file:
        for found in read_pages(file, largest=_LARGEST):
            most = max(most, processes()[os.getpid()].resident)
            del found
    path.unlink()
    grown = (most - before) / _MEGABYTE
    return Figure(f"memory to read {megabytes} MB of a web archive", grown, at_most=64, unit="MB")


def _store(pages: Sequence[bytes]) -> None:
    for start in range(0, len(pages), _AT_ONCE):
        incoming = [
            Incoming(content, hashlib.sha256(content).hexdigest(), "text/html", "page.html")
            for content in pages[start : start + _AT_ONCE]
        ]
        store_captures(incoming=incoming, actor=ACTOR, now=timezone.now())


def _hash(digest: str) -> str:
    return hashlib.sha256(path_of(digest).read_bytes()).hexdigest()


def _export(path: Path) -> None:
    rows = Capture.objects.select_related("timestamp").prefetch_related("retrievals")
    export_warc(
        captures=rows.order_by("id").iterator(chunk_size=200),
        path=path,
        reason="Measured.",
        actor=ACTOR,
        clock=timezone.now,
        tell=lambda _: None,
    )


def _write_plain(digests: Sequence[str]) -> None:
    writer = WARCWriter(BytesIO(), gzip=True)
    for digest in digests:
        content = path_of(digest).read_bytes()
        record = writer.create_warc_record(
            f"urn:sha256:{digest}", "resource", payload=BytesIO(content), length=len(content)
        )
        writer.write_record(record)


def _read_by_warcio(path: Path) -> None:
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()


def _read_by_us(path: Path) -> None:
    with path.open("rb") as file:
        for _ in read_records(file, largest=_LARGEST):
            pass


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
