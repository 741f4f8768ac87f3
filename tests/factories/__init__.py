"""Every factory builds a valid row."""

from tests.factories.incidents import ClaimFactory, IncidentFactory, accepted_claim
from tests.factories.people import PersonFactory
from tests.factories.sources import (
    ArticleFactory,
    CaptureFactory,
    PartyFactory,
    SourceFactory,
    advance_article,
)
from tests.factories.tasks import ReviewTaskFactory

__all__ = [
    "ArticleFactory",
    "CaptureFactory",
    "ClaimFactory",
    "IncidentFactory",
    "PartyFactory",
    "PersonFactory",
    "ReviewTaskFactory",
    "SourceFactory",
    "accepted_claim",
    "advance_article",
]
