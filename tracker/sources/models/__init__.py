"""The tables of sources."""

from tracker.sources.models.article import Article, Story
from tracker.sources.models.capture import Capture, CaptureCheck, Retrieval
from tracker.sources.models.custody import CustodyEvent, Disposal
from tracker.sources.models.feed import Feed, FeedItem, FeedPoll
from tracker.sources.models.intake import FetchRequest, IngestFailure
from tracker.sources.models.source import CredibilityNote, Party, Source
from tracker.sources.models.suggestion import Suggestion
from tracker.sources.models.timestamp import CaptureTimestamp

__all__ = [
    "Article",
    "Capture",
    "CaptureCheck",
    "CaptureTimestamp",
    "CredibilityNote",
    "CustodyEvent",
    "Disposal",
    "Feed",
    "FeedItem",
    "FeedPoll",
    "FetchRequest",
    "IngestFailure",
    "Party",
    "Retrieval",
    "Source",
    "Story",
    "Suggestion",
]
