"""Where Celery looks for tasks."""

from workers import articles, feeds, fetch, sweeps

__all__ = ["articles", "feeds", "fetch", "sweeps"]
