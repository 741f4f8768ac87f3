"""axe-core in the page: what it finds, in one line each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
_RUN = """async () => {
    const found = await axe.run(document, {preload: false, resultTypes: ["violations"]});
    return found.violations.map(v => [v.id, v.help, v.nodes.map(n => n.target.join(" "))]);
}"""


def violations(page: Page) -> list[str]:
    """Every rule the page breaks, with the elements that break it."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_SOURCE)
    found: list[list[Any]] = page.evaluate(_RUN)
    return [f"{rule}: {words}: {', '.join(targets)}" for rule, words, targets in found]


def width_beyond(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    beyond: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return beyond


def cut_off(page: Page) -> list[str]:
    """The words of chips that are longer than their chip: no meaning may be cut."""
    words: list[str] = page.evaluate(
        "[...document.querySelectorAll('.t-chip')]"
        ".filter(chip => chip.scrollWidth > chip.clientWidth).map(chip => chip.textContent)"
    )
    return words
