"""Where Celery looks for tasks."""

from workers import articles, fetch, sweeps

__all__ = ["articles", "fetch", "sweeps"]
