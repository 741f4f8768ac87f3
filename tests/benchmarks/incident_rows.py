"""Invented incidents as rows: a large one told in many lineages, or very many small ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.db.models.expressions import CombinedExpression

    from tracker.accounts.models import Person

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
_AT_ONCE = 1000
_FIRST_DAY = date(2026, 3, 1)
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
    told_of = Claim.objects.filter(article__in=[lineage.article for lineage in told])
    _accept(told_of, person, incident=incident)
    return incident


def many_incidents(count: int) -> None:
    """So many more small incidents, three accepted claims of two speakers each."""
    person = PersonFactory()
    articles = [ArticleFactory(story=Story.objects.create(made_at=NOW)) for _ in range(3)]
    speakers = [SourceFactory() for _ in range(2)]
    for start in range(0, count, _AT_ONCE):
        incidents = Incident.objects.bulk_create(
            Incident(title=f"Strike {start + n}", created_by=person, created_at=NOW)
            for n in range(min(_AT_ONCE, count - start))
        )
        claims = Claim.objects.bulk_create(
            _small_claim(incident, articles[n], speakers[n % 2], killed=3 + incident.pk % 5 + n)
            for incident in incidents
            for n in range(3)
        )
        # one statement for all: ids of one insert follow each other, three claims to an incident
        turn = (F("pk") - claims[0].pk) / 3
        _accept(
            Claim.objects.filter(pk__in=[claim.pk for claim in claims]),
            person,
            incident=turn + incidents[0].pk,
        )


def _small_claim(incident: Incident, article: Article, speaker: Source, *, killed: int) -> Claim:
    return Claim(
        article=article,
        start=0,
        end=10,
        quote=article.text[:10],
        statement=f"{incident.pk} of {article.pk}",
        speaker=speaker,
        said_on=_FIRST_DAY + timedelta(days=killed % 9),
        outcome=Outcome.KILLED,
        minimum=killed,
        maximum=killed if killed % 2 else None,
        proposed_at=NOW,
    )


def _accept(
    claims: QuerySet[Claim], person: Person, **where: Incident | CombinedExpression
) -> None:
    claims.update(
        **where,
        state=ClaimState.ACCEPTED,
        decided_by=person,
        decided_at=NOW,
        decision_reason="The passage says so.",
        revision=F("revision") + 1,
    )


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
