"""The small tree of anticipated failures; each carries one sentence for people.

Interfaces translate them: the API to problem+json, the web to a message beside the form.
"""

from __future__ import annotations


class DomainError(Exception):
    """Something a person asked for can't be done; the message says what and what to do next."""

    code = "domain_error"


class InvalidInput(DomainError):
    """The input breaks a rule that its sender can mend."""

    code = "invalid_input"


class NotFound(DomainError):
    """No such record, or none the caller may know of."""

    code = "not_found"


class NotAllowed(DomainError):
    """The actor's role does not reach this."""

    code = "not_allowed"


class StaleRevision(DomainError):
    """Somebody changed the record since the caller read it."""

    code = "stale_revision"
