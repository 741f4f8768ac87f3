"""An empty database for one measurement, made and dropped by it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import django
from django.db import connection, connections

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def fresh_database() -> Iterator[None]:
    """Django set up on a migrated, empty database of its own, gone in the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings.test")
    django.setup()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connections.close_all()
        connection.creation.destroy_test_db(before, verbosity=0)
