"""``manage.py migrate``: Django's own, then the cache table and the app role's rights."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from tracker.core.database_roles import grant_to_app_role


class Command(DjangoMigrate):
    """Migrates under a lock timeout, so that a busy table delays and never blocks the site."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the table of the shared cache, grant."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '4s'")
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        call_command("createcachetable", database=options["database"], verbosity=0)
        grant_to_app_role(connection)
