"""Files and folders to items, one at a time: a file larger than memory costs none."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tracker.sources.parsing.kinds import HEAD, Kind, detect_kind
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.services.items import Item
from tracker.sources.services.retrieved import Retrieved
from tracker.sources.warc.pages import ArchivedPage, read_pages
from tracker.sources.warc.records import is_warc

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bytes of one article; the limit of a JSON lines file holds for each line.
LARGEST_ITEM = 20 * 1024 * 1024
#: What stands between the name of an archive and the number of a record in it.
_RECORD = "#"
_TOO_LARGE = "It is larger than 20 MB, which no article is."


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that did not even become bytes of a known kind."""

    reference: str
    reason: str
    content: bytes = field(default=b"", repr=False)


def items_of_path(path: Path) -> Iterator[Item | Refused]:
    """Every item of a file, or of the files below a folder in the order of their names."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            entries = sorted(path.iterdir())
        elif stat.S_ISREG(mode):
            yield from _items_of_file(path)
            return
        else:
            yield Refused(str(path), "It is neither a file nor a folder.")
            return
    except FileNotFoundError:
        yield from _one_record(path)
        return
    except OSError as failure:
        yield Refused(str(path), f"It can't be read: {failure.strerror}.")
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from items_of_path(entry)


def items_of_bytes(
    content: bytes, *, reference: str, media_type: str | None
) -> Iterator[Item | Refused]:
    """The items of something already in memory, such as an upload or a fetched page."""
    if len(content) > LARGEST_ITEM:
        yield Refused(reference, _TOO_LARGE)
        return
    if is_warc(content[:HEAD]):
        yield from _archived(BytesIO(content), reference)
        return
    try:
        kind = detect_kind(head=content[:HEAD], name=reference, media_type=media_type)
    except Unreadable as refusal:
        yield Refused(reference, str(refusal), content)
        return
    if kind is not Kind.RECORDS:
        yield Item(content=content, kind=kind, reference=reference)
        return
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            yield Item(content=line, kind=Kind.RECORD, reference=f"{reference}:{number}")


def _items_of_file(path: Path) -> Iterator[Item | Refused]:
    reference = str(path)
    with path.open("rb") as file:
        head = file.read(HEAD)
        if is_warc(head):
            file.seek(0)
            yield from _archived(file, reference)
            return
        try:
            kind = detect_kind(head=head, name=path.name)
        except Unreadable as refusal:
            rest = b"" if _size(file) > LARGEST_ITEM else file.read()
            yield Refused(reference, str(refusal), head + rest if rest or len(head) < HEAD else b"")
            return
        if kind is Kind.RECORDS:
            file.seek(0)
            yield from _lines(file, reference)
        elif _size(file) > LARGEST_ITEM:
            yield Refused(reference, _TOO_LARGE)
        else:
            yield Item(content=head + file.read(LARGEST_ITEM), kind=kind, reference=reference)


def _archived(file: IO[bytes], reference: str) -> Iterator[Item | Refused]:
    """The pages of a web archive, each as it was when it was archived; read as a stream."""
    for found in read_pages(file, largest=LARGEST_ITEM):
        name = f"{reference}{_RECORD}{found.number}"
        if isinstance(found, ArchivedPage):
            yield _item_of_page(found, name)
        else:
            yield Refused(name, found.reason)


def _item_of_page(page: ArchivedPage, reference: str) -> Item | Refused:
    try:
        kind = detect_kind(head=page.content[:HEAD], media_type=page.media_type)
    except Unreadable as refusal:
        return Refused(reference, str(refusal), page.content)
    if kind is Kind.RECORDS:
        kind = Kind.RECORD
    if not page.url:
        return Item(content=page.content, kind=kind, reference=reference)
    retrieved = Retrieved(
        url=page.url,
        final_url=page.url,
        status=page.status,
        headers=page.headers or {"content-type": page.media_type},
        request_headers=page.request_headers,
        address=page.address,
        tool=f"{page.software or 'unknown tool'}, from a WARC",
        at=page.at,
    )
    return Item(content=page.content, kind=kind, reference=reference, retrieved=retrieved)


def _one_record(path: Path) -> Iterator[Item | Refused]:
    """What failed in an archive is known as "crawl.warc.gz#12": only that record, once more."""
    name, mark, number = str(path).rpartition(_RECORD)
    if not (mark and number.isdigit() and Path(name).is_file()):
        yield Refused(str(path), "There is no such file or folder.")
        return
    for found in _items_of_file(Path(name)):
        if found.reference == str(path):
            yield found


def _lines(file: IO[bytes], reference: str) -> Iterator[Item | Refused]:
    number = 0
    while line := file.readline(LARGEST_ITEM + 1):
        number += 1
        name = f"{reference}:{number}"
        if len(line) > LARGEST_ITEM:
            _skip_rest_of_line(file, line)
            yield Refused(name, _TOO_LARGE)
        elif line.strip():
            yield Item(content=line.rstrip(b"\r\n"), kind=Kind.RECORD, reference=name)


def _skip_rest_of_line(file: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(HEAD)


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size
