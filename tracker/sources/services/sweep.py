"""Send hints again for rows that wait too long; give up on those that ended every worker.

After the broker was lost with all it held, this alone brings the work back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from tracker.core.jobs import Job, repeat_hint
from tracker.sources.choices import WAITING_STATES, ArticleState, FetchState
from tracker.sources.models import Article, FetchRequest
from tracker.sources.services.fetched import FETCH_ATTEMPTS, due_at, lease_fetch
from tracker.sources.services.leases import MAX_ATTEMPTS, free_at, lease_articles

if TYPE_CHECKING:
    from datetime import datetime

#: A hint normally arrives within a second; a row that waits this long has lost its own.
OVERDUE = timedelta(seconds=10)
#: As many as workers read between two sweeps; more would only pile up hints of a long queue.
BATCH = 300
#: As many as a worker reads in about a second.
ARTICLES_A_HINT = 20


def sweep_articles(*, now: datetime) -> int:
    """Hint at articles that no worker holds and that wait too long; return how many.

    Those that ended a worker before are hinted at one by one.
    """
    waiting = list(
        Article.objects.filter(free_at(now), state__in=WAITING_STATES)
        .filter(Q(state_since__lte=now - OVERDUE) | Q(leased_until__isnull=False))
        .order_by("state_since", "id")
        .values_list("pk", "state", "attempts")[:BATCH]
    )
    for article_id, state, attempts in waiting:
        if attempts >= MAX_ATTEMPTS:
            lease_articles(article_ids=[article_id], state=ArticleState(state), now=now)
    whole = [pk for pk, _, attempts in waiting if attempts == 0]
    batches = [whole[at : at + ARTICLES_A_HINT] for at in range(0, len(whole), ARTICLES_A_HINT)]
    batches += [[pk] for pk, _, attempts in waiting if 0 < attempts < MAX_ATTEMPTS]
    sent = 0
    for batch in batches:
        if not repeat_hint(Job.ADVANCE_ARTICLES, article_ids=batch):
            break
        sent += len(batch)
    return sent


def sweep_fetches(*, now: datetime) -> int:
    """The same for addresses that are due: one for each host, for only one can have its turn."""
    waiting = list(
        FetchRequest.objects.filter(free_at(now), due_at(now), state=FetchState.WAITING)
        .filter(
            Q(requested_at__lte=now - OVERDUE)
            | Q(not_before__isnull=False)
            | Q(leased_until__isnull=False)
        )
        .order_by("host", "requested_at", "id")
        .distinct("host")
        .values_list("pk", "attempts")[:BATCH]
    )
    sent = 0
    for request_id, attempts in waiting:
        if attempts >= FETCH_ATTEMPTS:
            lease_fetch(request_id=request_id, now=now)
        elif not repeat_hint(Job.FETCH_ADDRESS, request_id=request_id):
            break
        else:
            sent += 1
    return sent
