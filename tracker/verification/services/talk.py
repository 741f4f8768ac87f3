"""Comments on tasks and incidents, with the people they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right, has_right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from tracker.core.reasons import checked_reason
from tracker.verification.models import Comment, CommentText, Mention
from tracker.verification.rules.mentions import find_mentions
from tracker.verification.selectors.talk import About, require_about

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

LONGEST = 4000


class UnableToWithdraw(DomainError):
    """The comment is withdrawn or shredded already."""

    code = "unable_to_withdraw"


@transaction.atomic
def add_comment(*, about: About, text: str, actor: Actor, now: datetime) -> Comment:
    """Say something about a task or an incident; whom it names finds it on the desk.

    Raises NotAllowed, NotFound, InvalidInput where it names somebody who is not of the house.
    """
    require_right(actor, Right.COMMENT)
    require_about(about, viewer=actor)
    words = text.strip()
    if not 0 < len(words) <= LONGEST:
        raise InvalidInput(f"Say something, in at most {LONGEST} characters.")
    people = dict(Person.objects.filter(is_active=True).values_list("alias", "id"))
    named = find_mentions(words, people)
    if named.unknown:
        raise InvalidInput(
            f"Nobody here is called {', '.join(named.unknown)}; after an @ stands the alias of "
            "somebody of the house."
        )
    comment = Comment.objects.create(**about.row, author_id=actor.person_id, at=now)
    CommentText.objects.create(comment=comment, text=words)
    Mention.objects.bulk_create(
        Mention(comment=comment, person_id=person_id) for person_id in named.people
    )
    record_event(
        actor=actor,
        action="comment.add",
        target=comment,
        now=now,
        changes={**about.row, "mentions": list(named.people)},
    )
    return comment


@transaction.atomic
def withdraw_comment(*, comment_id: int, actor: Actor, now: datetime) -> Comment:
    """Take one's own comment back: nobody reads it any more; that it was there stays.

    Raises NotAllowed for everybody else, NotFound, UnableToWithdraw.
    """
    comment = _lock(comment_id)
    if comment.author_id != actor.id:
        raise NotAllowed("Only its author withdraws a comment.")
    if comment.withdrawn_at is not None:
        raise UnableToWithdraw("This comment is withdrawn already.")
    comment.withdrawn_at = now
    comment.save(update_fields=["withdrawn_at"])
    record_event(
        actor=actor,
        action="comment.withdraw",
        target=comment,
        now=now,
        changes={"state": ["standing", "withdrawn"]},
    )
    return comment


@transaction.atomic
def shred_comment(*, comment_id: int, actor: Actor, now: datetime, reason: str) -> Comment:
    """Destroy the words of a comment, withdrawn by this where its author had not done so.

    For coordinators, where words should never have been written down: a name, an exact place.
    Raises NotAllowed, NotFound, InvalidInput without a reason, UnableToWithdraw.
    """
    if not has_right(actor, Right.ASSIGN):
        raise NotAllowed("Only a coordinator shreds the words of a comment.")
    reason = checked_reason(reason, missing="Say why, without the words themselves.")
    comment = _lock(comment_id)
    if comment.shredded_at is not None:
        raise UnableToWithdraw("The words of this comment are gone already.")
    comment.withdrawn_at = comment.withdrawn_at or now
    comment.shredded_at = now
    comment.save(update_fields=["withdrawn_at", "shredded_at"])
    CommentText.objects.filter(comment=comment).delete()
    record_event(
        actor=actor,
        action="comment.shred",
        target=comment,
        now=now,
        reason=reason,
        changes={"state": ["standing", "shredded"]},
    )
    return comment


def _lock(comment_id: int) -> Comment:
    comment = Comment.objects.select_for_update(of=("self",)).filter(pk=comment_id).first()
    if comment is None:
        raise NotFound(f"There is no comment {comment_id}.")
    return comment
