"""Kill worker, broker and database while articles come in, and look at what is there then."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.embedded.starting import wait_for
from tracker.extraction import extract

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.faults.installation import Installation
    from tests.faults.invented import Invented

SERVICES = ("worker", "Valkey", "PostgreSQL")
#: Seconds from a kill until articles come through again.
RECOVERY = 30.0
_PATIENCE = 240.0


def ingest_under_kills(
    tracker: Installation, press: Invented, path: Path, *, kills: int, chance: random.Random
) -> list[float]:
    """Ingest while killing ``kills`` times, evenly over the articles; the seconds of recovery.

    Each service has its turn before one has it again, in an order left to chance; each kill waits
    until the one before is recovered from. In the end the same file is ingested once more, which
    finishes what the command itself lost, and everything is waited for.
    """
    path.write_text(press.lines, encoding="utf-8")
    recoveries: list[float] = []
    turns: list[str] = []
    with tracker.ingesting(path):
        for number in range(kills):
            target = press.count * (number + 1) // (kills + 2)
            assert wait_for(lambda due=target: tracker.extracted() >= due, patience=_PATIENCE), (  # type: ignore[misc]
                tracker.states()
            )
            turns = turns or chance.sample(SERVICES, k=len(SERVICES))
            recoveries.append(_kill(tracker, turns.pop(), press.count))
    assert wait_for(lambda: tracker.rows("SELECT 1"))
    again = tracker.manage("ingest", str(path))
    assert again.returncode == 0, again.stderr
    done = {"EXTRACTED": press.count}
    assert wait_for(lambda: tracker.states() == done, patience=_PATIENCE), tracker.states()
    return recoveries


def _kill(tracker: Installation, service: str, count: int) -> float:
    """Kill a service; seconds until articles come through again (or all have)."""
    began = time.monotonic()
    tracker.kill(service)
    before = 0
    while not before and time.monotonic() - began < _PATIENCE:
        before = tracker.extracted()
    assert wait_for(lambda: tracker.extracted() > before or before == count, patience=_PATIENCE), (
        f"nothing came through after {service} was killed: {tracker.states()}"
    )
    return time.monotonic() - began


def check_articles(tracker: Installation, press: Invented) -> None:
    """Every address ended with exactly one article, and each that people read with one task."""
    lineage = Counter(
        dict(tracker.rows("SELECT lineage_kind, count(*) FROM sources_article GROUP BY 1"))
    )
    assert lineage == {
        "ORIGINAL": press.originals,
        "VERBATIM_COPY": press.copies,
        "UPDATED_COPY": press.copies,
    }
    assert tracker.rows("SELECT count(*), count(DISTINCT url) FROM sources_article") == [
        (press.count, press.count)
    ]
    assert tracker.rows("SELECT count(*) FROM sources_ingestfailure") == [(0,)]
    tasks = press.count - press.copies
    assert tracker.rows("SELECT count(*) FROM verification_reviewtask") == [(tasks,)]
    lines = tracker.rows(
        "SELECT action, count(*), count(DISTINCT target_id) FROM audit_auditevent "
        "WHERE action LIKE 'article.%' GROUP BY 1 ORDER BY 1"
    )
    steps = ("article.extract", "article.ingest", "article.parse", "article.relate")
    assert lines == [(step, press.count, press.count) for step in steps]


def check_claims(tracker: Installation, press: Invented) -> None:
    """Each task's article has exactly the claims that its text gives, once."""
    texts = {record["id"]: record for record in press.records}
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, *claim in tracker.rows(
        "SELECT external_id, start, outcome, minimum, maximum FROM incidents_claim "
        "JOIN sources_article a ON a.id = article_id"
    ):
        found.setdefault(name, []).append(tuple(claim))
    with_task = tracker.rows(
        "SELECT external_id FROM sources_article a "
        "JOIN verification_reviewtask ON article_id = a.id"
    )
    expected = {
        name: sorted(
            (c.start, c.outcome, c.minimum, c.maximum)
            for c in extract(title=texts[name]["title"], text=texts[name]["text"]).claims
        )
        for (name,) in with_task
    }
    assert {name: sorted(claims) for name, claims in found.items()} == expected
