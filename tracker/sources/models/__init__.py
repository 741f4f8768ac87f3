"""The tables of sources."""

from tracker.sources.models.article import Article, Story
from tracker.sources.models.capture import Capture
from tracker.sources.models.intake import FetchRequest, IngestFailure
from tracker.sources.models.source import CredibilityNote, Party, Source

__all__ = [
    "Article",
    "Capture",
    "CredibilityNote",
    "FetchRequest",
    "IngestFailure",
    "Party",
    "Source",
    "Story",
]
