"""Merge one source into another that is the same outlet or speaker, and undo it at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from tracker.accounts.permissions import Right, require_right
from tracker.audit.selectors.writers import last_writer
from tracker.audit.services.record import record_event
from tracker.core.errors import NotFound, StaleRevision
from tracker.core.reasons import checked_reason
from tracker.incidents.choices import ContributionKind
from tracker.incidents.models import Claim, Incident
from tracker.incidents.selectors.assessment import assess_incidents
from tracker.incidents.selectors.source_merging import (
    answers_of,
    conflicts_of_source_merge,
    get_source_merge,
    may_change,
    moved_incidents,
    obstacles_to_merging_sources,
    source_pre_image,
)
from tracker.incidents.services.assess import store_assessment
from tracker.incidents.services.contribution import mark_changed
from tracker.incidents.services.merge import UnableToMerge, UnableToUndo
from tracker.sources.models import Article, Feed, Source, SourceMerge, SourceMergeUndo
from tracker.sources.services.notes import refuse_merged

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from typing import Any

    from tracker.audit.services.record import Value
    from tracker.core.actor import Actor


@transaction.atomic
def merge_sources(
    *,
    source_id: int,
    source_revision: int,
    target_id: int,
    target_revision: int,
    actor: Actor,
    now: datetime,
    reason: str,
) -> SourceMerge:
    """Let ``target`` stand for ``source`` too: what it said, published and feeds is given on.

    Notes stay and are read with ``target``; the name stays and leads there. Where both are heard in
    an incident, two speakers become one: it is counted anew, and a published one goes under
    revision. Raises NotAllowed, NotFound, InvalidInput, StaleRevision, SourceMergedAway,
    UnableToMerge.
    """
    require_right(actor, Right.MERGE_SOURCES)
    reason = checked_reason(reason, missing="Say how you know that both are one source.")
    _lock_claims(Claim.objects.filter(speaker=source_id))
    source, target = _lock_sources(source_id, target_id)
    for one, revision in ((source, source_revision), (target, target_revision)):
        refuse_merged(one)
        if one.revision != revision:
            who = last_writer(one, "source.edit", "source.merge", "source.undo_merge")
            raise StaleRevision(f"{who} changed {one} since you opened it. Compare again.")
    obstacles = obstacles_to_merging_sources(source, target)
    if obstacles:
        raise UnableToMerge(" ".join(obstacles))
    concerned = _lock_incidents(may_change(source, target))
    before = answers_of(concerned)
    done = SourceMerge.objects.create(
        source=source,
        target=target,
        pre_image=source_pre_image(source, target),
        by_id=actor.person_id,
        at=now,
        reason=reason,
    )
    _give_on(done)
    changed = _count_anew(before, actor=actor, now=now, reason=reason)
    _tell(done, "source.merge", changed=changed, actor=actor, now=now, reason=reason)
    return done


@transaction.atomic
def undo_source_merge(*, merge_id: int, actor: Actor, now: datetime, reason: str) -> SourceMerge:
    """Part two merged sources again; what came since stays with the one that stood for both.

    Raises NotAllowed, NotFound, InvalidInput, UnableToUndo with everything that conflicts.
    """
    require_right(actor, Right.MERGE_SOURCES)
    reason = checked_reason(reason, missing="Say why they are two sources after all.")
    image = get_source_merge(merge_id).pre_image
    _lock_claims(Claim.objects.filter(pk__in=[one["id"] for one in image["claims"]]))
    _lock_sources(image["source"]["id"], image["target"]["id"])
    done = get_source_merge(merge_id)
    conflicts = conflicts_of_source_merge(done)
    if conflicts:
        raise UnableToUndo(" ".join(conflicts))
    ids = {*moved_incidents(done).values_list("pk", flat=True)}
    if image["takes_party"]:
        ids |= {*may_change(done.source, done.target)}
    before = answers_of(_lock_incidents(ids))
    SourceMergeUndo.objects.create(merge=done, by_id=actor.person_id, at=now, reason=reason)
    _give_back(done)
    changed = _count_anew(before, actor=actor, now=now, reason=reason)
    _tell(done, "source.undo_merge", changed=changed, actor=actor, now=now, reason=reason)
    return done


def _lock_claims(claims: Any) -> None:
    """Before the sources, as who decides a claim does, who then looks at its speaker."""
    list(claims.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _lock_sources(source_id: int, target_id: int) -> tuple[Source, Source]:
    rows = Source.objects.select_for_update(of=("self",)).select_related("party", "merged_into")
    found = {row.pk: row for row in rows.filter(pk__in={source_id, target_id}).order_by("pk")}
    for pk in (source_id, target_id):
        if pk not in found:
            raise NotFound(f"There is no source {pk}.")
    return found[source_id], found[target_id]


def _lock_incidents(ids: Collection[int]) -> list[int]:
    rows = Incident.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _give_on(done: SourceMerge) -> None:
    source, target, image = done.source, done.target, done.pre_image
    Claim.objects.filter(speaker=source).update(speaker=target, revision=F("revision") + 1)
    Article.objects.filter(pk__in=image["articles"]).update(outlet=target)
    Feed.objects.filter(source=source).update(source=target, revision=F("revision") + 1)
    if image["takes_party"]:
        target.party = source.party
    target.revision += 1
    target.save(update_fields=["party", "revision"])
    source.merged_into = target
    source.revision += 1
    source.save(update_fields=["merged_into", "revision"])


def _give_back(done: SourceMerge) -> None:
    source, target, image = done.source, done.target, done.pre_image
    source.merged_into = None
    source.revision += 1
    source.save(update_fields=["merged_into", "revision"])
    if image["takes_party"]:
        target.party = None
    target.revision += 1
    target.save(update_fields=["party", "revision"])
    claims = [one["id"] for one in image["claims"]]
    Claim.objects.filter(pk__in=claims).update(speaker=source, revision=F("revision") + 1)
    articles = Article.objects.filter(pk__in=image["articles"], outlet=target)
    articles.update(outlet=source)
    feeds = Feed.objects.filter(pk__in=image["feeds"], source=target)
    feeds.update(source=source, revision=F("revision") + 1)


def _count_anew(
    before: dict[int, dict[str, Any]], *, actor: Actor, now: datetime, reason: str
) -> list[Incident]:
    """Store the new answer of each incident that has one, with a line and a contributor."""
    after = answers_of(before)
    ids = [pk for pk, answer in before.items() if after[pk] != answer]
    changed = list(Incident.objects.filter(pk__in=ids).order_by("pk"))
    for incident in changed:
        record_event(
            actor=actor, action="incident.count_anew", target=incident, now=now, reason=reason
        )
        mark_changed(incident, people=[actor.person_id], kind=ContributionKind.MERGED, now=now)
    for assessed in assess_incidents(changed).values():
        store_assessment(assessed=assessed, now=now)
    return changed


def _tell(
    done: SourceMerge,
    action: str,
    *,
    changed: list[Incident],
    actor: Actor,
    now: datetime,
    reason: str,
) -> None:
    image = done.pre_image
    numbers: dict[str, Value] = {
        "merge": done.pk,
        "claims": len(image["claims"]),
        "articles": len(image["articles"]),
        "feeds": len(image["feeds"]),
        "incidents": [incident.pk for incident in changed],
    }
    for target, other in ((done.source, done.target), (done.target, done.source)):
        record_event(
            actor=actor,
            action=action,
            target=target,
            now=now,
            reason=reason,
            changes={**numbers, "with": other.pk},
        )
