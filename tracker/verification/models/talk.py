"""What people of the house say to each other about a task or an incident; it never leaves it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.accounts.models import Person
from tracker.core.triggers import no_truncate
from tracker.incidents.models import Incident
from tracker.verification.models.task import ReviewTask

_ONE_THING = Q(task__isnull=False, incident__isnull=True) | Q(
    task__isnull=True, incident__isnull=False
)
_STAYS_WITHDRAWN = """
    IF NEW.withdrawn_at IS NULL OR (OLD.shredded_at IS NOT NULL AND NEW.shredded_at IS NULL) THEN
        RAISE EXCEPTION 'pgtrigger: what was withdrawn stays withdrawn';
    END IF;
    RETURN NEW;
"""
_ONLY_WITHDRAWN_GO = """
    IF NOT EXISTS (
        SELECT 1 FROM verification_comment
        WHERE id = OLD.comment_id AND withdrawn_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only the words of a withdrawn comment can be shredded';
    END IF;
    RETURN OLD;
"""
_NEVER_AGAIN = """
    IF EXISTS (
        SELECT 1 FROM verification_comment
        WHERE id = NEW.comment_id AND withdrawn_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a withdrawn comment takes no words';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Comment(models.Model):
    """A remark on one task or one incident, without its words: those lie in ``CommentText``.

    ``withdrawn_at`` NULL = it stands. ``shredded_at`` NULL = its words are still kept.
    """

    task = models.ForeignKey(
        ReviewTask, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(Person, models.PROTECT, related_name="comments")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    shredded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ONE_THING, name="comment_on_one_thing"),
            models.CheckConstraint(
                condition=Q(shredded_at__isnull=True) | Q(withdrawn_at__isnull=False),
                name="comment_shredded_is_withdrawn",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="whose_fixed", fields=["task", "incident", "author", "at"]),
            pgtrigger.Trigger(
                name="stays_withdrawn",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
                func=_STAYS_WITHDRAWN,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class CommentText(models.Model):
    """The words of a comment, apart from it and in no history, so that they can be shredded."""

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        triggers = [
            pgtrigger.Protect(name="never_rewritten", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="never_again",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_NEVER_AGAIN,
            ),
            pgtrigger.Trigger(
                name="only_withdrawn_go",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_ONLY_WITHDRAWN_GO,
            ),
            no_truncate("never_emptied"),
        ]

    def __str__(self) -> str:
        return f"words of comment {self.comment_id}"


class Mention(models.Model):
    """Somebody was named in a comment; ``read_at`` NULL = they have not read it yet."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentions")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="mention_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="mention_once"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="whom_fixed", fields=["comment", "person"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"


@pghistory.track()
class Assignment(models.Model):
    """A task or an incident that somebody is to look after; at most one of each is in force.

    ``ended_at`` and ``ended_by`` NULL = in force. ``read_at`` NULL = the person has not read of
    it. It holds nothing: a task is still taken, and others may take it.
    """

    task = models.ForeignKey(
        ReviewTask, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ONE_THING, name="assignment_of_one_thing"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="assignment_end_whole",
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(ended_at__isnull=True), name="assignment_one_of_task"
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(ended_at__isnull=True),
                name="assignment_one_of_incident",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_fixed", fields=["task", "incident", "person", "by", "at"]
            ),
            pgtrigger.Trigger(
                name="ended_for_good",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__ended_at__isnull=False)
                & pgtrigger.Q(old__ended_at__df=pgtrigger.F("new__ended_at")),
                func="RAISE EXCEPTION 'pgtrigger: an assignment that ended stays ended';",
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"
