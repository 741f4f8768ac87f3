"""Django made ready by being imported: measurements that use its models import this first."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings.test")
django.setup()
