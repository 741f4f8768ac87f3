"""What people say of links between texts: confirmed, refused for good, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.core.reasons import checked_reason
from tracker.sources.choices import ArticleState, LineageKind, LinkState
from tracker.sources.models import Article, LineageLink, TextSignature
from tracker.sources.rules.lineage import compare
from tracker.sources.rules.lineage_reasons import Reason, ReasonCode
from tracker.sources.rules.signature import sign
from tracker.sources.services.relate import read_texts, store_signatures
from tracker.sources.services.relate_stories import lock_lineage, regroup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.services.relate_stories import Place

_LONGEST_REASON = 1000


@transaction.atomic
def decide_link(
    *, link_id: int, decision: LinkState, actor: Actor, now: datetime, reason: str = ""
) -> LineageLink:
    """Confirm a link or refuse it; the stories follow at once.

    What is refused never returns: not when an article is related anew, and not by way of a third
    text. An article that was read in another one's place is read on its own from then on.

    Raises NotAllowed, NotFound, InvalidInput.
    """
    person = _person(actor)
    if decision not in {LinkState.CONFIRMED, LinkState.REFUSED}:
        raise InvalidInput("A link is confirmed or refused.")
    lock_lineage()
    link = LineageLink.objects.select_for_update().filter(pk=link_id).first()
    if link is None:
        raise NotFound(f"There is no link {link_id}.")
    if link.state == decision:
        raise InvalidInput(f"This link is {decision.label} already.")
    if decision == LinkState.REFUSED or link.made_by_id is not None:
        reason = _required(reason)
    link.state = decision
    link.decided_by_id = person
    link.decided_at = now
    link.decision_reason = checked_reason(reason, longest=_LONGEST_REASON)
    link.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    _follow(link, now=now)
    record_event(
        actor=actor,
        action=f"lineage.{'confirm' if decision == LinkState.CONFIRMED else 'refuse'}",
        target=link,
        now=now,
        reason=link.decision_reason,
        changes={"article": link.article_id, "other": link.other_id, "kind": link.kind},
    )
    return link


@transaction.atomic
def make_link(
    *, article_id: int, other_id: int, kind: str, actor: Actor, now: datetime, reason: str
) -> LineageLink:
    """Say that an article descends from another: a translation, or what the machine didn't see.

    Raises NotAllowed, NotFound, InvalidInput for a kind there is none of, an article that is
    linked with itself or not compared yet, a pair that is linked or parted already, and a link
    without a reason.
    """
    person = _person(actor)
    if kind not in LineageKind.values or kind == LineageKind.ORIGINAL:
        raise InvalidInput(f"There is no kind of link {kind!r}.")
    if article_id == other_id:
        raise InvalidInput("An article is not linked with itself.")
    reason = _required(reason)
    lock_lineage()
    _compared(article_id)
    _compared(other_id)
    _without_link(article_id, other_id)
    texts = read_texts([article_id, other_id])
    verdict = compare(texts[other_id], texts[article_id])
    measured = kind != LineageKind.TRANSLATION
    link = LineageLink.objects.create(
        article_id=article_id,
        other_id=other_id,
        kind=kind,
        overlap=verdict.overlap if measured else None,
        share=verdict.share if measured else None,
        reasons=[Reason(ReasonCode.PERSON).as_json()],
        made_at=now,
        made_by_id=person,
        state=LinkState.CONFIRMED,
        decided_at=now,
        decided_by_id=person,
        decision_reason=reason,
    )
    _follow(link, now=now)
    record_event(
        actor=actor,
        action="lineage.link",
        target=link,
        now=now,
        reason=reason,
        changes={"article": article_id, "other": other_id, "kind": kind},
    )
    return link


def _person(actor: Actor) -> int:
    require_right(actor, Right.DECIDE_CLAIMS)
    if actor.id is None:
        raise NotAllowed("Only a person judges a link.")
    return actor.id


def _required(reason: str) -> str:
    return checked_reason(
        reason,
        missing="Say why in a few words; whoever looks next will want to know.",
        longest=_LONGEST_REASON,
    )


def _compared(article_id: int) -> None:
    article = Article.objects.light().filter(pk=article_id).first()
    if article is None:
        raise NotFound(f"There is no article {article_id}.")
    if article.story_id is None:
        raise InvalidInput(f"Article {article_id} was not compared yet; try again in a minute.")


def _without_link(article_id: int, other_id: int) -> None:
    pair = Q(article=article_id, other=other_id) | Q(article=other_id, other=article_id)
    link = LineageLink.objects.filter(pair).first()
    if link is not None:
        raise InvalidInput(
            f"These two are linked already ({LinkState(link.state).label}); decide on that link."
        )


def _follow(link: LineageLink, *, now: datetime) -> None:
    """Bring stories, origins and what depends on them after a decision."""
    stories = set(
        Article.objects.filter(pk__in=[link.article_id, link.other_id]).values_list(
            "story_id", flat=True
        )
    )
    before = {
        article.pk: article
        for article in Article.objects.light().filter(story_id__in=stories).order_by("pk")
    }
    places = regroup(story_ids=[story for story in stories if story is not None], now=now)
    moved = {
        pk: place
        for pk, place in places.items()
        if (place.story, place.origin, place.kind)
        != (before[pk].story_id, before[pk].origin_id, before[pk].lineage_kind)
    }
    _sign_those_on_their_own(moved)
    _search_again(moved, now=now)


def _sign_those_on_their_own(moved: Mapping[int, Place]) -> None:
    """A verbatim copy had no keys of its own; what is none any more needs them to be found."""
    own = [pk for pk, place in moved.items() if place.kind != LineageKind.VERBATIM_COPY]
    signed = set(TextSignature.objects.filter(article__in=own).values_list("article_id", flat=True))
    texts = read_texts([pk for pk in own if pk not in signed])
    store_signatures({pk: sign(text.prepared) for pk, text in texts.items()}, moved)


def _search_again(moved: Mapping[int, Place], *, now: datetime) -> None:
    """What descends from something else now is searched anew: it may need a task of its own, and
    its open claims other originals."""
    ready = Article.objects.filter(pk__in=moved, state=ArticleState.EXTRACTED)
    article_ids = list(ready.order_by("pk").values_list("pk", flat=True))
    ready.update(state=ArticleState.RELATED, state_since=now, attempts=0, leased_until=None)
    if article_ids:
        enqueue_on_commit(Job.ADVANCE_ARTICLES, article_ids=article_ids)
