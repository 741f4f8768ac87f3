"""From a file and an address to open review tasks, by real workers on a real broker."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.sources.parsing.test_sandbox import PAGE
from tests.workers.processes import ROOT, broker, environment, wait_until, workers
from tracker.audit.models import AuditEvent, AuditSeal
from tracker.core.actor import machine
from tracker.core.jobs import QUEUES
from tracker.incidents.models import Claim
from tracker.sources.choices import ArticleState, FetchState, LineageKind
from tracker.sources.models import Article, FetchRequest
from tracker.sources.services.ingest import request_fetch
from tracker.verification.models import ReviewTask
from tracker.watching.choices import Stage
from tracker.watching.selectors.pulse import list_workers, minutes_by_stage, unattended_queues

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.pipeline, pytest.mark.django_db(transaction=True)]
SAMPLES = ROOT / "tests" / "samples" / "articles.jsonl"
HOUR = timedelta(hours=1)
DONE = (ArticleState.EXTRACTED, ArticleState.FAILED)


class _Site(BaseHTTPRequestHandler):
    """One page and one that is no article."""

    def do_GET(self) -> None:
        body = PAGE.encode() if self.path == "/boat" else b"<html><body>Cookies?</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_files_and_addresses_reach_the_queue(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, site: str
) -> None:
    captures = tmp_path / "captures"
    with broker(tmp_path_factory.mktemp("b")) as broker_url:
        env = environment(
            broker_url=broker_url,
            capture_root=captures,
            FETCH_ALLOW_PRIVATE=site,
            FETCH_INTERVAL="0.2",
        )
        with workers(env, tmp_path):
            ingested = subprocess.run(  # noqa: S603  # our own command
                [sys.executable, "-m", "django", "ingest", str(SAMPLES)],
                env=env,
                cwd=ROOT,
                check=False,
                capture_output=True,
                text=True,
            )
            # These hints go nowhere, for this process has no broker: the sweep must find the rows.
            for path in ("boat", "cookies", "boat#again"):
                request_fetch(
                    url=f"http://{site}/{path}", actor=machine("tests"), now=timezone.now()
                )
            assert ingested.returncode == 0, ingested.stderr
            assert wait_until(_all_done), (tmp_path / "worker.log").read_text()[-4000:]
            assert unattended_queues(list_workers(now=timezone.now())) == []

    _check_samples()
    _check_fetched()
    _check_pulse()


def _check_pulse() -> None:
    (worker,) = list_workers(now=timezone.now())
    assert (set(worker.queues), worker.said_goodbye) == (set(QUEUES), True)
    assert worker.tasks_done > 0
    done = {
        stage: sum(minute.done for minute in minutes)
        for stage, minutes in minutes_by_stage(since=worker.started_at - HOUR).items()
    }
    # Of the 33 articles one is no article, and a copy is known before it is searched.
    assert (done[Stage.FETCH], done[Stage.PARSE], done[Stage.RELATE]) == (2, 32, 32)
    assert done[Stage.EXTRACT] > 0


def _all_done() -> bool:
    return (
        Article.objects.filter(state__in=DONE).count() == 33
        and not FetchRequest.objects.filter(state=FetchState.WAITING).exists()
        and not AuditEvent.objects.filter(seal__isnull=True).exists()
    )


def _check_samples() -> None:
    samples = {a.external_id[-3:]: a for a in Article.objects.exclude(external_id="")}
    assert len(samples) == 31
    assert {a.state for a in samples.values()} == {ArticleState.EXTRACTED}
    assert samples["018"].lineage_kind == LineageKind.VERBATIM_COPY
    assert samples["018"].origin == samples["016"]
    assert samples["017"].origin == samples["016"]
    assert samples["019"].language == "ar"
    with_task = set(ReviewTask.objects.values_list("article__external_id", flat=True))
    assert {f"sample-{number}" for number in samples if number != "018"} <= with_task
    assert "sample-018" not in with_task
    claims = list(Claim.objects.select_related("article"))
    assert len(claims) > 30
    assert all(c.article.text[c.start : c.end] == c.quote for c in claims)
    assert Claim.objects.filter(
        article=samples["017"], copy_of__article=samples["016"], minimum=18
    ).exists()


def _check_fetched() -> None:
    assert FetchRequest.objects.filter(state=FetchState.STORED).count() == 2
    page = Article.objects.get(external_id="", state=ArticleState.EXTRACTED)
    assert (page.title, str(page.outlet)) == ("Boat house damaged", "Delta Post")
    refused = Article.objects.get(state=ArticleState.FAILED)
    assert refused.failure_reason == "No article text was found in the page."
    assert AuditSeal.objects.count() == AuditEvent.objects.count()
