"""Which copies descend from one text: candidates by shared keys, verified sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from tracker.audit.services.record import record_events
from tracker.sources.choices import COPIES, ArticleState, LineageKind, LinkState
from tracker.sources.models import Article, LineageLink, Story
from tracker.sources.rules.lineage import LineageVerdict, TextToRelate, compare
from tracker.sources.rules.lineage_credits import agency_credit
from tracker.sources.rules.lineage_links import Link, needed
from tracker.sources.rules.marks import Mark, unmarked
from tracker.sources.rules.signature import ALGORITHM, Signature, sign
from tracker.sources.services.leases import (
    WORKER,
    ArticleLease,
    advance_articles,
    hold_articles,
    lease_articles,
)
from tracker.sources.services.relate_candidates import Carrier, array_literal, find_candidates
from tracker.sources.services.relate_stories import (
    Place,
    lock_lineage,
    precedence_of,
    regroup,
    save_places,
)
from tracker.watching.choices import Stage
from tracker.watching.services.throughput import count_stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from tracker.sources.rules.lineage_links import Precedence
    from tracker.sources.services.relate_candidates import Candidates

_SIGN = """
    INSERT INTO sources_textsignature (article_id, algorithm, bands, sentences)
    SELECT id, %s, bands::bigint[], sentences::bigint[]
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS signature(id, bands, sentences)
    ON CONFLICT (article_id) DO NOTHING
"""


def relate_articles(*, article_ids: Sequence[int], now: datetime) -> int:
    """Link each article to the text it descends from; return how many were compared."""
    leases = lease_articles(article_ids=article_ids, state=ArticleState.PARSED, now=now)
    if not leases:
        return 0
    texts = read_texts([lease.article_id for lease in leases])
    signatures = {pk: sign(text.prepared) for pk, text in texts.items()}
    return _store_related(leases=leases, texts=texts, signatures=signatures, now=now)


def read_texts(article_ids: Collection[int]) -> dict[int, TextToRelate]:
    """The articles' texts without what is marked as furniture, ready to be compared."""
    rows = Article.objects.filter(pk__in=article_ids).order_by("pk")
    texts = {}
    for pk, text, marks, title, outlet, published, dateline in rows.values_list(
        "pk", "text", "marks", "title", "outlet_id", "published_on", "dateline"
    ):
        own = unmarked(text, [Mark(*mark) for mark in marks])
        texts[pk] = TextToRelate(
            name=str(pk),
            text=own,
            title=title,
            outlet=str(outlet or ""),
            published=published,
            credit=agency_credit(own, dateline),
        )
    return texts


@transaction.atomic
def _store_related(
    *,
    leases: Sequence[ArticleLease],
    texts: Mapping[int, TextToRelate],
    signatures: Mapping[int, Signature],
    now: datetime,
) -> int:
    lock_lineage()
    held = hold_articles(leases)
    carriers = {pk: Carrier(None, texts[pk].outlet, texts[pk].published) for pk in held}
    candidates = find_candidates({pk: signatures[pk] for pk in held}, carriers, now=now)
    versions = _add_versions(candidates, held)
    found = _verified(candidates, texts, versions)
    begun = _begin_stories(held, now=now)
    anew = {article.story_id for article in held.values() if article.story_id is not None}
    places = _link(found, begun, anew, candidates, now=now)
    store_signatures(candidates.signatures, places)
    _store_credits({pk: texts[pk].credit for pk in held})
    advance_articles(list(held), state=ArticleState.RELATED, now=now)
    record_events(
        actor=WORKER,
        action="article.relate",
        now=now,
        lines=[
            (article, {"lineage": places[pk].kind, "origin": places[pk].origin})
            for pk, article in held.items()
        ],
    )
    count_stage(Stage.RELATE, done=len(held), now=now)
    return len(held)


def _begin_stories(held: Mapping[int, Article], *, now: datetime) -> dict[int, int]:
    """A story for each article; one that is related anew starts from where it is."""
    begun = {pk: article.story_id for pk, article in held.items() if article.story_id is not None}
    new = [pk for pk in held if pk not in begun]
    stories = Story.objects.bulk_create([Story(made_at=now) for _ in new])
    return begun | {pk: story.pk for pk, story in zip(new, stories, strict=True)}


def _add_versions(candidates: Candidates, held: Mapping[int, Article]) -> set[frozenset[int]]:
    """Have each article compared with the versions beside it; return those pairs.

    One that was not compared yet is left out: it finds the other when its turn comes.
    """
    beside = Article.objects.filter(Q(pk__in=held) | Q(previous__in=held), previous__isnull=False)
    stories: dict[int, int | None] = {}
    pairs: set[frozenset[int]] = set()
    for later, earlier, *their_stories in beside.values_list(
        "pk", "previous_id", "story_id", "previous__story_id"
    ):
        if earlier is None:
            continue
        stories |= zip((later, earlier), their_stories, strict=True)
        if all(pk in held or stories[pk] is not None for pk in (later, earlier)):
            pairs.add(frozenset((later, earlier)))
    for pair in pairs:
        asking = max(pk for pk in pair if pk in held)
        (other,) = pair - {asking}
        others = candidates.of.setdefault(asking, [])
        if other not in others and asking not in candidates.of.get(other, []):
            others.append(other)
        candidates.carriers.setdefault(other, Carrier(stories[other], "", None))
    return pairs


