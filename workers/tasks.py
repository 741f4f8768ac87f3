"""Where Celery looks for tasks."""

from workers import articles, feeds, fetch, keeping, sweeps

__all__ = ["articles", "feeds", "fetch", "keeping", "sweeps"]
