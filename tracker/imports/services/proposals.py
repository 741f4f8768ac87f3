"""The claims of rows, proposed as the extractor proposes, with the reading kept beside each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.core.bulk import insert_rows
from tracker.incidents.choices import DateBasis
from tracker.incidents.models import Claim, Reading
from tracker.incidents.services.claim_fields import apply_fields
from tracker.incidents.services.utterances import new_utterance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.imports.rows.claims import RowClaim
    from tracker.imports.rows.meaning import Meaning
    from tracker.sources.models import Article


def propose_rows(
    articles: Sequence[Article], meanings: Sequence[Meaning], *, read_by: str, now: datetime
) -> Counter[int]:
    """Add the claims of each row; return how many each article got. Inside a transaction."""
    claims: list[Claim] = []
    readings: list[Reading] = []
    for article, meaning in zip(articles, meanings, strict=True):
        utterance = new_utterance()  # one row is one utterance of whoever says so
        for told in meaning.claims:
            claim = _claim(article, meaning, told, utterance, read_by=read_by, now=now)
            claims.append(claim)
            readings.append(_reading(claim, meaning))
    insert_rows(claims)
    for claim, reading in zip(claims, readings, strict=True):
        reading.claim = claim
    insert_rows(readings)
    return Counter(claim.article_id for claim in claims)


def _claim(
    article: Article,
    meaning: Meaning,
    told: RowClaim,
    utterance: str,
    *,
    read_by: str,
    now: datetime,
) -> Claim:
    start, end = meaning.passage_of(told)
    claim = Claim(
        article=article,
        start=start,
        end=end,
        quote=article.text[start:end],
        statement=utterance,
        extractor=read_by,
        proposed_at=now,
    )
    apply_fields(claim, told.fields, now=now)
    return claim


def _reading(claim: Claim, meaning: Meaning) -> Reading:
    return Reading(
        extractor=claim.extractor,
        outcome=claim.outcome,
        subject_status=claim.subject_status,
        scope=claim.scope,
        minimum=claim.minimum,
        maximum=claim.maximum,
        speaker_text=claim.speaker_text,
        place=meaning.place_name,
        date_start=meaning.days.first,
        date_end=meaning.days.last,
        date_precision=meaning.days.precision,
        date_basis=DateBasis.STATED if meaning.days.first else "",
        date_raw=meaning.date_raw,
    )
