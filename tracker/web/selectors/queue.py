"""The queue: what waits, how long, what it seems to say, and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.choices import ClaimState, Outcome, Polarity
from tracker.incidents.selectors.claims import list_claims_of
from tracker.sources.choices import Material
from tracker.sources.models import Article, Source
from tracker.verification.choices import TaskState, WaitsFor
from tracker.verification.models.task import LIKELIEST
from tracker.verification.selectors.closed import closed_to
from tracker.verification.selectors.shelves import tasks_on
from tracker.verification.selectors.talk import assignees
from tracker.web.templatetags.figures import figure_in_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.core.actor import Actor
    from tracker.verification.models import ReviewTask


class Order(StrEnum):
    """What comes first in the queue."""

    LIKELIEST = "likeliest"
    LONGEST = "longest"


PAGE = 50
_FACTS = 3
_NAMES = 300


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One task of the list; ``material`` "" = a news report, as nearly all are."""

    task_id: int
    article_id: int
    title: str
    language: str
    material: str
    outlet: str
    published_on: date | None
    version_of: int | None
    is_copy: bool
    origin_outlet: str
    copies: int
    facts: list[str]
    claims: int
    open_claims: int
    queued_at: datetime
    relevance: int | None
    relevance_reasons: list[str]
    holder_alias: str
    held_until: datetime | None
    is_mine: bool
    decided_by: str
    aside_by: str
    aside_reason: str
    waits_until: date | None
    may_take: bool
    assigned_to: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of one state; ``next_after`` "" = it is the last one."""

    rows: list[QueueRow]
    next_after: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The last task of the page before; ``likelihood`` is what the first order goes by."""

    likelihood: int
    queued_at: datetime
    task_id: int


def list_queue_page(
    *,
    viewer: Actor,
    shelf: TaskState | WaitsFor,
    order: Order,
    after: Seen | None,
    now: datetime,
    passes: Q,
) -> QueuePage:
    """Tasks of one shelf that pass, in the order asked for, after the one seen last.

    Without those that are closed to who codes an article blind: a row tells what the first coder
    made of it.
    """
    tasks = tasks_on(shelf).filter(passes).annotate(likelihood=LIKELIEST)
    tasks = tasks.exclude(pk__in=closed_to(viewer).tasks)
    by_likelihood = order is Order.LIKELIEST
    if after is not None:
        later = Q(queued_at__gt=after.queued_at) | Q(
            queued_at=after.queued_at, id__gt=after.task_id
        )
        tasks = tasks.filter(
            Q(likelihood__lt=after.likelihood) | Q(likelihood=after.likelihood) & later
            if by_likelihood
            else later
        )
    found = list(
        tasks.select_related(
            "article__outlet", "article__origin__outlet", "holder", "decided_by", "aside_by"
        )
        .only(
            *("state", "queued_at", "held_until", "holder__alias", "decided_by__alias"),
            *("relevance", "relevance_reasons", "aside_by__alias", "aside_reason", "waits_until"),
            *("article__title", "article__language", "article__published_on", "article__story_id"),
            *(
                "article__material",
                "article__previous_id",
                "article__outlet__name",
                "article__origin__outlet__name",
            ),
        )
        .order_by(*(["-likelihood"] if by_likelihood else []), "queued_at", "id")[: PAGE + 1]
    )
    page = found[:PAGE]
    article_ids = [task.article_id for task in page]
    facts = _facts(article_ids)
    counts = _claim_counts(article_ids)
    copies = _copies({task.article.story_id or 0 for task in page})
    assigned = assignees([task.pk for task in page])
    may_decide = has_right(viewer, Right.DECIDE_CLAIMS)
    rows = [
        _row(
            task,
            viewer=viewer,
            now=now,
            facts=facts.get(task.article_id, []),
            counts=counts.get(task.article_id, (0, 0)),
            copies=copies.get(task.article.story_id or 0, 1) - 1,
            may_decide=may_decide,
            assigned_to=assigned.get(task.pk, ""),
        )
        for task in page
    ]
    last_task = page[-1] if len(found) > PAGE else None
    next_after = (
        f"{last_task.queued_at:%Y%m%dT%H%M%S%f}-{last_task.pk}-{last_task.likelihood}"
        if last_task
        else ""
    )
    return QueuePage(rows, next_after)


def known_outlets() -> list[str]:
    """Names of sources, for who types one."""
    standing = Source.objects.filter(merged_into__isnull=True)
    names = standing.order_by(Lower("name")).values_list("name", flat=True)
    return list(names[:_NAMES])


def _row(
    task: ReviewTask,
    *,
    viewer: Actor,
    now: datetime,
    facts: list[str],
    counts: tuple[int, int],
    copies: int,
    may_decide: bool,
    assigned_to: str,
) -> QueueRow:
    article = task.article
    is_held = task.held_until is not None and task.held_until > now
    is_mine = is_held and task.holder_id == viewer.id
    waits = task.state == TaskState.QUEUED or (task.state == TaskState.LEASED and not is_held)
    origin = article.origin
    return QueueRow(
        task_id=task.pk,
        article_id=article.pk,
        title=article.title,
        language=article.language,
        material=article.get_material_display() if article.material != Material.NEWS_REPORT else "",
        outlet=article.outlet.name if article.outlet else "",
        published_on=article.published_on,
        version_of=article.previous_id,
        is_copy=origin is not None,
        origin_outlet=origin.outlet.name if origin and origin.outlet else "",
        copies=copies,
        facts=facts,
        claims=counts[0],
        open_claims=counts[1],
        queued_at=task.queued_at,
        relevance=task.relevance,
        relevance_reasons=task.relevance_reasons,
        holder_alias=task.holder.alias if is_held and task.holder else "",
        held_until=task.held_until,
        is_mine=is_mine,
        decided_by=task.decided_by.alias if task.decided_by else "",
        aside_by=task.aside_by.alias if task.aside_by else "",
        aside_reason=task.aside_reason,
        waits_until=task.waits_until,
        may_take=may_decide and (waits or is_mine),
        assigned_to=assigned_to,
    )


def _facts(article_ids: list[int]) -> dict[int, list[str]]:
    """The first figures of each article in words: "18 killed"."""
    facts: dict[int, list[str]] = {}
    claims = (
        list_claims_of(article_ids)
        .exclude(state=ClaimState.REJECTED)
        .order_by("article_id", "start", "id")
        .values_list("article_id", "outcome", "polarity", "minimum", "maximum")
    )
    for article_id, outcome, polarity, minimum, maximum in claims:
        words = _fact(outcome, polarity, minimum, maximum)
        kept = facts.setdefault(article_id, [])
        if words not in kept and len(kept) < _FACTS:
            kept.append(words)
    return facts


def _fact(outcome: str, polarity: str, minimum: int | None, maximum: int | None) -> str:
    what = _(str(Outcome(outcome).label))
    if polarity == Polarity.ASSERTS_NO_HARM:
        return _("says none %(what)s") % {"what": what}
    return f"{figure_in_text(minimum, maximum)} {what}".strip()


def _claim_counts(article_ids: list[int]) -> dict[int, tuple[int, int]]:
    rows = (
        list_claims_of(article_ids)
        .order_by()
        .values("article_id")
        .annotate(all=Count("id"), open=Count("id", filter=Q(state=ClaimState.PROPOSED)))
    )
    return {row["article_id"]: (row["all"], row["open"]) for row in rows}


def _copies(story_ids: set[int]) -> dict[int, int]:
    rows = Article.objects.filter(story_id__in=story_ids).values("story_id").annotate(n=Count("id"))
    return {row["story_id"]: row["n"] for row in rows}
