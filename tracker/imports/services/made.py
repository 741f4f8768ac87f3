"""Rows that are taken become articles, drafts, proposals and tasks, many at a time.

Rows about one incident are about one draft: the first makes it, the others only name it.

Such an article never goes through the workers: its columns are read by the mapping, and neither
compared with other texts nor read by the extractor. Its task stands behind what just came in.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from tracker.audit.services.record import record_events
from tracker.core.bulk import insert_rows
from tracker.core.codes import new_handle
from tracker.imports.choices import TAKEN, RowOutcome
from tracker.imports.models import ImportedRow
from tracker.imports.services.proposals import propose_rows
from tracker.incidents.choices import ContributionKind
from tracker.incidents.models import Contribution, Incident
from tracker.sources.choices import ArticleState, Material
from tracker.sources.models import Article
from tracker.sources.parsing.kinds import Kind
from tracker.sources.parsing.language import language_of
from tracker.sources.parsing.text import text_digest
from tracker.sources.services.capture_store import Incoming, store_captures
from tracker.sources.services.outlets import outlet_named
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.audit.services.record import Value
    from tracker.core.actor import Actor
    from tracker.imports.models import SheetImport
    from tracker.imports.rows.meaning import Meaning
    from tracker.imports.selectors.judging import Judged

#: Of a task's relevance in per cent: old rows, however many, don't bury the day's reports.
_RELEVANCE = 50
_WHY = "A row of a team's table."
READ_BY = "columns"


def make_rows(
    batch: SheetImport, rows: Sequence[Judged], *, actor: Actor, now: datetime
) -> list[ImportedRow]:
    """Keep the result of each row, and make what is new. Must run inside a transaction.

    A row that joins another comes with it or after it. Returns them in the order given.
    """
    taken = [(row, row.meaning) for row in rows if row.meaning is not None]
    meanings = [meaning for _, meaning in taken]
    new = [(row.number, meaning) for row, meaning in taken]
    articles = _articles(batch, new, actor=actor, now=now)
    counts = propose_rows(articles, meanings, read_by=READ_BY, now=now)
    _tasks(articles, now=now)
    drafts = _incidents(
        batch,
        {row.number: m for row, m in taken if row.outcome is RowOutcome.CREATED},
        actor=actor,
        now=now,
    )
    by_number = {number: article for (number, _), article in zip(new, articles, strict=True)}
    first = ImportedRow.objects.bulk_create(
        _row(batch, row, by_number.get(row.number), drafts.get(row.number), row.before)
        for row in rows
        if row.outcome is not RowOutcome.JOINED
    )
    joined = ImportedRow.objects.bulk_create(
        _row(batch, row, by_number[row.number], brought.incident, brought)
        for row, brought in _with_first(batch, rows, first)
    )
    kept = {row.number: row for row in (*first, *joined)}
    record_events(
        actor=actor,
        action="article.import",
        now=now,
        lines=[
            (article, {"claims": counts[article.pk], "incident": kept[number].incident_id})
            for number, article in by_number.items()
        ],
    )
    return [kept[row.number] for row in rows]


def _with_first(
    batch: SheetImport, rows: Sequence[Judged], here: Sequence[ImportedRow]
) -> list[tuple[Judged, ImportedRow]]:
    """Each row about an incident that another row brought, with that one."""
    joined = [row for row in rows if row.outcome is RowOutcome.JOINED]
    known = {row.number: row for row in here}
    asked = {row.joins for row in joined if row.joins is not None} - known.keys()
    before = ImportedRow.objects.filter(batch=batch, number__in=asked).select_related("incident")
    known |= {row.number: row for row in before}
    return [(row, row.before or known[row.joins or 0]) for row in joined]


def _articles(
    batch: SheetImport, new: Sequence[tuple[int, Meaning]], *, actor: Actor, now: datetime
) -> list[Article]:
    contents = [_record(batch, number, meaning) for number, meaning in new]
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    incoming = [
        Incoming(content, digest, Kind.RECORD.value, f"{batch.file_name}: row {number}")
        for content, digest, (number, _) in zip(contents, digests, new, strict=True)
    ]
    captures = store_captures(incoming=incoming, actor=actor, now=now)
    outlet = outlet_named(batch.mapping.team)
    articles = [
        Article(
            capture=captures[digest][0],
            outlet=outlet,
            title=meaning.title,
            text=meaning.text,
            text_sha256=text_digest(meaning.text),
            language=language_of(meaning.text),
            material=Material.TABLE_ROW,
            published_on=meaning.said_on,
            published_basis="SENDER" if meaning.said_on else "",
            received_at=now,
            state_since=now,
        )
        for digest, (_, meaning) in zip(digests, new, strict=True)
    ]
    insert_rows(articles)
    for state in (ArticleState.PARSED, ArticleState.RELATED, ArticleState.EXTRACTED):
        Article.objects.filter(pk__in=[article.pk for article in articles]).update(state=state)
    return articles


def _record(batch: SheetImport, number: int, meaning: Meaning) -> bytes:
    """The row as an article on its own, as every reader of kept captures knows it."""
    return json.dumps(
        {
            "id": None,
            "source": batch.mapping.team,
            "published": meaning.said_on.isoformat() if meaning.said_on else None,
            "title": meaning.title,
            "text": meaning.text,
            "material": Material.TABLE_ROW.value,
            "table": {"sha256": batch.capture.sha256, "import": batch.pk, "row": number},
        },
        sort_keys=True,
        ensure_ascii=False,
    ).encode()


def _incidents(
    batch: SheetImport, meanings: Mapping[int, Meaning], *, actor: Actor, now: datetime
) -> dict[int, Incident]:
    incidents = [_incident(meaning, actor=actor, now=now) for meaning in meanings.values()]
    insert_rows(incidents)
    Contribution.objects.bulk_create(
        Contribution(
            incident=incident,
            person_id=actor.person_id,
            kind=ContributionKind.DETAILS,
            after_version=0,
            at=now,
        )
        for incident in incidents
    )
    lines: list[tuple[Incident, dict[str, Value]]] = [
        (incident, {"import": batch.pk}) for incident in incidents
    ]
    record_events(actor=actor, action="incident.create", now=now, lines=lines)
    return dict(zip(meanings, incidents, strict=True))


def _incident(meaning: Meaning, *, actor: Actor, now: datetime) -> Incident:
    lat, lon = meaning.point or (None, None)
    return Incident(
        handle=new_handle(),
        title=meaning.title,
        summary=meaning.summary,
        date_start=meaning.days.first,
        date_end=meaning.days.last,
        date_precision=meaning.days.precision,
        date_raw=meaning.date_raw,
        place_name=meaning.place_name,
        lat=lat,
        lon=lon,
        geo_precision=meaning.geo_precision,
        created_by_id=actor.person_id,
        created_at=now,
    )


def _tasks(articles: Sequence[Article], *, now: datetime) -> None:
    ReviewTask.objects.bulk_create(
        ReviewTask(
            article=article,
            queued_at=now,
            relevance=_RELEVANCE,
            relevance_reasons=[_WHY],
            extractor=READ_BY,
        )
        for article in articles
    )


def _row(
    batch: SheetImport,
    row: Judged,
    article: Article | None,
    incident: Incident | None,
    before: ImportedRow | None,
) -> ImportedRow:
    rating = row.meaning.rating if row.meaning else ""
    return ImportedRow(
        batch=batch,
        number=row.number,
        outcome=row.outcome,
        refusal=row.refusal,
        reason=row.reason,
        table=batch.mapping.name,
        record_id=row.record_id,
        incident_ref=row.incident_ref,
        digest=row.digest,
        article=article,
        incident=incident,
        before=before,
        scale=batch.mapping.scale if rating else "",
        rating=rating,
        is_standing=row.outcome in TAKEN,
    )
