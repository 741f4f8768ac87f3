"""A task that one person finished and another codes blind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import NOW
from tests.factories import ArticleFactory, ClaimFactory, PersonFactory, ReviewTaskFactory
from tests.verification.bench import Bench, accept, read_as
from tracker.core.actor import Role
from tracker.incidents.models import Reading
from tracker.verification.models import SecondCoding
from tracker.verification.services.decisions import reject_claim
from tracker.verification.services.draw import set_share
from tracker.verification.services.leases import lease_task
from tracker.verification.services.second_coding import (
    CodedFields,
    code_proposal,
    finish_coding,
    take_coding,
)
from tracker.verification.services.tasks import finish_task

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.accounts.models import Person
    from tracker.incidents.models import Claim

TEXT = (
    "ARDESH (Meridian Wire) - An air strike on a market in Ardesh killed at least seven people "
    "and wounded 12 on Tuesday, the Nahr Rescue Service said.\n\n"
    "Officials spoke of two missing children."
)


def share(per_cent: int) -> None:
    """Let a coordinator set the share."""
    coordinator = PersonFactory(role=Role.COORDINATOR.value)
    set_share(per_cent=per_cent, actor=coordinator.as_actor(), now=NOW)


def read(claim: Claim, **fields: Any) -> Claim:
    """Keep the machine's reading of a claim that is still as it was proposed."""
    told = {
        name: getattr(claim, name)
        for name in ("outcome", "subject_status", "scope", "minimum", "maximum", "speaker_text")
    }
    Reading.objects.create(claim=claim, extractor="tests", **{**told, **fields})
    return claim


def proposed(bench: Bench, quote: str, **fields: Any) -> Claim:
    """A claim with its reading, at these words of the article."""
    start = bench.task.article.text.index(quote)
    claim = ClaimFactory(
        article=bench.task.article, start=start, end=start + len(quote), quote=quote, **fields
    )
    return read(claim)


def drawn(first: Person, *, now: datetime = NOW, **article: Any) -> SecondCoding:
    """A task with two proposals that ``first`` finished: eight to ten killed, no one wounded.

    The share is 100 per cent, so it is drawn.
    """
    share(100)
    task = ReviewTaskFactory(article=ArticleFactory(text=TEXT, **article))
    bench = Bench(
        task=lease_task(task_id=task.pk, actor=first.as_actor(), now=now), actor=first.as_actor()
    )
    killed = proposed(bench, "killed at least seven people", minimum=7)
    proposed(bench, "wounded 12", outcome="INJURED", minimum=12, maximum=12)
    return finished(bench, killed, now)


def finished(bench: Bench, killed: Claim, now: datetime) -> SecondCoding:
    """The first coder corrects one, rejects the rest and is done."""
    hold = bench.hold | {"now": now}
    correction = read_as(minimum=8, maximum=10, scope="AGGREGATE", speaker_text="First Speaker")
    accept(bench, killed, correction=correction, now=now, reason="First reason.")
    for claim in bench.task.article.claims.filter(state="PROPOSED"):
        reject(bench, claim, now)
    finish_task(**hold)
    return SecondCoding.objects.get(task=bench.task)


def reject(bench: Bench, claim: Claim, now: datetime) -> None:
    """Reject it."""
    from_bench = bench.hold | {"now": now}
    reject_claim(
        claim_id=claim.pk, expected_revision=claim.revision, reason="Not harm.", **from_bench
    )


def coded_fields(**over: Any) -> CodedFields:
    """At least seven killed, the rescue service says, unless ``over`` says otherwise."""
    own = {name: over.pop(name) for name in ("place", "date_start", "date_end") if name in over}
    return CodedFields(claim=read_as(**over), **own)


def coded_twice(first: Person, second: Person, *, now: datetime = NOW, **over: Any) -> SecondCoding:
    """The same, coded a second time: at least seven killed, twelve wounded."""
    coding = drawn(first, now=now)
    actor = second.as_actor()
    take_coding(coding_id=coding.pk, actor=actor, now=now)
    killed, wounded = coding.task.article.claims.order_by("start")
    told = {killed: coded_fields(**over), wounded: coded_fields(outcome="INJURED", minimum=12)}
    for claim, fields in told.items():
        code_proposal(coding_id=coding.pk, claim_id=claim.pk, fields=fields, actor=actor, now=now)
    return finish_coding(coding_id=coding.pk, actor=actor, now=now)
