"""One article to proposed claims; each part is a module of its own, called in this order.

Sentences, then mentions (a figure with its harm and group), then what is said of each mention's
event (which, where, by whom, how; when; news, recalled or total), who gives the figure, and last
what the article tells twice. A reading meant to be corrected by people: it proposes with the
passage to the letter, names the rule and the words behind each field, and leaves out what would
need a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.confidence import with_confidence
from tracker.extraction.document import read_document
from tracker.extraction.events.happenings import read_happenings
from tracker.extraction.events.news import without_what_is_news
from tracker.extraction.figures.mentions import find_mentions
from tracker.extraction.figures.parts_of_wholes import with_kind_of_whole
from tracker.extraction.figures.repeats import without_repeats
from tracker.extraction.model import Evidence, Extraction, ProposedClaim
from tracker.extraction.places.known import PACKAGED, KnownPlaces
from tracker.extraction.positions import find_positions
from tracker.extraction.relevance import read_relevance
from tracker.extraction.scopes.scope import read_scopes
from tracker.extraction.speakers.reading import read_speakers
from tracker.extraction.times.whens import read_whens

if TYPE_CHECKING:
    from datetime import date

    from tracker.extraction.model import (
        Attribution,
        Happening,
        Mention,
        ProposedPosition,
        When,
    )


def extract(
    *,
    title: str,
    text: str,
    published: date | None = None,
    outlet: str = "",
    places: KnownPlaces = PACKAGED,
) -> Extraction:
    """Propose the claims of an article; never raises, whatever the text.

    ``places`` is what is known of places besides what the text says.
    """
    document = read_document(
        title=title, text=text, published=published, outlet=outlet, places=places
    )
    mentions = find_mentions(document)
    happenings = read_happenings(document, mentions)
    whens = read_whens(document, mentions, happenings)
    scopes = read_scopes(document, mentions, happenings, whens)
    happenings = without_what_is_news(document, mentions, happenings, scopes)
    speakers = read_speakers(document, mentions, happenings)
    told = [
        _claim(*parts) for parts in zip(mentions, happenings, whens, scopes, speakers, strict=True)
    ]
    claims = tuple(with_confidence(with_kind_of_whole(without_repeats(told))))
    return Extraction(relevance=read_relevance(document, claims), claims=claims)


def read_positions(
    *, text: str, published: date | None = None, outlet: str = ""
) -> tuple[ProposedPosition, ...]:
    """What accused parties say in a text, without its claims; never raises."""
    document = read_document(title="", text=text, published=published, outlet=outlet)
    return tuple(find_positions(document))


def _claim(
    mention: Mention,
    happening: Happening,
    when: When,
    scope: tuple[str, Evidence],
    attribution: Attribution,
) -> ProposedClaim:
    figure = (mention.figure_start, mention.figure_end)
    return ProposedClaim(
        start=mention.start,
        end=mention.end,
        figure_start=mention.figure_start,
        figure_end=mention.figure_end,
        outcome=mention.outcome,
        subject_status=mention.subject_status,
        minimum=mention.minimum,
        maximum=mention.maximum,
        quantifier_raw=mention.quantifier_raw,
        polarity="ASSERTS_NO_HARM" if mention.is_denial else "ASSERTS_HARM",
        scope=scope[0],
        speaker_text=attribution.speaker,
        speaker_named=attribution.is_named,
        statement=mention.sentence,
        rule=mention.rule,
        children_min=mention.children_min,
        children_max=mention.children_max,
        women_min=mention.women_min,
        women_max=mention.women_max,
        is_cumulative_update=mention.is_cumulative_update,
        speaker_chain=attribution.chain,
        infrastructure=happening.infrastructure,
        is_double_tap=happening.is_double_tap,
        protected_kind=mention.protected_kind,
        ages=mention.ages,
        event=happening.event,
        place=happening.place,
        actor=happening.actor,
        method=happening.method,
        when=when,
        evidence={
            **happening.evidence,
            "figure": Evidence(mention.rule, (figure,)),
            "status": Evidence(mention.status_rule, ((mention.core_start, mention.core_end),)),
            "scope": scope[1],
            "speaker": attribution.evidence,
            "day": when.evidence,
        },
    )