def _verified(
    candidates: Candidates,
    texts: Mapping[int, TextToRelate],
    versions: Collection[frozenset[int]],
) -> dict[tuple[int, int], LineageVerdict]:
    """The verdicts on the pairs that are no strangers, the one that descends first.

    Versions of one page are one story, however little of the text stayed.
    """
    everyone = {pk for asking, others in candidates.of.items() for pk in (asking, *others)}
    known = dict(texts) | read_texts(everyone - texts.keys())
    precedence = _precedence(everyone)
    refused = _refused(everyone)
    found = {}
    for asking, others in candidates.of.items():
        for other in others:
            earlier, later = sorted((asking, other), key=lambda pk: precedence[pk])
            if frozenset((asking, other)) in refused:
                continue
            verdict = compare(known[earlier], known[later], furniture=candidates.furniture)
            if frozenset((asking, other)) in versions and verdict.kind not in COPIES:
                verdict = replace(verdict, kind=LineageKind.UPDATED_COPY.value)
            if verdict.kind in LineageKind.values:
                found[later, earlier] = verdict
    return found


def _precedence(article_ids: Collection[int]) -> dict[int, Precedence]:
    rows = Article.objects.filter(pk__in=article_ids).only("published_on", "received_at")
    return {article.pk: precedence_of(article) for article in rows}


def _refused(article_ids: Collection[int]) -> set[frozenset[int]]:
    """The pairs that a person has parted; what was refused is not proposed again."""
    either = Q(article__in=article_ids) & Q(other__in=article_ids)
    rows = LineageLink.objects.filter(either, state=LinkState.REFUSED)
    return {frozenset(pair) for pair in rows.values_list("article_id", "other_id")}


def _link(
    found: Mapping[tuple[int, int], LineageVerdict],
    begun: Mapping[int, int],
    anew: Collection[int],
    candidates: Candidates,
    *,
    now: datetime,
) -> dict[int, Place]:
    """Store the links that are needed and give every article of the batch its place."""
    story_of = {pk: begun.get(pk) or carrier.story for pk, carrier in candidates.carriers.items()}
    links = [Link(*pair, v.kind, v.overlap, v.share) for pair, v in found.items()]
    copies = [link for link in links if link.kind in COPIES]
    involved = {pk for link in links for pk in (link.article, link.other)}
    kept = needed(copies, story_of, _precedence(involved))
    partial = _nearest_partial(links, begun)
    _store_links([*kept, *partial], found, now=now)
    alone = Place(0, None, LineageKind.ORIGINAL.value, None)
    places = {pk: Place(story, *_fields(alone)) for pk, story in begun.items()}
    for link in partial:
        descent = link.seen_from(link.article)
        places[link.article] = Place(
            begun[link.article], descent.origin, descent.kind, descent.overlap
        )
    save_places(places)
    linked = {story_of[pk] for link in kept for pk in (link.article, link.other)}
    touched = {story for story in linked | set(anew) if story is not None}
    joined = regroup(story_ids=touched, now=now) if touched else {}
    return {pk: joined.get(pk, place) for pk, place in places.items()}


def _fields(place: Place) -> tuple[int | None, str, float | None]:
    return (place.origin, place.kind, place.overlap)


def _nearest_partial(links: Iterable[Link], begun: Mapping[int, int]) -> list[Link]:
    """For each new text the earlier one it shares most passages with, where it is no copy."""
    nearest: dict[int, Link] = {}
    copies = {pk for link in links if link.kind in COPIES for pk in (link.article, link.other)}
    for link in sorted(links, key=lambda link: link.strength):
        if link.article in begun and link.article not in copies:
            nearest[link.article] = link
    return list(nearest.values())


def _store_links(
    links: Iterable[Link],
    found: Mapping[tuple[int, int], LineageVerdict],
    *,
    now: datetime,
) -> None:
    LineageLink.objects.bulk_create(
        [
            LineageLink(
                article_id=link.article,
                other_id=link.other,
                kind=link.kind,
                overlap=link.overlap,
                share=link.share,
                reasons=[r.as_json() for r in found[link.article, link.other].reasons],
                made_at=now,
            )
            for link in links
        ],
        ignore_conflicts=True,
    )


def store_signatures(signatures: Mapping[int, Signature], places: Mapping[int, Place]) -> None:
    """Each wording is found by one text: a hundred verbatim copies would be found a hundred
    times."""
    own = {
        pk: signature
        for pk, signature in signatures.items()
        if places[pk].kind != LineageKind.VERBATIM_COPY
    }
    if own:
        bands = [array_literal(signature.bands) for signature in own.values()]
        sentences = [array_literal(signature.sentences) for signature in own.values()]
        with connection.cursor() as cursor:
            cursor.execute(_SIGN, [ALGORITHM, list(own), bands, sentences])


def _store_credits(named: Mapping[int, str]) -> None:
    """Write the agencies named, where any is."""
    by_name: dict[str, list[int]] = {}
    for pk, name in named.items():
        if name:
            by_name.setdefault(name, []).append(pk)
    for name, article_ids in by_name.items():
        Article.objects.filter(pk__in=article_ids).update(credit=name[:60])
