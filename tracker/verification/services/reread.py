"""Articles that wait are read again by a better extractor; what people decided stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_events
from tracker.core.actor import machine
from tracker.extraction.model import EXTRACTOR
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim
from tracker.incidents.selectors.claims import list_claims_of
from tracker.places.selectors.known import known_places
from tracker.sources.choices import Material
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.services.copies import link_to_origins
from tracker.verification.services.propose import identity, identity_of, propose, read_article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from tracker.verification.services.propose import Found

_READER = machine("reread")


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of one batch."""

    articles: int
    proposed: int
    withdrawn: int


def count_outdated() -> int:
    """How many waiting tasks an earlier extractor read."""
    return _outdated().count()


def list_outdated(*, after: int, limit: int) -> list[int]:
    """Their ids above ``after``, in order."""
    outdated = _outdated().filter(pk__gt=after).order_by("pk")
    return list(outdated.values_list("pk", flat=True)[:limit])


def reread_articles(*, task_ids: Sequence[int], now: datetime) -> Reread:
    """Propose anew for tasks that wait; a task that somebody holds or closed is left alone.

    Open proposals that are no longer made are withdrawn: they stay in the table and in its
    history, and off the pages.
    """
    tasks = ReviewTask.objects.filter(pk__in=task_ids, state=TaskState.QUEUED)
    known = known_places()
    found = {
        task.article_id: read_article(task.article, known)
        for task in tasks.select_related("article__outlet")
    }
    return _store(task_ids=task_ids, found=found, now=now)


def _outdated() -> QuerySet[ReviewTask]:
    waiting = ReviewTask.objects.filter(state=TaskState.QUEUED).exclude(extractor=EXTRACTOR)
    # a row of a table is read by its columns, never by the extractor
    return waiting.exclude(article__material=Material.TABLE_ROW)


@transaction.atomic
def _store(*, task_ids: Sequence[int], found: Mapping[int, Found], now: datetime) -> Reread:
    tasks = list(
        ReviewTask.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("article")
        .filter(pk__in=task_ids, state=TaskState.QUEUED, article__in=list(found))
        .order_by("pk")
    )
    articles = [task.article for task in tasks]
    withdrawn = _withdraw({pk: found[pk] for pk in (a.pk for a in articles)}, now=now)
    proposed = propose(articles, found, now=now)
    for task in tasks:
        task.relevance = found[task.article_id].relevance
        task.relevance_reasons = found[task.article_id].reasons
        task.extractor = EXTRACTOR
    ReviewTask.objects.bulk_update(tasks, ["relevance", "relevance_reasons", "extractor"])
    link_to_origins(articles)
    record_events(
        actor=_READER,
        action="article.reread",
        now=now,
        lines=[
            (a, {"claims": proposed[a.pk], "withdrawn": withdrawn.get(a.pk, 0)}) for a in articles
        ],
    )
    return Reread(len(articles), proposed.total(), sum(withdrawn.values()))


def _withdraw(found: Mapping[int, Found], *, now: datetime) -> dict[int, int]:
    """Take back open proposals that are not made any more; how many of each article."""
    made = {identity(pk, claim) for pk, read in found.items() for claim in read.claims}
    standing = list_claims_of(found).filter(state=ClaimState.PROPOSED).select_related("reading")
    gone = [claim for claim in standing if identity_of(claim) not in made]
    Claim.objects.filter(pk__in=[claim.pk for claim in gone]).update(withdrawn_at=now)
    counts: dict[int, int] = {}
    for claim in gone:
        counts[claim.article_id] = counts.get(claim.article_id, 0) + 1
    return counts
