"""Vendored files are what their lists say, and no static file reaches out to another host."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "tracker" / "web" / "static"
VENDORED = [STATIC / "vendor", ROOT / "tests" / "browser" / "vendor"]
LONGEST = 400
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\| `(?P<hash>[0-9a-f]{64})` \|$", re.MULTILINE)
TOKEN = re.compile(r"(--t-[a-z0-9-]+):\s*([^;]+);")
TEXT_FILES = sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"})


def _listed(folder: Path) -> dict[str, str]:
    text = (folder / "VENDOR.md").read_text(encoding="utf-8")
    return {row["file"]: row["hash"] for row in ROW.finditer(text)}


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_vendored_files_are_the_listed_ones(folder: Path) -> None:
    there = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.md"
    }

    assert there == _listed(folder)


def test_licence_of_each_vendored_project_lies_beside_it() -> None:
    assert (STATIC / "vendor" / "bootstrap" / "LICENSE").is_file()
    assert (ROOT / "tests" / "browser" / "vendor" / "LICENSE").is_file()


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: str(path.relative_to(STATIC)))
def test_static_file_asks_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    loaded = re.findall(r"(?:url\(|@import\s+)\s*[\"']?([^\"')\s]+)", text)

    assert "sourceMappingURL" not in text
    assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []


def test_own_style_sheets_hold_no_data_images_and_stay_short() -> None:
    for path in [STATIC / "tracker.css", *(STATIC / "tracker").glob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert "url(data" not in text.replace('"', "").replace("'", "")
        assert len(text.splitlines()) <= LONGEST


def test_style_sheet_imports_each_of_its_parts_once() -> None:
    text = (STATIC / "tracker.css").read_text(encoding="utf-8")
    parts = re.findall(r'@import url\("([^"]+)"\);', text)

    assert sorted(parts) == sorted(
        str(path.relative_to(STATIC)) for path in (STATIC / "tracker").glob("*.css")
    )


def _block(text: str, opening: str) -> dict[str, str]:
    """The tokens of the rule that ``opening`` begins, up to its first closing brace."""
    start = text.index(opening) + len(opening)
    return dict(TOKEN.findall(text[start : text.index("}", start)]))


def test_dark_tokens_are_the_same_for_the_setting_and_for_the_system() -> None:
    text = (STATIC / "tracker" / "tokens.css").read_text(encoding="utf-8")
    dark = _block(text, '[data-bs-theme="dark"] {')

    assert len(dark) > 40
    assert _block(text, '[data-bs-theme="auto"] {') == dark


def test_every_light_colour_has_a_dark_one() -> None:
    text = (STATIC / "tracker" / "tokens.css").read_text(encoding="utf-8")

    assert set(_block(text, '[data-bs-theme="light"] {')) == set(
        _block(text, '[data-bs-theme="dark"] {')
    )


def test_every_cell_that_a_style_sheet_places_is_on_some_page() -> None:
    """A place kept for a cell that no table has is a blank margin."""
    sheets = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("tracker/*.css"))
    pages = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tracker" / "web" / "templates").rglob("*.html")
    )
    placed = set(re.findall(r"\.(t-cell-[a-z0-9]+)", sheets))

    assert placed
    assert {name for name in placed if name not in pages} == set()
