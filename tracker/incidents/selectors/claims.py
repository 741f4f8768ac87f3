"""Claims as people work with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.incidents.models import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def list_claims_of(article_ids: Iterable[int]) -> QuerySet[Claim]:
    """The claims of these articles that stand, in the order of the text.

    Proposals that a later reading no longer makes are left out; nobody decided them.
    """
    return Claim.objects.filter(article__in=article_ids, withdrawn_at__isnull=True).order_by(
        "start", "id"
    )
