"""``manage.py migrate``: Django's own, then the cache table and the app role's rights."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from tracker.core.database_roles import grant_to_app_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.migrations.state import ProjectState


class Command(DjangoMigrate):
    """Migrates under a lock timeout, so that a busy table delays and never blocks the site."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the table of the shared cache, grant."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '4s'")
        with _models_not_drawn_anew_for_triggers():
            super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        call_command("createcachetable", database=options["database"], verbosity=0)
        grant_to_app_role(connection)


@contextmanager
def _models_not_drawn_anew_for_triggers() -> Iterator[None]:
    """A trigger changes no model, but the library has Django draw all related ones anew for each:
    half of the time of a first start."""
    theirs = AddTrigger.state_forwards, RemoveTrigger.state_forwards
    _set_state_forwards(_note_trigger, _forget_trigger)
    try:
        yield
    finally:
        _set_state_forwards(*theirs)


def _set_state_forwards(adding: Callable[..., None], removing: Callable[..., None]) -> None:
    AddTrigger.state_forwards = adding  # type: ignore[method-assign]  # a function as good as its own
    RemoveTrigger.state_forwards = removing  # type: ignore[method-assign]  # the same


def _note_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


def _forget_trigger(operation: RemoveTrigger, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name].options
    kept = [trigger for trigger in options["triggers"] if trigger.name != operation.name]
    options["triggers"] = kept
