"""Celery workers: translation only."""
