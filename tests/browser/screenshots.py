"""The pictures of the README, taken from a running demonstration.

``.venv/bin/python -m tests.browser.screenshots http://localhost:8080 EMAIL PASSWORD`` with the
researcher's sign-in that ``manage.py demo`` printed; it takes the task it shows and keeps it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser.visitor import ARGUMENTS, CHROMIUM, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples" / "articles.jsonl"
PICTURES = ROOT / "docs" / "images"
WORKBENCH: ViewportSize = {"width": 1440, "height": 900}
INCIDENT: ViewportSize = {"width": 1280, "height": 1000}
TASK, PLACE = "sample-017", "Ardesh"


def main() -> None:
    """Take both pictures."""
    parser = argparse.ArgumentParser(
        description="Take the pictures of the README from a running demonstration."
    )
    parser.add_argument("address", help="such as http://localhost:8080")
    parser.add_argument("email", help="the researcher's")
    parser.add_argument("password")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        visitor = Visitor.arrive(browser, asked.address.rstrip("/"), viewport=WORKBENCH)
        visitor.sign_in(asked.email, asked.password)
        _workbench(visitor)
        _incident(visitor)
        faults = visitor.leave()
        browser.close()
    if faults:
        raise SystemExit("\n".join(faults))


def _workbench(visitor: Visitor) -> None:
    """The article of a rising toll, held, with its first open claim."""
    title = _title_of(TASK)
    page = visitor.open("/queue/")
    link = page.get_by_role("link", name=title, exact=True)
    if not link.count():  # taken by an earlier run
        page = visitor.open("/queue/?state=LEASED")
        link = page.get_by_role("link", name=title, exact=True)
    visitor.follow(link.first)
    take, keep = (page.get_by_role("button", name=n) for n in ("Take this task", "Hold longer"))
    visitor.follow(take if take.count() else keep)
    visitor.follow(page.get_by_role("link", name="Edit").first)
    page.screenshot(path=PICTURES / "workbench.png")


def _incident(visitor: Visitor) -> None:
    """The published incident, from its headline down."""
    page = visitor.open("/incidents/?status=PUBLISHED")
    visitor.follow(page.get_by_role("link", name=PLACE).first)
    page.set_viewport_size(INCIDENT)
    page.screenshot(path=PICTURES / "incident.png")


def _title_of(external_id: str) -> str:
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines if line.startswith("{")]
    title: str = next(a["title"] for a in articles if a["id"] == external_id)
    return title


if __name__ == "__main__":
    main()
