"""Comments, whom they name, and who looks after what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import IncidentFactory, PersonFactory, ReviewTaskFactory
from tests.incidents.restructured import merged
from tests.verification.coded import drawn
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.verification.models import Assignment, Comment, CommentText, Mention
from tracker.verification.rules.mentions import find_mentions
from tracker.verification.selectors.closed import closed_to
from tracker.verification.selectors.talk import (
    About,
    assignees,
    count_talk,
    find_assignment,
    list_assignable,
    list_assignments,
    list_comments,
    list_mentions,
)
from tracker.verification.services.assign import (
    UnableToAssign,
    assign,
    end_assignment,
    mark_assignment,
    mark_mention,
)
from tracker.verification.services.second_coding import take_coding
from tracker.verification.services.talk import (
    UnableToWithdraw,
    add_comment,
    shred_comment,
    withdraw_comment,
)
from tracker.verification.services.tasks import reopen_task

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(db: None) -> About:
    """A task that waits."""
    return About(task_id=ReviewTaskFactory().pk)


def _mentions(person: Person) -> QuerySet[Mention]:
    actor = person.as_actor()
    return list_mentions(viewer=actor, closed=closed_to(actor))


def _assignments(person: Person) -> QuerySet[Assignment]:
    actor = person.as_actor()
    return list_assignments(viewer=actor, closed=closed_to(actor))


def _say(about: About, text: str, author: Person) -> Comment:
    return add_comment(about=about, text=text, actor=author.as_actor(), now=NOW)


@pytest.mark.parametrize(
    ("text", "people", "unknown"),
    [
        ("@Red Kite, look", (2,), ()),
        ("@red, look at @RED KITE.", (1, 2), ()),
        ("@Red Kites differ", (1,), ()),
        ("@Redstart", (), ("Redstart",)),
        ("mail a@red.example or /@red", (), ()),
        ("@nobody and @nobody-else, @nobody.", (), ("nobody", "nobody-else")),
        ("5 @ 3 and @", (), ()),
        ("(@Red)@Red", (1,), ()),
        ("@أحمد شكرا", (3,), ()),
    ],
)
def test_mention_is_the_longest_alias_behind_an_at(
    text: str, people: tuple[int, ...], unknown: tuple[str, ...]
) -> None:
    found = find_mentions(text, {"Red": 1, "Red Kite": 2, "أحمد": 3})

    assert (found.people, found.unknown) == (people, unknown)


def test_comment_reaches_whom_it_names_and_no_audit_line_holds_its_words(
    about: About, researcher: Person, reviewer: Person
) -> None:
    comment = _say(about, f" Is this a copy, @{reviewer.alias}? ", researcher)

    listed = list_comments(about, viewer=reviewer.as_actor())
    assert [(c.author, c.words.text) for c in listed] == [
        (researcher, f"Is this a copy, @{reviewer.alias}?")
    ]
    mention = _mentions(reviewer).get()
    assert (mention.comment, mention.read_at) == (comment, None)
    event = AuditEvent.objects.get(action="comment.add")
    assert event.changes == {
        "task_id": about.task_id,
        "incident_id": None,
        "mentions": [reviewer.pk],
    }
    assert not hasattr(event, "reason")
    assert count_talk(about).comments == 1


def test_comment_that_names_a_stranger_is_refused_kindly(about: About, researcher: Person) -> None:
    gone = PersonFactory(alias="Swift", is_active=False)

    with pytest.raises(InvalidInput, match="Nobody here is called Swift; after an @ stands"):
        _say(about, f"@{gone.alias}, look", researcher)
    with pytest.raises(InvalidInput, match="Say something"):
        _say(about, " \n", researcher)
    with pytest.raises(InvalidInput, match="4000"):
        _say(about, "x" * 4001, researcher)

    assert not Comment.objects.exists()


def test_comments_are_written_by_who_works_here_on_what_there_is(
    about: About, researcher: Person, viewer: Person
) -> None:
    with pytest.raises(NotAllowed):
        _say(about, "Hello.", viewer)
    for nothing in (About(task_id=0), About(incident_id=0)):
        with pytest.raises(NotFound):
            _say(nothing, "Hello.", researcher)
    _say(About(incident_id=IncidentFactory().pk), "Hello.", researcher)

    assert list_comments(about, viewer=viewer.as_actor()) == []


def test_author_withdraws_and_the_words_stay_until_they_are_shredded(
    about: About, researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    comment = _say(about, f"@{reviewer.alias} wrong", researcher)
    with pytest.raises(NotAllowed, match="Only its author"):
        withdraw_comment(comment_id=comment.pk, actor=coordinator.as_actor(), now=NOW)

    withdraw_comment(comment_id=comment.pk, actor=researcher.as_actor(), now=NOW)

    assert count_talk(about).comments == 0
    assert not list_mentions(
        viewer=reviewer.as_actor(), closed=closed_to(reviewer.as_actor())
    ).exists()
    assert CommentText.objects.get().text.endswith("wrong")
    with pytest.raises(UnableToWithdraw, match="already"):
        withdraw_comment(comment_id=comment.pk, actor=researcher.as_actor(), now=NOW)


def test_coordinator_shreds_words_with_a_reason_for_good(
    about: About, researcher: Person, coordinator: Person
) -> None:
    comment = _say(about, "A name that should not stand here", researcher)
    with pytest.raises(NotAllowed):
        shred_comment(comment_id=comment.pk, now=NOW, actor=researcher.as_actor(), reason="A name.")
    with pytest.raises(InvalidInput, match="Say why"):
        shred_comment(comment_id=comment.pk, now=NOW, actor=coordinator.as_actor(), reason=" ")

    shred_comment(comment_id=comment.pk, now=NOW, actor=coordinator.as_actor(), reason="A name.")

    comment.refresh_from_db()
    assert (comment.withdrawn_at, comment.shredded_at) == (NOW, NOW)
    assert not CommentText.objects.exists()
    assert AuditEvent.objects.get(action="comment.shred").reason.text == "A name."
    with pytest.raises(UnableToWithdraw, match="gone already"):
        shred_comment(comment_id=comment.pk, now=NOW, actor=coordinator.as_actor(), reason="Again.")
    with pytest.raises(NotFound):
        withdraw_comment(comment_id=0, actor=researcher.as_actor(), now=NOW)


def test_mention_is_marked_read_and_unread_by_who_is_named(
    about: About, researcher: Person, reviewer: Person
) -> None:
    _say(about, f"@{reviewer.alias}", researcher)
    mention = Mention.objects.get()

    mark_mention(mention_id=mention.pk, is_read=True, actor=reviewer.as_actor(), now=NOW)
    mention.refresh_from_db()
    assert mention.read_at == NOW
    mark_mention(mention_id=mention.pk, is_read=False, actor=reviewer.as_actor(), now=NOW)
    mention.refresh_from_db()
    assert mention.read_at is None
    with pytest.raises(NotFound):
        mark_mention(mention_id=mention.pk, is_read=True, actor=researcher.as_actor(), now=NOW)


def test_coordinator_gives_work_and_relieves_who_had_it(
    about: About, researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    actor = coordinator.as_actor()

    first = assign(about=about, person_id=researcher.pk, actor=actor, now=NOW)
    assert first.read_at is None
    assert (
        list_assignments(
            viewer=researcher.as_actor(), closed=closed_to(researcher.as_actor())
        ).get()
        == first
    )
    second = assign(about=about, person_id=reviewer.pk, actor=actor, now=NOW)

    assert find_assignment(about) == second
    assert assignees([about.task_id or 0]) == {about.task_id: reviewer.alias}
    assert not list_assignments(
        viewer=researcher.as_actor(), closed=closed_to(researcher.as_actor())
    ).exists()
    event = AuditEvent.objects.filter(action="assignment.make").latest("id")
    assert event.changes["person"] == [str(researcher.pk), str(reviewer.pk)]
    with pytest.raises(UnableToAssign, match="already"):
        assign(about=about, person_id=reviewer.pk, actor=actor, now=NOW)


def test_everybody_takes_work_for_themselves_and_from_nobody(
    about: About, researcher: Person, reviewer: Person, viewer: Person
) -> None:
    with pytest.raises(NotAllowed, match="Only a coordinator gives work"):
        assign(about=about, person_id=reviewer.pk, actor=researcher.as_actor(), now=NOW)
    with pytest.raises(NotAllowed):
        assign(about=about, person_id=viewer.pk, actor=viewer.as_actor(), now=NOW)
    made = assign(about=about, person_id=researcher.pk, actor=researcher.as_actor(), now=NOW)
    assert made.read_at == NOW
    with pytest.raises(UnableToAssign, match="looks after it; ask them"):
        assign(about=about, person_id=reviewer.pk, actor=reviewer.as_actor(), now=NOW)


def test_work_goes_to_who_can_do_it_and_only_where_there_is_any(
    about: About,
    researcher: Person,
    viewer: Person,
    coordinator: Person,
    reviewer: Person,
) -> None:
    actor = coordinator.as_actor()
    gone = PersonFactory(is_active=False)
    with pytest.raises(UnableToAssign, match="does not reach"):
        assign(about=about, person_id=viewer.pk, actor=actor, now=NOW)
    with pytest.raises(InvalidInput, match="no such person"):
        assign(about=about, person_id=gone.pk, actor=actor, now=NOW)
    assert {p.role for p in list_assignable(about)} == {"RESEARCHER", "REVIEWER", "COORDINATOR"}
    closed = About(task_id=drawn(researcher).task_id)
    with pytest.raises(UnableToAssign, match="closed"):
        assign(about=closed, person_id=researcher.pk, actor=actor, now=NOW)
    one, two = IncidentFactory(), IncidentFactory()
    merged(one, two, reviewer)
    with pytest.raises(UnableToAssign, match="merged away"):
        assign(about=About(incident_id=one.pk), person_id=researcher.pk, actor=actor, now=NOW)
    assign(about=About(incident_id=two.pk), person_id=researcher.pk, actor=actor, now=NOW)
    assert (
        list_assignments(
            viewer=researcher.as_actor(), closed=closed_to(researcher.as_actor())
        ).count()
        == 1
    )


def test_assignment_is_ended_by_the_person_or_a_coordinator(
    about: About, researcher: Person, reviewer: Person
) -> None:
    assign(about=about, person_id=researcher.pk, actor=researcher.as_actor(), now=NOW)
    with pytest.raises(NotAllowed, match="Only who looks after it"):
        end_assignment(about=about, actor=reviewer.as_actor(), now=NOW)

    end_assignment(about=about, actor=researcher.as_actor(), now=NOW)

    ended = Assignment.objects.get()
    assert (ended.ended_at, ended.ended_by) == (NOW, researcher)
    with pytest.raises(NotFound, match="Nobody looks after"):
        end_assignment(about=about, actor=researcher.as_actor(), now=NOW)


def test_assignment_is_marked_read_by_its_person(
    about: About, researcher: Person, coordinator: Person
) -> None:
    made = assign(about=about, person_id=researcher.pk, actor=coordinator.as_actor(), now=NOW)

    mark_assignment(assignment_id=made.pk, is_read=True, actor=researcher.as_actor(), now=NOW)

    made.refresh_from_db()
    assert made.read_at == NOW
    with pytest.raises(NotFound):
        mark_assignment(assignment_id=made.pk, is_read=True, actor=coordinator.as_actor(), now=NOW)


def test_talk_about_a_task_is_closed_to_who_codes_it_blind(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    coding = drawn(researcher)
    about = About(task_id=coding.task_id)
    _say(about, f"Eight to ten, I think, @{reviewer.alias}", researcher)
    take_coding(coding_id=coding.pk, actor=reviewer.as_actor(), now=NOW)
    reopen_task(task_id=coding.task_id, actor=coordinator.as_actor(), now=NOW, reason="Again.")

    assert not list_mentions(
        viewer=reviewer.as_actor(), closed=closed_to(reviewer.as_actor())
    ).exists()
    with pytest.raises(NotAllowed, match="without knowing"):
        list_comments(about, viewer=reviewer.as_actor())
    with pytest.raises(UnableToAssign, match="can't look after this task now"):
        assign(about=about, person_id=reviewer.pk, actor=coordinator.as_actor(), now=NOW)


def test_comment_makes_nobody_a_contributor(researcher: Person) -> None:
    incident = IncidentFactory()

    _say(About(incident_id=incident.pk), "Nice.", researcher)

    assert not incident.contributions.exists()
