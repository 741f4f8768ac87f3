"""The tables of verification."""

from tracker.verification.models.draft import Draft
from tracker.verification.models.task import ReviewTask

__all__ = ["Draft", "ReviewTask"]
