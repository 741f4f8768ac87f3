"""Incidents and claims."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import factory

from tests.factories.base import ModelFactory
from tests.factories.people import PersonFactory
from tests.factories.sources import ArticleFactory
from tracker.incidents.choices import ClaimState, Outcome
from tracker.incidents.models import Claim, Incident

if TYPE_CHECKING:
    from tracker.accounts.models import Person

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class IncidentFactory(ModelFactory[Incident]):
    """A draft without a day or a place."""

    class Meta:
        model = Incident

    title = "Strike on a market"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOW


class ClaimFactory(ModelFactory[Claim]):
    """A proposed claim: at least seven people killed, the rescue service says."""

    class Meta:
        model = Claim

    article = factory.SubFactory(ArticleFactory)
    start = 25
    end = factory.LazyAttribute(lambda c: c.start + len(c.quote))
    quote = factory.LazyAttribute(lambda c: c.article.text[c.start : c.start + 40])
    statement = factory.Sequence(lambda n: f"statement-{n}")
    speaker_text = "Nahr Rescue Service"
    outcome = Outcome.KILLED
    minimum = 7
    quantifier_raw = "at least seven"
    extractor = "tests"
    proposed_at = NOW


def accepted_claim(*, by: Person, **fields: Any) -> Claim:
    """A claim that ``by`` accepted, linked to ``incident`` where one is given."""
    incident = fields.pop("incident", None)
    claim = ClaimFactory(**fields)
    claim.state = ClaimState.ACCEPTED
    claim.incident = incident
    claim.decided_by = by
    claim.decided_at = NOW
    claim.decision_reason = "The passage says so."
    claim.revision += 1
    claim.save()
    return claim
