"""A form that a service refuses: its sentence stands on the page of the form."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tracker.core.errors import DomainError, NotAllowed, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def told_in(context: dict[str, Any]) -> Iterator[None]:
    """Put what the service refuses into the page's ``refusal``.

    What the person may not do, or what is not there, has a page of its own and is raised.
    """
    try:
        yield
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        context["refusal"] = str(failure)


def status_of(context: dict[str, Any]) -> int:
    """Of the page of a form that was refused, was wrong, or is shown first."""
    if "refusal" in context:
        return HTTPStatus.CONFLICT
    return HTTPStatus.BAD_REQUEST if context["form"].errors else HTTPStatus.OK
