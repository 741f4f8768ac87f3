"""Hostile documents end in a sentence, in time and within the memory limit; the reader goes on."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tracker.sources.parsing.child import MEMORY_LIMIT
from tracker.sources.parsing.parsed import Page, Unreadable
from tracker.sources.parsing.sandbox import TIME_LIMIT, PageReader

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORT = "".join(
    f"<p>Shells damaged boat house number {n} on the lower Nahr, the harbour office said, and two "
    "people were wounded by glass.</p>"
    for n in range(6)
)
HOSTILE = {
    "deep nesting": "<div>" * 100_000 + REPORT,
    "deep tables": "<table><tr><td>" * 50_000 + REPORT,
    "endless attributes": "<article " + " ".join(f"a{n}='{n}'" for n in range(300_000)) + ">",
    "an attribute without an end": '<a href="' + "x" * 5_000_000,
    "a megabyte word": f"<article><p>{'a' * 2_000_000}</p>{REPORT}</article>",
    "a hundred megabytes": f"<article>{REPORT * 140_000}",
    "three hundred thousand links": "".join(f"<a href=/{n}>x</a>" for n in range(300_000)),
    "comments in comments": "<!--" * 500_000 + REPORT,
    "a byte order mark and rubbish": "\ufeff\x00\x1b" * 300_000,
}
#: Less than a page has, so that the tests are quick; what ends them is the same.
SECONDS = 4.0


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    reader = PageReader(time_limit=SECONDS, start_limit=60.0)
    yield reader
    reader.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_ends_in_a_sentence_in_time(reader: PageReader, name: str) -> None:
    reader.read(Page(content=REPORT.encode()))  # a child stands, so that its start isn't measured
    content = f"<html><body>{HOSTILE[name]}".encode()
    child = reader._child
    assert child is not None
    began = time.monotonic()

    with pytest.raises(Unreadable, match=r"\.$"):
        reader.read(Page(content=content))

    assert time.monotonic() - began < SECONDS + 1
    assert _most_held(child.pid) <= MEMORY_LIMIT
    assert "number 5" in reader.read(Page(content=REPORT.encode())).text


def test_start_of_a_child_gives_a_page_no_more_time() -> None:
    program = (
        "import time\n"
        "from tracker.sources.parsing import child\n"
        "child.answer = lambda request, content: time.sleep(60)\n"
        "child.main()\n"
    )
    reader = PageReader(command=(sys.executable, "-c", program), time_limit=1.0, start_limit=60.0)
    reader._living_child()
    began = time.monotonic()

    with pytest.raises(Unreadable, match="stopped"):
        reader.read(Page(content=b"x"))

    assert time.monotonic() - began < 10
    reader.close()


def test_a_page_has_ten_seconds() -> None:
    assert TIME_LIMIT == 10.0


def _most_held(pid: int) -> int:
    """Bytes that the process held at most; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")] or ["VmHWM: 0"]
    return int(line.split()[1]) * 1024
