"""The sealed stream by itself: every cut, swap and change is found."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.embedded.errors import UnableToStart
from tracker.embedded.sealing import (
    CHECK_BYTES,
    CHUNK,
    HEAD,
    MARK,
    SALT_BYTES,
    SealedReader,
    SealingWriter,
    UnableToRead,
    make_key,
    read_key,
)

if TYPE_CHECKING:
    from pathlib import Path

KEY, OTHER = b"k" * 32, b"o" * 32
START = len(MARK) + SALT_BYTES + CHECK_BYTES


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    writer = SealingWriter(target, KEY)
    writer.write(content)
    writer.close()
    return target.getvalue()


def opened(stream: bytes, key: bytes = KEY) -> bytes:
    reader = SealedReader(io.BytesIO(stream), key)
    content = b""
    while piece := reader.read(100_000):
        content += piece
    reader.finish()
    return content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_goes_in_comes_out(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

    assert opened(sealed(content)) == content


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_every_changed_byte_is_found(data: st.DataObject) -> None:
    stream = bytearray(sealed(b"who said how many were hurt" * 10))
    place = data.draw(st.integers(0, len(stream) - 1))
    stream[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(UnableToRead):
        opened(bytes(stream))


@given(st.integers(1, 5000))
@settings(max_examples=40, deadline=None)
def test_every_cut_is_found(missing: int) -> None:
    stream = sealed(b"x" * 4900)

    with pytest.raises(UnableToRead):
        opened(stream[:-missing] if missing < len(stream) else b"")


def test_a_cut_between_two_parts_is_found() -> None:
    stream = sealed(b"x" * (2 * CHUNK + 5))
    part = HEAD.size + CHUNK + 16

    with pytest.raises(UnableToRead, match="cut off"):
        opened(stream[: START + part])


def test_parts_cannot_change_places() -> None:
    stream = sealed(b"a" * CHUNK + b"b" * CHUNK + b"end")
    part = HEAD.size + CHUNK + 16
    first, second = stream[START : START + part], stream[START + part : START + 2 * part]

    with pytest.raises(UnableToRead, match="damaged"):
        opened(stream[:START] + second + first + stream[START + 2 * part :])


def test_a_part_cannot_be_declared_the_last() -> None:
    stream = bytearray(sealed(b"a" * (2 * CHUNK)))
    stream[START] = 1

    with pytest.raises(UnableToRead, match="damaged"):
        opened(bytes(stream))


def test_another_key_is_told_apart_from_damage() -> None:
    with pytest.raises(UnableToRead, match="not the one"):
        opened(sealed(b"content"), OTHER)


def test_another_file_is_no_backup() -> None:
    with pytest.raises(UnableToRead, match="no backup of the tracker"):
        opened(b"%PDF-1.7 and so on" * 10)


def test_same_content_is_never_sealed_the_same_way_twice() -> None:
    assert sealed(b"content") != sealed(b"content")


def test_key_file_is_random_private_and_never_overwritten(tmp_path: Path) -> None:
    first, second = tmp_path / "first.key", tmp_path / "second.key"
    make_key(first)
    make_key(second)

    assert len(read_key(first)) == 32
    assert read_key(first) != read_key(second)
    assert first.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UnableToStart, match="an older backup may need that key"):
        make_key(first)


@pytest.mark.parametrize("content", [b"", b"not base64!", b"c2hvcnQ="])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(content)

    with pytest.raises(UnableToRead, match="no key file"):
        read_key(path)


def test_missing_key_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UnableToRead, match="--new-key"):
        read_key(tmp_path / "none.key")
