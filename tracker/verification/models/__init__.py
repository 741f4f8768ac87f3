"""The tables of verification."""

from tracker.verification.models.draft import Draft
from tracker.verification.models.queue_filter import QueueDefault, QueueFilter
from tracker.verification.models.second_coding import (
    CodedClaim,
    CodingResolution,
    CodingShare,
    SecondCoding,
)
from tracker.verification.models.talk import Assignment, Comment, CommentText, Mention
from tracker.verification.models.task import ReviewTask

__all__ = [
    "Assignment",
    "CodedClaim",
    "CodingResolution",
    "CodingShare",
    "Comment",
    "CommentText",
    "Draft",
    "Mention",
    "QueueDefault",
    "QueueFilter",
    "ReviewTask",
    "SecondCoding",
]
