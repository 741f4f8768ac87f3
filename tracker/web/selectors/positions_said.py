"""What parties say in an article, as the machine reads it, ready to be recorded by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from tracker.extraction import read_positions
from tracker.sources.rules.marks import Mark, unmarked
from tracker.web.selectors.incident_parts import axis_words

if TYPE_CHECKING:
    from datetime import date

    from tracker.extraction.model import ProposedPosition
    from tracker.incidents.models import Incident
    from tracker.sources.models import Article

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class PositionSaid:
    """One statement; ``record_url`` "" = no incident is chosen that could take it."""

    party: str
    words: str
    axes: list[str]
    said_on: date | None
    rule: str
    record_url: str


def positions_said(article: Article, chosen: Incident | None) -> list[PositionSaid]:
    """The statements of an article, in its order."""
    own = unmarked(article.text, [Mark(*mark) for mark in article.marks])
    outlet = article.outlet.name if article.outlet else ""
    found = read_positions(text=own, published=article.published_on, outlet=outlet)
    return [_said(article, position, chosen) for position in found[:_SHOWN]]


def _said(article: Article, position: ProposedPosition, chosen: Incident | None) -> PositionSaid:
    axes = {
        "act": position.act,
        "harm": position.harm,
        "responsibility": position.responsibility,
    }
    return PositionSaid(
        party=position.party,
        words=article.text[position.start : position.end],
        axes=[axis_words(name, value) for name, value in axes.items() if value],
        said_on=position.said_on,
        rule=position.evidence.rule,
        record_url=_record_url(article, position, axes, chosen) if chosen is not None else "",
    )


def _record_url(
    article: Article, position: ProposedPosition, axes: dict[str, str], chosen: Incident
) -> str:
    said = position.said_on.isoformat() if position.said_on else ""
    values = {"party_name": position.party, "said_on": said, "article": str(article.pk), **axes}
    query = urlencode({"record": "position"} | {k: v for k, v in values.items() if v})
    return f"{reverse('incident', args=[str(chosen)])}?{query}#form-position"
