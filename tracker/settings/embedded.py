"""``manage.py demo`` and ``manage.py up``: one machine, servers on unix sockets."""

from tracker.settings.base import *  # noqa: F403  # settings are inherited by name
