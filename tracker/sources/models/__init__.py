"""The tables of sources."""

from tracker.sources.models.article import Article, Story
from tracker.sources.models.capture import Capture, CaptureCheck, Retrieval
from tracker.sources.models.custody import CustodyEvent, Disposal
from tracker.sources.models.feed import Feed, FeedItem, FeedPoll
from tracker.sources.models.furniture import ParagraphSighting, RecurringParagraph
from tracker.sources.models.intake import FetchRequest, IngestFailure
from tracker.sources.models.lineage import CommonKey, LineageLink, TextSignature
from tracker.sources.models.merging import SourceMerge, SourceMergeUndo
from tracker.sources.models.politeness import Journey, RobotsFile, Turn
from tracker.sources.models.source import CredibilityNote, Party, Source
from tracker.sources.models.suggestion import Suggestion
from tracker.sources.models.timestamp import CaptureTimestamp

__all__ = [
    "Article",
    "Capture",
    "CaptureCheck",
    "CaptureTimestamp",
    "CommonKey",
    "CredibilityNote",
    "CustodyEvent",
    "Disposal",
    "Feed",
    "FeedItem",
    "FeedPoll",
    "FetchRequest",
    "IngestFailure",
    "Journey",
    "LineageLink",
    "ParagraphSighting",
    "Party",
    "RecurringParagraph",
    "Retrieval",
    "RobotsFile",
    "Source",
    "SourceMerge",
    "SourceMergeUndo",
    "Story",
    "Suggestion",
    "TextSignature",
    "Turn",
]
