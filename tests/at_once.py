"""Several people do something at the same moment, each with a connection of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from django.db import connection

from tracker.core.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each was told, as the code of the refusal; "" = it was done."""
    start = Barrier(len(acts))

    def act(what: Callable[[], object]) -> str:
        start.wait()
        try:
            what()
        except DomainError as failure:
            return failure.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(act, acts))
