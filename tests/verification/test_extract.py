"""Proposed claims and the task come together; copies point at their origin; people's word stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    PartyFactory,
    PersonFactory,
    SourceFactory,
    accepted_claim,
    advance_article,
)
from tracker.audit.models import AuditEvent
from tracker.extraction import Extraction, ProposedClaim, Relevance
from tracker.incidents.choices import ClaimState, Outcome
from tracker.incidents.models import Claim
from tracker.incidents.services.claim_fields import LARGEST_FIGURE
from tracker.sources.choices import ArticleState, LineageKind
from tracker.sources.models import Article, Source
from tracker.sources.services.leases import lease_articles
from tracker.sources.services.relate import relate_articles
from tracker.verification.models import ReviewTask
from tracker.verification.services import propose as service
from tracker.verification.services.extract import extract_articles
from tracker.verification.services.leases import lease_task
from tracker.verification.services.tasks import mark_irrelevant

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

FILLER = " ".join(
    f"Market stall number {n} on the square of Marnesh sold oranges, bread and lamp oil that day."
    for n in range(12)
)
FIRST = f"Shells killed seven people in Marnesh on Tuesday, the Nahr Rescue Service said. {FILLER}"
CHANGED = FIRST.replace("seven", "eleven")
PROPOSAL = ProposedClaim(
    start=0,
    end=20,
    figure_start=0,
    figure_end=5,
    outcome="KILLED",
    subject_status="UNKNOWN",
    minimum=7,
    maximum=7,
    quantifier_raw="seven",
    polarity="ASSERTS_HARM",
    scope="INCIDENT",
    speaker_text="",
    speaker_named=False,
    statement=1,
    rule="test",
)


def _related(text: str = FIRST, day: int = 1) -> Article:
    article = advance_article(
        ArticleFactory.create(
            title="Shells on Marnesh", text=text, published_on=date(2026, 11, day)
        ),
        ArticleState.PARSED,
    )
    assert relate_articles(article_ids=[article.pk], now=NOW)
    article.refresh_from_db()
    return article


def _extract(article: Article) -> None:
    assert extract_articles(article_ids=[article.pk], now=NOW)
    article.refresh_from_db()


HARM = Relevance(is_harm=True, probability=0.9)


def _proposing(monkeypatch: pytest.MonkeyPatch, *claims: ProposedClaim) -> None:
    monkeypatch.setattr(
        service,
        "extract",
        lambda **_: Extraction(relevance=HARM, claims=tuple(claims)),
    )


def test_claims_and_task_come_together() -> None:
    party = PartyFactory.create()
    speaker = SourceFactory.create(name="NAHR rescue service", party=party)
    article = _related()

    _extract(article)

    claim = Claim.objects.get()
    assert article.state == ArticleState.EXTRACTED
    assert article.text[claim.start : claim.end] == claim.quote
    assert (claim.outcome, claim.minimum, claim.maximum) == (Outcome.KILLED, 7, 7)
    assert (claim.speaker, claim.party, claim.state) == (speaker, party, ClaimState.PROPOSED)
    assert claim.statement.startswith(f"{article.pk}-")
    assert ReviewTask.objects.get().article == article
    event = AuditEvent.objects.get(action="article.extract")
    assert event.changes == {"claims": 1, "queued_with": None}
    assert not extract_articles(article_ids=[article.pk], now=NOW)


def test_article_without_a_figure_gets_its_task_all_the_same() -> None:
    article = _related(FILLER)

    _extract(article)

    assert not Claim.objects.exists()
    assert ReviewTask.objects.filter(article=article).exists()


def test_speaker_without_a_row_stays_words() -> None:
    before = Source.objects.count()

    _extract(_related())

    claim = Claim.objects.get()
    assert claim.speaker is None
    assert "Rescue Service" in claim.speaker_text
    assert Source.objects.count() == before + 1  # the outlet of the article


def test_verbatim_copy_is_queued_with_its_origin() -> None:
    origin, copy = _related(day=1), _related(day=2)

    _extract(copy)
    _extract(origin)

    assert copy.lineage_kind == LineageKind.VERBATIM_COPY
    assert list(ReviewTask.objects.values_list("article_id", flat=True)) == [origin.pk]
    assert set(Claim.objects.values_list("article_id", flat=True)) == {origin.pk}


def test_earlier_text_that_comes_late_is_read_with_the_copy_that_has_the_task() -> None:
    late = _related(day=2)
    _extract(late)
    early = _related(day=1)

    _extract(early)

    late.refresh_from_db()
    assert late.origin == early
    assert list(ReviewTask.objects.values_list("article_id", flat=True)) == [late.pk]
    assert AuditEvent.objects.get(action="article.extract", target_id=early.pk).changes == {
        "claims": 0,
        "queued_with": late.pk,
    }


@pytest.mark.parametrize("origin_first", [True, False])
def test_edited_copy_points_at_the_claims_it_repeats(origin_first: bool) -> None:  # noqa: FBT001  # a parameter of the table
    origin, copy = _related(day=1), _related(CHANGED, day=2)
    for article in (origin, copy) if origin_first else (copy, origin):
        _extract(article)

    first = Claim.objects.get(article=origin)
    second = Claim.objects.get(article=copy)
    assert copy.lineage_kind == LineageKind.UPDATED_COPY
    assert second.copy_of == first
    assert (first.minimum, second.minimum) == (7, 11)
    assert first.copy_of is None
    assert ReviewTask.objects.count() == 2


def test_copy_of_an_origin_that_is_read_with_its_verbatim_copy() -> None:
    late = _related(day=2)
    _extract(late)
    _extract(_related(day=1))
    edited = _related(CHANGED, day=3)

    _extract(edited)

    assert Claim.objects.get(article=edited).copy_of == Claim.objects.get(article=late)


def test_claim_that_repeats_nothing_is_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    origin, copy = _related(day=1), _related(CHANGED, day=2)
    _proposing(monkeypatch, PROPOSAL, replace(PROPOSAL, minimum=9, maximum=9))
    _extract(origin)
    _proposing(monkeypatch, PROPOSAL, replace(PROPOSAL, outcome="INJURED"))
    _extract(copy)

    killed, injured = Claim.objects.filter(article=copy).order_by("-outcome")
    assert killed.copy_of == Claim.objects.get(article=origin, minimum=7)
    assert injured.copy_of is None


def test_second_run_doubles_nothing_and_touches_no_decision(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = _related()
    _proposing(monkeypatch, PROPOSAL, replace(PROPOSAL, start=30, end=40))
    decided = accepted_claim(
        by=PersonFactory.create(),
        article=article,
        start=0,
        end=20,
        quote=article.text[:20],
        minimum=7,
        maximum=7,
        speaker_text="",
    )
    open_claim = ClaimFactory.create(article=article, start=50, end=60, quote=article.text[50:60])

    _extract(article)

    revision = decided.revision
    decided.refresh_from_db()
    assert (decided.state, decided.revision) == (ClaimState.ACCEPTED, revision)
    assert Claim.objects.filter(pk=open_claim.pk).exists()
    assert sorted(Claim.objects.values_list("start", flat=True)) == [0, 30, 50]


@pytest.mark.parametrize(
    "changes",
    [
        {"start": 5, "end": 5},
        {"end": 100_000},
        {"start": -1},
        {"minimum": LARGEST_FIGURE + 1, "maximum": None},
        {"minimum": 9, "maximum": 7},
        {"women_min": 3, "women_max": 2},
        {"minimum": -1},
    ],
)
def test_proposal_the_database_would_refuse_is_left_out(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, int | None]
) -> None:
    _proposing(monkeypatch, replace(PROPOSAL, **changes), PROPOSAL)  # type: ignore[arg-type]

    _extract(_related())

    assert Claim.objects.get().minimum == 7


def test_children_above_all_people_are_misread_and_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    misread = replace(PROPOSAL, minimum=7, maximum=7, children_min=6, women_min=2, women_max=2)
    _proposing(monkeypatch, misread)

    _extract(_related())

    claim = Claim.objects.get()
    assert (claim.maximum, claim.children_min, claim.women_min, claim.women_max) == (
        *(7, None),
        *(None, None),
    )


def test_long_words_are_cut_to_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    _proposing(monkeypatch, replace(PROPOSAL, quantifier_raw="q" * 300, speaker_text="s" * 300))

    _extract(_related())

    claim = Claim.objects.get()
    assert (len(claim.quantifier_raw), len(claim.speaker_text)) == (100, 200)


def test_stale_worker_proposes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    article = _related()

    def overtaken(**_: object) -> Extraction:
        Article.objects.filter(pk=article.pk).update(leased_until=None)
        lease_articles(article_ids=[article.pk], state=ArticleState.RELATED, now=NOW)
        return Extraction(relevance=HARM, claims=(PROPOSAL,))

    monkeypatch.setattr(service, "extract", overtaken)

    assert not extract_articles(article_ids=[article.pk], now=NOW)
    assert not Claim.objects.exists()
    assert not ReviewTask.objects.exists()


@pytest.mark.parametrize(("figure", "tasks"), [("7", 1), ("eight", 2)])
def test_later_version_gets_a_task_only_where_a_figure_changed(figure: str, tasks: int) -> None:
    first = _related(FIRST)
    extract_articles(article_ids=[first.pk], now=NOW)
    later = _related(f"{FIRST.replace('seven', figure)} The road is closed.", day=2)
    Article.objects.filter(pk=later.pk).update(previous=first)

    extract_articles(article_ids=[later.pk], now=NOW)

    assert ReviewTask.objects.count() == tasks
    assert Article.objects.get(pk=later.pk).state == ArticleState.EXTRACTED


def test_finished_review_is_said_to_be_reopened_by_a_version(researcher: Person) -> None:
    first = _related(FIRST)
    extract_articles(article_ids=[first.pk], now=NOW)
    actor = researcher.as_actor()
    task = lease_task(task_id=first.task.pk, actor=actor, now=NOW)
    mark_irrelevant(task_id=task.pk, fence=task.fence, actor=actor, now=NOW, reason="No harm.")
    later = _related(FIRST.replace("seven", "eight"), day=2)
    Article.objects.filter(pk=later.pk).update(previous=first)

    extract_articles(article_ids=[later.pk], now=NOW)

    line = AuditEvent.objects.get(action="article.extract", target_id=later.pk)
    assert line.changes["reopens_task"] == task.pk
