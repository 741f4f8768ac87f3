"""What waits is read again by a better extractor; what people decided stays as it is."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from tests.conftest import NOW
from tests.factories import ArticleFactory, ReviewTaskFactory
from tracker.audit.models import AuditEvent
from tracker.core.errors import StaleRevision
from tracker.extraction import Extraction, ProposedClaim, Relevance
from tracker.extraction.model import EXTRACTOR, Evidence, When
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim, Reading
from tracker.incidents.selectors.claims import list_claims_of
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.verification.services import propose as service
from tracker.verification.services.decisions import accept_claim
from tracker.verification.services.leases import lease_task, release_task
from tracker.verification.services.reread import list_outdated, reread_articles

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.verification.models import ReviewTask

pytestmark = pytest.mark.django_db

TEXT = "Shells killed seven people in Marnesh on Tuesday, the Nahr Rescue Service said."
TUESDAY = date(2026, 11, 24)
SEVEN = ProposedClaim(
    start=0,
    end=len(TEXT),
    figure_start=14,
    figure_end=19,
    outcome="KILLED",
    subject_status="UNKNOWN",
    minimum=7,
    maximum=7,
    quantifier_raw="seven",
    polarity="ASSERTS_HARM",
    scope="INCIDENT",
    speaker_text="Nahr Rescue Service",
    speaker_named=True,
    statement=0,
    rule="harm then figure",
    speaker_chain=("Nahr Rescue Service",),
    place="Marnesh",
    method="shelling",
    when=When(
        day=TUESDAY,
        first=TUESDAY,
        last=TUESDAY,
        precision="DAY",
        basis="RELATIVE_RESOLVED",
        phrase="on Tuesday",
        anchor=date(2026, 11, 25),
        anchor_kind="DATELINE",
        time_term="",
        evidence=Evidence("day in the sentence", ((38, 48),)),
    ),
    evidence={"figure": Evidence("harm then figure", ((14, 19),), 0.93)},
)


@pytest.fixture
def task() -> ReviewTask:
    """A waiting task that an earlier extractor read."""
    return ReviewTaskFactory.create(article=ArticleFactory.create(text=TEXT), extractor="earlier-1")


def _reads(
    monkeypatch: pytest.MonkeyPatch, *claims: ProposedClaim, probability: float = 0.9
) -> None:
    found = Extraction(
        relevance=Relevance(is_harm=True, probability=probability, reasons=("a figure of harm",)),
        claims=claims,
    )
    monkeypatch.setattr(service, "extract", lambda **_: found)


def _standing(task: ReviewTask) -> list[tuple[str, int | None]]:
    return [(c.state, c.minimum) for c in list_claims_of([task.article_id])]


def test_reading_is_kept_beside_the_claim(
    task: ReviewTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _reads(monkeypatch, SEVEN)

    reread_articles(task_ids=[task.pk], now=NOW)

    reading = Reading.objects.get(claim__article=task.article)
    assert (reading.place, reading.method, reading.actor) == ("Marnesh", "shelling", "")
    assert (reading.date_start, reading.date_end, reading.date_precision) == (
        TUESDAY,
        TUESDAY,
        "DAY",
    )
    assert (reading.date_raw, reading.anchor_date) == ("on Tuesday", date(2026, 11, 25))
    assert reading.evidence == {"figure": ["harm then figure", [[14, 19]], 0.93]}
    task.refresh_from_db()
    assert (task.relevance, task.relevance_reasons) == (90, ["a figure of harm"])
    assert task.extractor == EXTRACTOR


def test_open_proposal_that_is_no_longer_made_is_withdrawn(
    task: ReviewTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _reads(monkeypatch, SEVEN)
    reread_articles(task_ids=[task.pk], now=NOW)
    _reads(monkeypatch, replace(SEVEN, minimum=8, maximum=8))

    done = reread_articles(task_ids=[task.pk], now=NOW)

    assert (done.articles, done.proposed, done.withdrawn) == (1, 1, 1)
    assert _standing(task) == [(ClaimState.PROPOSED, 8)]
    assert Claim.objects.filter(minimum=7).get().withdrawn_at == NOW


def test_same_reading_changes_nothing(task: ReviewTask, monkeypatch: pytest.MonkeyPatch) -> None:
    _reads(monkeypatch, SEVEN)
    reread_articles(task_ids=[task.pk], now=NOW)

    done = reread_articles(task_ids=[task.pk], now=NOW)

    assert (done.proposed, done.withdrawn) == (0, 0)
    assert Claim.objects.count() == 1


def test_what_a_person_decided_is_neither_touched_nor_proposed_again(
    task: ReviewTask, monkeypatch: pytest.MonkeyPatch, researcher: Person
) -> None:
    _reads(monkeypatch, SEVEN)
    reread_articles(task_ids=[task.pk], now=NOW)
    claim = Claim.objects.get()
    held = lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)
    accept_claim(
        task_id=task.pk,
        fence=held.fence,
        claim_id=claim.pk,
        expected_revision=claim.revision,
        correction=ClaimFields(outcome="KILLED", minimum=6, maximum=6),
        incident_id=None,
        actor=researcher.as_actor(),
        now=NOW,
        reason="The text counts the gunman too.",
    )
    release_task(task_id=task.pk, fence=held.fence, actor=researcher.as_actor(), now=NOW)

    reread_articles(task_ids=[task.pk], now=NOW)
    _reads(monkeypatch, replace(SEVEN, minimum=6, maximum=6, subject_status="CIVILIAN"))
    reread_articles(task_ids=[task.pk], now=NOW)

    assert _standing(task) == [(ClaimState.ACCEPTED, 6)]


def test_task_that_somebody_holds_is_left_alone(
    task: ReviewTask, monkeypatch: pytest.MonkeyPatch, researcher: Person
) -> None:
    lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)
    _reads(monkeypatch, SEVEN)

    assert reread_articles(task_ids=[task.pk], now=NOW).articles == 0
    assert list_outdated(after=0, limit=5) == []
    assert not Claim.objects.exists()


def test_withdrawn_claim_takes_no_decision(
    task: ReviewTask, monkeypatch: pytest.MonkeyPatch, researcher: Person
) -> None:
    _reads(monkeypatch, SEVEN)
    reread_articles(task_ids=[task.pk], now=NOW)
    claim = Claim.objects.get()
    _reads(monkeypatch)
    reread_articles(task_ids=[task.pk], now=NOW)
    held = lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW)

    with pytest.raises(StaleRevision, match="no longer proposed"):
        accept_claim(
            task_id=task.pk,
            fence=held.fence,
            claim_id=claim.pk,
            expected_revision=claim.revision,
            correction=None,
            incident_id=None,
            actor=researcher.as_actor(),
            now=NOW,
        )


def test_command_counts_and_can_be_run_again(
    task: ReviewTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _reads(monkeypatch, SEVEN)
    out = io.StringIO()

    call_command("reread", stdout=out)
    call_command("reread", stdout=out)

    first, second = [json.loads(line) for line in out.getvalue().splitlines()]
    assert first == {"articles": 1, "proposed": 1, "withdrawn": 0}
    assert second == {"articles": 0, "proposed": 0, "withdrawn": 0}
    line = AuditEvent.objects.get(action="article.reread")
    assert line.target_id == task.article_id
    assert line.changes == {"claims": 1, "withdrawn": 0}
