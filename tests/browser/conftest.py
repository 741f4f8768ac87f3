"""Debian's Chromium before real pages, with real workers behind where a test asks for them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser.visitor import ARGUMENTS, CHROMIUM, Visitor
from tests.workers.processes import broker, environment, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

HOW_TO_GET_IT = "Browser tests need Debian's Chromium: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for this folder's tests; each visitor gets a profile of their own."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Visitor]]:
    """Make visitors of the site; whatever went wrong in their browsers fails the test."""
    visitors: list[Visitor] = []

    def make(**options: object) -> Visitor:
        visitor = Visitor.arrive(chromium, live_server.url, **options)
        visitors.append(visitor)
        return visitor

    yield make
    faults = [fault for visitor in visitors for fault in visitor.leave()]
    assert not faults, "\n".join(faults)


@pytest.fixture
def _workers(
    live_server: LiveServer, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Real workers and beat on the database and the captures of this test."""
    with broker(tmp_path_factory.mktemp("b")) as broker_url:
        env = environment(broker_url=broker_url, capture_root=settings.CAPTURE_ROOT)
        with workers(env, tmp_path):
            yield
