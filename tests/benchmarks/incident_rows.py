"""Invented incidents as rows: a large one told in many lineages, or very many small ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import F

from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PartyFactory,
    PersonFactory,
    SourceFactory,
)
from tracker.incidents.choices import (
    ClaimState,
    CopyDecision,
    EvidenceKind,
    Outcome,
    SubjectStatus,
)
from tracker.incidents.models import Claim, Incident, IncidentParty, StrikeEvidence
from tracker.sources.models import Article, Source, Story

NOW = datetime(2031, 3, 20, 12, tzinfo=UTC)
_FIRST_DAY = date(2031, 3, 1)
_COPY = {"outcome": Outcome.KILLED, "copies": True}
_SPLIT = {"outcome": Outcome.KILLED, "statement": "split", "credibility": 2}
#: What each claim of a lineage is, in turn; copies copy the first.
_TELLS: tuple[dict[str, Any], ...] = (
    {"outcome": Outcome.KILLED, "minimum": 7},
    {**_COPY, "minimum": 7, "copy_decision": CopyDecision.ORIGIN_STANDS},
    {"outcome": Outcome.INJURED, "minimum": 20, "maximum": 24},
    {"outcome": Outcome.KILLED, "minimum": 9, "maximum": 9, "is_cumulative_update": True},
    {**_COPY, "minimum": 8, "maximum": 8},
    {**_SPLIT, "subject_status": SubjectStatus.CIVILIAN, "minimum": 11, "children_min": 3},
    {**_SPLIT, "subject_status": SubjectStatus.DISPUTED, "minimum": 3, "maximum": 3},
    {"outcome": Outcome.DIED_OF_WOUNDS, "minimum": 1, "maximum": 1},
    {"outcome": Outcome.INJURED, "minimum": 30, "women_min": 5, "women_max": 6},
    {"outcome": Outcome.KILLED, "minimum": 2, "maximum": 2, "covers_whole_incident": False},
    {"outcome": Outcome.KILLED, "subject_status": SubjectStatus.COMBATANT, "minimum": 2},
    {**_COPY, "minimum": 7, "copy_decision": CopyDecision.ORIGIN_STANDS},
)


def a_large_incident(*, claims: int, lineages: int) -> Incident:
    """An incident told in so many lineages, each a story with four speakers of one origin."""
    person = PersonFactory()
    incident: Incident = IncidentFactory(created_by=person)
    for accused in (True, False):
        IncidentParty.objects.create(incident=incident, party=PartyFactory(), accused=accused)
    StrikeEvidence.objects.create(
        incident=incident, kind=EvidenceKind.IMAGERY, entered_by=person, entered_at=NOW
    )
    told = [_Lineage() for _ in range(lineages)]
    Claim.objects.bulk_create([lineage.tell(0) for lineage in told])
    Claim.objects.bulk_create(
        [told[n % lineages].tell(n // lineages) for n in range(lineages, claims)]
    )
    Claim.objects.filter(article__in=[lineage.article for lineage in told]).update(
        incident=incident,
        state=ClaimState.ACCEPTED,
        decided_by=person,
        decided_at=NOW,
        decision_reason="The passage says so.",
        revision=F("revision") + 1,
    )
    return incident


class _Lineage:
    """A story and those who speak in it; it begins again with the words of another day."""

    def __init__(self) -> None:
        self.article: Article = ArticleFactory(story=Story.objects.create(made_at=NOW))
        self.speakers: list[Source] = [SourceFactory() for _ in range(4)]
        self.first: Claim | None = None

    def tell(self, turn: int) -> Claim:
        """The claim at this turn, not saved."""
        said = dict(_TELLS[turn % len(_TELLS)])
        utterance = said.pop("statement", turn)
        claim = Claim(
            article=self.article,
            start=turn,
            end=turn + 10,
            quote=self.article.text[turn : turn + 10],
            statement=f"{utterance} {turn // len(_TELLS)} of {self.article.pk}",
            speaker=self.speakers[turn % 4],
            group=f"lineage {self.article.pk}",
            said_on=_FIRST_DAY + timedelta(days=turn),
            copy_of=self.first if said.pop("copies", False) else None,
            proposed_at=NOW,
            **said,
        )
        self.first = self.first or claim
        return claim
