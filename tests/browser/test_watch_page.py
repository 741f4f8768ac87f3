"""The page of the workers, left open while a worker is killed: it says so by itself."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.factories import PersonFactory
from tests.workers.processes import broker, environment, workers
from tracker.core.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.pipeline, pytest.mark.django_db(transaction=True)]
A_MINUTE = 60_000


def test_killed_worker_is_seen_without_touching_the_page(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, visit: Callable[..., Visitor]
) -> None:
    person = PersonFactory(role=Role.COORDINATOR.value)
    person.set_password("an-invented-phrase-of-words")
    person.save()
    visitor = visit()
    visitor.sign_in(person.email, "an-invented-phrase-of-words")
    with broker(tmp_path_factory.mktemp("b")) as broker_url:
        env = environment(broker_url=broker_url, capture_root=tmp_path / "captures")
        with workers(env, tmp_path) as pid:
            page = visitor.open("/watch/")
            page.get_by_role("link", name="Look again every 5 seconds").click()
            page.get_by_role("cell", name="works", exact=True).wait_for(timeout=A_MINUTE)
            assert not page.get_by_text("Nobody consumes").count()

            os.killpg(pid, signal.SIGKILL)

            page.get_by_role("cell", name="gone", exact=True).wait_for(timeout=A_MINUTE)
            assert page.get_by_text("Nobody consumes").is_visible()
