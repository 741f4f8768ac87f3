"""Who may do what: the one table of roles and rights."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.core.actor import Role
from tracker.core.errors import NotAllowed

if TYPE_CHECKING:
    from tracker.core.actor import Actor


class Right(StrEnum):
    """Every right that a page, an endpoint or a service asks for."""

    READ = "read"
    INGEST = "ingest"
    DECIDE_CLAIMS = "decide_claims"
    EDIT_INCIDENTS = "edit_incidents"
    RATE_SOURCES = "rate_sources"
    REVIEW = "review"
    PUBLISH = "publish"
    MERGE_INCIDENTS = "merge_incidents"
    MERGE_SOURCES = "merge_sources"
    IMPORT_SHEETS = "import_sheets"
    TEACH_PLACES = "teach_places"
    REOPEN_TASKS = "reopen_tasks"
    OVERSEE_REQUESTS = "oversee_requests"
    OVERSEE_CODING = "oversee_coding"
    COMMENT = "comment"
    #: To give work to others, and to shred the words of a comment.
    ASSIGN = "assign"
    SEE_WORKERS = "see_workers"
    MANAGE_FEEDS = "manage_feeds"
    MANAGE_PEOPLE = "manage_people"
    COPY_CAPTURES = "copy_captures"
    DISPOSE_OF_CAPTURES = "dispose_of_captures"
    #: To give the right to names and contacts to another person; no role holds that right itself.
    GRANT_RESTRICTED_ACCESS = "grant_restricted_access"


_VIEWER = frozenset({Right.READ})
_RESEARCHER = _VIEWER | {
    Right.INGEST,
    Right.DECIDE_CLAIMS,
    Right.EDIT_INCIDENTS,
    Right.RATE_SOURCES,
    Right.COPY_CAPTURES,
    Right.COMMENT,
}
_REVIEWER = (
    _RESEARCHER
    | {Right.REVIEW, Right.PUBLISH, Right.MERGE_INCIDENTS, Right.IMPORT_SHEETS}
    | {Right.TEACH_PLACES}
)
_COORDINATOR = _REVIEWER | {
    Right.MERGE_SOURCES,
    Right.REOPEN_TASKS,
    Right.OVERSEE_REQUESTS,
    Right.OVERSEE_CODING,
    Right.ASSIGN,
    Right.SEE_WORKERS,
    Right.MANAGE_FEEDS,
    Right.DISPOSE_OF_CAPTURES,
    Right.GRANT_RESTRICTED_ACCESS,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VIEWER: _VIEWER,
    Role.RESEARCHER: _RESEARCHER,
    Role.REVIEWER: _REVIEWER,
    Role.COORDINATOR: _COORDINATOR,
    # Runs the installation; decides nothing about claims, so that no one holds every key.
    Role.ADMINISTRATOR: _VIEWER
    | {
        Right.MANAGE_PEOPLE,
        Right.SEE_WORKERS,
        Right.MANAGE_FEEDS,
        Right.DISPOSE_OF_CAPTURES,
        Right.GRANT_RESTRICTED_ACCESS,
    },
}


def has_right(actor: Actor, right: Right) -> bool:
    """Whether the actor's role reaches ``right``; machines and partners have no role."""
    return actor.role is not None and right in RIGHTS[actor.role]


def require_right(actor: Actor, right: Right) -> None:
    """Raise NotAllowed with a sentence that says which right is missing."""
    if not has_right(actor, right):
        role = actor.role.value.lower() if actor.role else "not signed in"
        raise NotAllowed(
            f"This needs the right to {right.value.replace('_', ' ')}; your role is {role}."
        )
