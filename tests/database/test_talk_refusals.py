"""What comments, mentions and assignments may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tests.factories import IncidentFactory, ReviewTaskFactory
from tracker.verification.models import Assignment, Comment, CommentText, Mention

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(researcher: Person) -> Comment:
    """A comment that stands, with its words."""
    made = Comment.objects.create(task=ReviewTaskFactory(), author=researcher, at=NOW)
    CommentText.objects.create(comment=made, text="Look.")
    return made


@pytest.fixture
def assignment(researcher: Person) -> Assignment:
    """In force."""
    return Assignment.objects.create(
        task=ReviewTaskFactory(), person=researcher, by=researcher, at=NOW
    )


def _refused(why: str, row: Any, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)


def _kept(why: str, row: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        type(row).objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.parametrize("table", [Comment, Assignment])
def test_each_is_about_one_task_or_one_incident(table: Any, researcher: Person) -> None:
    people = {"author": researcher} if table is Comment else {"person": researcher}
    people |= {} if table is Comment else {"by": researcher}
    for things in ({}, {"task": ReviewTaskFactory(), "incident": IncidentFactory()}):
        with pytest.raises(DatabaseError, match="one_thing"), transaction.atomic():
            table.objects.create(**things, **people, at=NOW)


def test_comment_stays_whose_it_is_and_is_never_deleted(comment: Comment, reviewer: Person) -> None:
    _refused("Cannot update", comment, author=reviewer)
    _refused("Cannot update", comment, task=ReviewTaskFactory())
    _kept("Cannot delete", comment)


def test_words_are_never_rewritten_and_go_only_once_withdrawn(comment: Comment) -> None:
    words = CommentText.objects.get()

    _refused("Cannot update", words, text="Otherwise.")
    _kept("only the words of a withdrawn comment", words)
    Comment.objects.filter(pk=comment.pk).update(withdrawn_at=NOW)
    CommentText.objects.filter(pk=words.pk).delete()
    with pytest.raises(DatabaseError, match="takes no words"), transaction.atomic():
        CommentText.objects.create(comment=comment, text="Again.")


def test_words_can_not_be_emptied_all_at_once() -> None:
    with (
        pytest.raises(DatabaseError, match="Cannot truncate"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE verification_commenttext")


def test_comment_says_something(comment: Comment, researcher: Person) -> None:
    other = Comment.objects.create(task=comment.task, author=researcher, at=NOW)

    with pytest.raises(DatabaseError, match="comment_says_something"), transaction.atomic():
        CommentText.objects.create(comment=other, text="")


def test_withdrawn_comment_stays_withdrawn(comment: Comment) -> None:
    _refused("comment_shredded_is_withdrawn", comment, shredded_at=NOW)
    Comment.objects.filter(pk=comment.pk).update(withdrawn_at=NOW, shredded_at=NOW)

    _refused("stays withdrawn", comment, withdrawn_at=None)
    _refused("stays withdrawn", comment, shredded_at=None)


def test_no_history_holds_the_words_of_a_comment(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(withdrawn_at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), string_agg(e::text, ' ') FROM verification_commentevent e")
        lines, told = cursor.fetchone()
    assert lines == 2
    assert "Look." not in told


def test_person_is_named_once_in_a_comment(comment: Comment, researcher: Person) -> None:
    mention = Mention.objects.create(comment=comment, person=researcher)

    with pytest.raises(DatabaseError, match="mention_once"), transaction.atomic():
        Mention.objects.create(comment=comment, person=researcher)
    _refused("Cannot update", mention, person=comment.author_id + 1)
    _kept("Cannot delete", mention)


def test_one_person_looks_after_a_thing(assignment: Assignment, reviewer: Person) -> None:
    with pytest.raises(DatabaseError, match="assignment_one_of_task"), transaction.atomic():
        Assignment.objects.create(task=assignment.task, person=reviewer, by=reviewer, at=NOW)
    incident = IncidentFactory()
    Assignment.objects.create(incident=incident, person=reviewer, by=reviewer, at=NOW)
    with pytest.raises(DatabaseError, match="assignment_one_of_incident"), transaction.atomic():
        Assignment.objects.create(incident=incident, person=reviewer, by=reviewer, at=NOW)


def test_assignment_ends_whole_and_for_good(assignment: Assignment, reviewer: Person) -> None:
    _refused("assignment_end_whole", assignment, ended_at=NOW)
    _refused("assignment_end_whole", assignment, ended_by=reviewer)
    _refused("Cannot update", assignment, person=reviewer)
    Assignment.objects.filter(pk=assignment.pk).update(ended_at=NOW, ended_by=reviewer)

    _refused("stays ended", assignment, ended_at=None, ended_by=None)
    _kept("Cannot delete", assignment)
