"""Where Celery looks for tasks."""

from workers import articles, connections, feeds, fetch, heartbeats, keeping, sweeps

__all__ = ["articles", "connections", "feeds", "fetch", "heartbeats", "keeping", "sweeps"]
