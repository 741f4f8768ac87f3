"""What people did before you look: rated sources, and incidents taken further along."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.core.actor import Role
from tracker.incidents.choices import ClaimState, IncidentStatus, Scope
from tracker.incidents.models import Claim
from tracker.incidents.selectors.claims import list_claims_of
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.incidents.services.incidents import (
    IncidentFields,
    create_incident,
    edit_incident,
    record_evidence,
    record_position,
    set_party,
)
from tracker.incidents.services.review import submit_incident
from tracker.incidents.services.utterances import Beside
from tracker.publication.services.publish import publish_incident
from tracker.sources.models import Article, Source
from tracker.sources.services.notes import add_credibility_note, edit_source
from tracker.verification.models import ReviewTask
from tracker.verification.services.decisions import accept_claim, add_claim, reject_claim
from tracker.verification.services.leases import lease_task
from tracker.verification.services.tasks import finish_task
from tracker.web.demo.people import person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident

NOT_COUNTED = "Repeats a figure that is recorded already, or is none of this event."


def rate_sources(rows: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Enter each source of the story with its kind, party, rating and notes."""
    actor = person(Role.RESEARCHER).as_actor()
    for row in rows:
        source, made = Source.objects.get_or_create(name=row["name"])
        if not made:
            continue
        edit_source(
            source_id=source.pk,
            expected_revision=source.revision,
            kind=row["kind"],
            party_name=row["party"] or "",
            actor=actor,
            now=now,
            reason="Entered with the demonstration.",
        )
        for note in row["notes"]:
            add_credibility_note(
                source_id=source.pk,
                reliability=row["reliability"],
                text=note["text"],
                audience=note["audience"],
                actor=actor,
                now=now,
            )


def bring_further(row: Mapping[str, Any], *, now: datetime) -> Incident:
    """Turn the articles of one incident into claims and take it as far as ``target_status``."""
    actor = person(Role.RESEARCHER).as_actor()
    incident = create_incident(title=row["title"], actor=actor, now=now)
    for external_id, decided in row["decided"].items():
        article = Article.objects.get(external_id=external_id)
        code_article(article, decided, incident, actor, now)
    enter_facts(row, incident, actor, now)
    incident.refresh_from_db()
    if row["target_status"] == IncidentStatus.DRAFT:
        return incident
    submit_incident(
        incident_id=incident.pk, expected_revision=incident.revision, actor=actor, now=now
    )
    incident.refresh_from_db()
    if row["target_status"] == IncidentStatus.PUBLISHED:
        publish_incident(
            incident_id=incident.pk,
            expected_revision=incident.revision,
            change_note="First version.",
            actor=person(Role.REVIEWER).as_actor(),
            now=now,
        )
    return incident


def code_article(
    article: Article,
    decided: list[dict[str, Any]],
    incident: Incident,
    actor: Actor,
    now: datetime,
) -> None:
    """Decide every proposal as the story says, and add what the machine missed."""
    task = ReviewTask.objects.filter(article=article).first()
    if task is None:  # a verbatim copy is queued with its origin
        return
    task = lease_task(task_id=task.pk, actor=actor, now=now)
    missing = list(decided)
    for claim in list_claims_of([article.pk]).filter(state=ClaimState.PROPOSED):
        match = next((row for row in missing if _is_about(claim, row)), None)
        common: dict[str, Any] = {"task_id": task.pk, "fence": task.fence, "claim_id": claim.pk}
        common |= {"expected_revision": claim.revision, "actor": actor, "now": now}
        if match is None:
            reject_claim(**common, reason=NOT_COUNTED)
            continue
        missing.remove(match)
        accept_claim(
            **common, correction=_fields(match, article), incident_id=_counted_in(incident, match)
        )
    for row in missing:
        add_claim(
            task_id=task.pk,
            fence=task.fence,
            quote=row["quote"],
            fields=_fields(row, article),
            incident_id=_counted_in(incident, row),
            actor=actor,
            now=now,
        )
    finish_task(task_id=task.pk, fence=task.fence, actor=actor, now=now)


def _is_about(claim: Claim, row: Mapping[str, Any]) -> bool:
    """Whether the proposal reads the same figure from the same words."""
    figure = (claim.outcome, claim.minimum, claim.maximum)
    same_words = row["quote"] in claim.quote or claim.quote in row["quote"]
    return same_words and figure == (row["outcome"], row["minimum"], row["maximum"])


def _counted_in(incident: Incident, row: Mapping[str, Any]) -> int | None:
    """A running total belongs to no single incident."""
    return None if row.get("scope") == Scope.AGGREGATE else incident.pk


def _fields(row: Mapping[str, Any], article: Article) -> ClaimFields:
    values = {name: value for name, value in row.items() if name not in {"quote", "said_with"}}
    if "said_with" in row:
        other = Claim.objects.get(article=article, quote__contains=row["said_with"])
        values["beside"] = Beside(other.pk)
    return ClaimFields(**values)


def _cited(external_id: str) -> int:
    return Article.objects.values_list("pk", flat=True).get(external_id=external_id)


def enter_facts(row: Mapping[str, Any], incident: Incident, actor: Actor, now: datetime) -> None:
    """Day, place, parties, their positions and the evidence of the strike, as the story says."""
    incident.refresh_from_db()
    edit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        fields=IncidentFields(
            title=row["title"],
            summary=row["summary"],
            date_start=date.fromisoformat(row["date_start"]),
            date_end=date.fromisoformat(row["date_end"]),
            date_precision=row["date_precision"],
            date_raw=row["date_raw"],
            place_name=row["place_name"],
            lat=row["lat"],
            lon=row["lon"],
            geo_precision=row["geo_precision"],
            radius_m=None,
        ),
        actor=actor,
        now=now,
        reason="As the articles say.",
    )
    for party in row["parties"]:
        set_party(
            incident_id=incident.pk,
            party_name=party["name"],
            accused=party["accused"],
            actor=actor,
            now=now,
        )
    for position in row["positions"]:
        record_position(
            incident_id=incident.pk,
            party_name=position["party"],
            said_on=date.fromisoformat(position["date"]),
            act=position["act"],
            harm=position["harm"],
            responsibility=position["responsibility"],
            article_id=_cited(position["article"]),
            actor=actor,
            now=now,
        )
    for evidence in row["strike_evidence"]:
        record_evidence(
            incident_id=incident.pk,
            kind=evidence["kind"],
            party_name=evidence["party"] or "",
            article_id=_cited(evidence["article"]),
            note="",
            actor=actor,
            now=now,
        )
