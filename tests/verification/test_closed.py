"""What a second coding closes to its coder: copies of the text, and what rests on its article."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PersonFactory,
    ReviewTaskFactory,
    accepted_claim,
)
from tests.incidents.restructured import merged
from tests.verification.coded import drawn
from tracker.core.actor import Role
from tracker.core.errors import NotAllowed
from tracker.incidents.services.incidents import record_evidence, record_position
from tracker.sources.models import Story
from tracker.verification.selectors.closed import (
    NOTHING,
    blind_task_ids,
    closed_to,
    refuse_blind,
)
from tracker.verification.selectors.talk import About
from tracker.verification.services.assign import UnableToAssign, assign
from tracker.verification.services.leases import lease_next, lease_task
from tracker.verification.services.second_coding import take_coding
from tracker.verification.services.tasks import finish_task, reopen_task

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_what_is_coded_blind_is_neither_taken_nor_given(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    coding = drawn(researcher)
    actor, overseer = reviewer.as_actor(), coordinator.as_actor()
    take_coding(coding_id=coding.pk, actor=actor, now=NOW)
    reopen_task(task_id=coding.task_id, actor=overseer, now=NOW, reason="Again.")

    assert blind_task_ids(actor) == [coding.task_id]
    assert lease_next(actor=actor, now=NOW) is None
    with pytest.raises(NotAllowed, match="without knowing the first coding"):
        lease_task(task_id=coding.task_id, actor=actor, now=NOW)
    about = About(task_id=coding.task_id)
    with pytest.raises(UnableToAssign, match="can't look after this task now"):
        assign(about=about, person_id=reviewer.pk, actor=overseer, now=NOW)
    assert blind_task_ids(researcher.as_actor()) == []
    assert lease_next(actor=researcher.as_actor(), now=NOW) == coding.task


def test_copies_that_others_finished_are_closed_as_long(
    researcher: Person, reviewer: Person
) -> None:
    story = Story.objects.create(made_at=NOW)
    actor, other = reviewer.as_actor(), researcher.as_actor()
    theirs, mine, waiting = (
        ReviewTaskFactory(article=ArticleFactory(story=story)) for _ in range(3)
    )
    for task, who in ((theirs, other), (mine, actor)):
        held = lease_task(task_id=task.pk, actor=who, now=NOW)
        finish_task(task_id=held.pk, fence=held.fence, actor=who, now=NOW)
    coding = drawn(researcher, story=story)

    take_coding(coding_id=coding.pk, actor=actor, now=NOW)

    assert closed_to(actor).tasks == {theirs.pk, coding.task_id}
    with pytest.raises(NotAllowed, match="without knowing the first coding"):
        refuse_blind(task_id=theirs.pk, viewer=actor)
    assert lease_next(actor=actor, now=NOW) == waiting
    assert closed_to(other) == NOTHING


def test_an_incident_is_closed_where_it_rests_on_the_article(
    researcher: Person, reviewer: Person
) -> None:
    coding = drawn(researcher)
    coder = PersonFactory(role=Role.RESEARCHER.value).as_actor()
    take_coding(coding_id=coding.pk, actor=coder, now=NOW)
    article = coding.task.article
    by_claim, by_evidence, by_word, other = IncidentFactory.create_batch(4, created_by=researcher)
    accepted_claim(by=researcher, article=article, incident=by_claim)
    accepted_claim(by=researcher, incident=other)
    actor = researcher.as_actor()
    record_evidence(
        incident_id=by_evidence.pk,
        kind="IMAGERY",
        party_name="",
        article_id=article.pk,
        note="A crater.",
        actor=actor,
        now=NOW,
    )
    record_position(
        incident_id=by_word.pk,
        party_name="The Coalition",
        said_on=date(2026, 11, 12),
        act="",
        harm="DENIES_HARM",
        responsibility="",
        article_id=article.pk,
        actor=actor,
        now=NOW,
    )
    merged(by_word, by_evidence, reviewer)
    merged(other, by_evidence, reviewer)

    closed = closed_to(coder)

    assert closed.incidents == {one.pk for one in (by_claim, by_evidence, by_word, other)}
    assert closed.articles == {article.pk}
    assert closed.tasks == {coding.task_id}
    assert closed_to(actor) == NOTHING
