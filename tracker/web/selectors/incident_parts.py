"""What an incident's page shows beside its ranges: positions, evidence, sources, articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.incidents.choices import (
    PositionAct,
    PositionAssessment,
    PositionHarm,
    PositionResponsibility,
)
from tracker.incidents.models import Position, StrikeEvidence
from tracker.incidents.selectors.track_record import figure_records
from tracker.sources.models import Article
from tracker.sources.selectors.sources import Standing, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from tracker.incidents.models import Claim, Incident
    from tracker.incidents.selectors.track_record import TrackRecord
    from tracker.sources.models import CredibilityNote, Source

_AXES = (
    ("act", PositionAct),
    ("harm", PositionHarm),
    ("responsibility", PositionResponsibility),
    ("assessment", PositionAssessment),
)


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article by its outlet, leading to its task where it has one."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One statement of a party; an axis is "" where it does not speak of it.

    ``refusal`` is its reason for not holding the allegation credible, "" = none given.
    """

    said_on: date
    axes: list[str]
    refusal: str
    article_name: str
    article_url: str


@dataclass(slots=True)
class PartyBlock:
    """A party of the incident with its statements."""

    party_id: int
    party: str
    accused_words: str
    summary: str = ""
    rows: list[PositionRow] = field(default_factory=list)
    in_force: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing that speaks for a strike."""

    kind: str
    party: str
    note: str
    article_name: str
    article_url: str
    alias: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of the incident with the judgement in force."""

    source: Source
    reliability: str | None
    note: CredibilityNote | None
    role: str
    record: TrackRecord


def article_link(article: Article | None) -> ArticleLink:
    """How a page leads to an article; both "" where there is none."""
    if article is None:
        return ArticleLink("", "")
    name = article.outlet.name if article.outlet else _("article %s") % article.pk
    if article.published_on is not None:
        name = f"{name}, {article.published_on:%Y-%m-%d}"
    task = getattr(article, "task", None)
    return ArticleLink(name, reverse("task", args=[task.pk]) if task else "")


def party_blocks(incident: Incident, members: list[int]) -> list[PartyBlock]:
    """Every party that is named or speaks, with its statements in order of their day.

    ``members`` are the incident and all that were merged into it, as below.
    """
    blocks: dict[int, PartyBlock] = {}
    for named in incident.parties.select_related("party").order_by("party__name", "id"):
        words = _("accused") if named.accused else _("named, not accused")
        blocks[named.party_id] = PartyBlock(named.party_id, named.party.name, words)
    positions = (
        Position.objects.filter(incident__in=members)
        .select_related("party", "article__outlet", "article__task")
        .defer("article__text")
        .order_by("said_on", "id")
    )
    for position in positions:
        party_id, name = position.party_id, position.party.name
        block = blocks.setdefault(party_id, PartyBlock(party_id, name, ""))
        block.rows.append(_position_row(position))
    return list(blocks.values())


def _position_row(position: Position) -> PositionRow:
    link = article_link(position.article)
    return PositionRow(
        said_on=position.said_on,
        axes=[axis_words(axis, getattr(position, axis)) for axis, _vocabulary in _AXES],
        refusal=_(position.get_refusal_reason_display()) if position.refusal_reason else "",
        article_name=link.name,
        article_url=link.url,
    )


def axis_words(axis: str, value: str | None) -> str:
    """A value of one of the four axes in words, "" where there is none."""
    if not value:
        return ""
    return _(str(dict(_AXES)[axis](value).label))


def evidence_rows(members: list[int]) -> list[EvidenceRow]:
    """What speaks for a strike, in the order it was recorded."""
    rows = []
    recorded = (
        StrikeEvidence.objects.filter(incident__in=members)
        .select_related("party", "article__outlet", "article__task", "entered_by")
        .defer("article__text")
        .order_by("id")
    )
    for evidence in recorded:
        link = article_link(evidence.article)
        rows.append(
            EvidenceRow(
                kind=_(evidence.get_kind_display()),
                party=evidence.party.name if evidence.party else "",
                note=evidence.note,
                article_name=link.name,
                article_url=link.url,
                alias=evidence.entered_by.alias,
                at=evidence.entered_at,
            )
        )
    return rows


def source_rows(claims: Iterable[Claim]) -> list[SourceRow]:
    """Every named speaker and every outlet behind the claims, with what is said of them."""
    roles: dict[int, set[str]] = {}
    sources: dict[int, Source] = {}
    for claim in claims:
        for source, role in (
            (claim.speaker, _("speaker")),
            (claim.article.outlet, _("outlet")),
        ):
            if source is not None:
                sources[source.pk] = source
                roles.setdefault(source.pk, set()).add(role)
    standings = standing_of(list(sources))
    records = figure_records(list(sources))
    nobody = Standing()
    return [
        SourceRow(
            source=source,
            reliability=standings.get(source.pk, nobody).reliability,
            note=standings.get(source.pk, nobody).note,
            role=", ".join(sorted(roles[source.pk], reverse=True)),
            record=records[source.pk],
        )
        for source in sorted(
            sources.values(), key=lambda s: (_("speaker") not in roles[s.pk], s.name.casefold())
        )
    ]


def cited_articles(claims: Iterable[Claim], members: list[int]) -> list[tuple[str, str]]:
    """The articles a position or evidence may cite, for a select."""
    articles = {claim.article_id: claim.article for claim in claims}
    said_in = Position.objects.filter(incident__in=members).values_list("article_id", flat=True)
    others = Article.objects.filter(pk__in=[*said_in]).exclude(pk__in=articles)
    for article in others.select_related("outlet", "task").defer("text"):
        articles[article.pk] = article
    return [
        (str(article.pk), f"{article_link(article).name} · {article.title}"[:120])
        for article in articles.values()
    ]
