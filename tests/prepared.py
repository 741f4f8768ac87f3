"""What the tests of one run share, made once: a migrated database and an installation's data.

``manage.py test`` runs this beside its first checks and tells pytest by ``TEST_DATABASE_TEMPLATE``
and ``TEST_INSTALLATION``; without these each pytest process makes its own.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django
from django.db import connection, connections

from tests.embedded.starting import new_installation


def main(installation: Path) -> int:
    """Make both at a time; 0 once they are there."""
    with ThreadPoolExecutor() as beside:
        making = beside.submit(_make_installation, installation)
        _make_template()
        making.result()
    return 0


def _make_template() -> None:
    django.setup()
    connection.settings_dict["TEST"]["NAME"] = os.environ["TEST_DATABASE_TEMPLATE"]
    connection.settings_dict["TEST"]["TEMPLATE"] = None
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connections.close_all()


def _make_installation(place: Path) -> None:
    """A process of its own does the work."""
    with new_installation() as data:
        data.rename(place)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
