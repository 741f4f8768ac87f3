"""Vocabularies of sources and the life cycle of an article."""

from __future__ import annotations

from django.db.models import TextChoices


class SourceKind(TextChoices):
    """What a source is; an outlet carries articles, any kind may speak in one."""

    OUTLET = "OUTLET", "outlet"
    WIRE = "WIRE", "wire agency"
    STATE_MEDIA = "STATE_MEDIA", "state media"
    MONITOR = "MONITOR", "monitor"
    NGO = "NGO", "non-governmental organisation"
    UN_BODY = "UN_BODY", "UN body"
    RESCUE_SERVICE = "RESCUE_SERVICE", "rescue service"
    HOSPITAL = "HOSPITAL", "hospital"
    BELLIGERENT = "BELLIGERENT", "belligerent"
    OFFICIAL = "OFFICIAL", "official"
    WITNESS = "WITNESS", "witness"
    OTHER = "OTHER", "other"


class Reliability(TextChoices):
    """Admiralty reliability of a source over time; NULL in the database = nobody has looked."""

    A = "A", "A · completely reliable"
    B = "B", "B · usually reliable"
    C = "C", "C · fairly reliable"
    D = "D", "D · not usually reliable"
    E = "E", "E · unreliable"
    F = "F", "F · judged: cannot be judged"


class Audience(TextChoices):
    """Who may read a credibility note."""

    STAFF = "STAFF", "staff only"
    PARTNERS = "PARTNERS", "partners too"


class ArticleState(TextChoices):
    """The machine's states; what people do with an article is its review task's."""

    FETCHED = "FETCHED", "stored"
    PARSED = "PARSED", "read"
    RELATED = "RELATED", "compared"
    EXTRACTED = "EXTRACTED", "ready for people"
    FAILED = "FAILED", "failed"


#: The whole life cycle of an article; the trigger enforces the same tuple.
ARTICLE_TRANSITIONS: tuple[tuple[ArticleState, ArticleState], ...] = (
    (ArticleState.FETCHED, ArticleState.PARSED),
    (ArticleState.PARSED, ArticleState.RELATED),
    (ArticleState.RELATED, ArticleState.EXTRACTED),
    # a person parted a verbatim copy from its origin: it is read on its own from now on
    (ArticleState.EXTRACTED, ArticleState.RELATED),
    (ArticleState.FETCHED, ArticleState.FAILED),
    (ArticleState.PARSED, ArticleState.FAILED),
    (ArticleState.RELATED, ArticleState.FAILED),
    (ArticleState.FAILED, ArticleState.FETCHED),
    (ArticleState.FAILED, ArticleState.PARSED),
    (ArticleState.FAILED, ArticleState.RELATED),
)

#: States in which an article waits for a worker.
WAITING_STATES: tuple[ArticleState, ...] = (
    ArticleState.FETCHED,
    ArticleState.PARSED,
    ArticleState.RELATED,
)


class Material(TextChoices):
    """What kind of source material an article is (methodology 11, MT-16)."""

    NEWS_REPORT = "NEWS_REPORT", "news report"
    PRESS_RELEASE = "PRESS_RELEASE", "press release"
    OFFICIAL_LIST = "OFFICIAL_LIST", "list of a hospital, morgue or authority"
    MEDICAL_RECORD = "MEDICAL_RECORD", "medical record"
    COURT_RECORD = "COURT_RECORD", "court record"
    INTERVIEW = "INTERVIEW", "interview"
    CALL = "CALL", "telephone call"
    MESSAGE = "MESSAGE", "message"
    SOCIAL_POST = "SOCIAL_POST", "post on social media"
    VIDEO = "VIDEO", "video, described"
    PHOTO = "PHOTO", "photo, described"
    TABLE_ROW = "TABLE_ROW", "row of a team's table"
    OTHER = "OTHER", "other"


class DateBasis(TextChoices):
    """Where a day of publication or change was found."""

    SENDER = "SENDER", "said by who sent it"
    FEED = "FEED", "the feed"
    STRUCTURED = "STRUCTURED", "the page's structured data"
    META = "META", "the page's meta tags"
    MARKUP = "MARKUP", "a time element of the page"
    URL = "URL", "the address"
    TEXT = "TEXT", "the text"
    DOCUMENT = "DOCUMENT", "the document's properties"


class LineageKind(TextChoices):
    """How an article's text relates to another's."""

    ORIGINAL = "ORIGINAL", "original"
    VERBATIM_COPY = "VERBATIM_COPY", "verbatim copy"
    EDITED_COPY = "EDITED_COPY", "edited copy"
    UPDATED_COPY = "UPDATED_COPY", "updated copy"
    EXCERPT = "EXCERPT", "excerpt"
    TRANSLATION = "TRANSLATION", "translation"
    PARTIAL_OVERLAP = "PARTIAL_OVERLAP", "shares passages with"


#: Kinds that make two articles one story.
COPIES: tuple[LineageKind, ...] = (
    LineageKind.VERBATIM_COPY,
    LineageKind.EDITED_COPY,
    LineageKind.UPDATED_COPY,
    LineageKind.EXCERPT,
    LineageKind.TRANSLATION,
)

#: Kinds whose claims repeat the origin's, in other words or with other figures.
REWORKED: tuple[LineageKind, ...] = (
    LineageKind.EDITED_COPY,
    LineageKind.UPDATED_COPY,
    LineageKind.EXCERPT,
)


class LinkState(TextChoices):
    """What people say of a link between two texts."""

    PROPOSED = "PROPOSED", "found by machine"
    CONFIRMED = "CONFIRMED", "confirmed"
    REFUSED = "REFUSED", "refused"


#: A person may think again; nothing goes back to what the machine found.
LINK_TRANSITIONS: tuple[tuple[LinkState, LinkState], ...] = (
    (LinkState.PROPOSED, LinkState.CONFIRMED),
    (LinkState.PROPOSED, LinkState.REFUSED),
    (LinkState.CONFIRMED, LinkState.REFUSED),
    (LinkState.REFUSED, LinkState.CONFIRMED),
)


class FetchState(TextChoices):
    """An address that waits to be fetched."""

    WAITING = "WAITING", "waiting"
    STORED = "STORED", "stored"
    FAILED = "FAILED", "failed"


class FeedKind(TextChoices):
    """What is followed at an address, and so how its answer is read."""

    FEED = "FEED", "feed (RSS, Atom or JSON Feed)"
    SITEMAP = "SITEMAP", "news sitemap"
    PAGE = "PAGE", "single page, watched for change"
    FOLDER = "FOLDER", "drop folder on this machine"


class FeedState(TextChoices):
    """Whether a feed is asked."""

    ACTIVE = "ACTIVE", "active"
    PAUSED = "PAUSED", "paused"


class PollOutcome(TextChoices):
    """What one poll of a feed brought."""

    NEW = "NEW", "something new"
    NOTHING_NEW = "NOTHING_NEW", "nothing new"
    NOT_MODIFIED = "NOT_MODIFIED", "not modified"
    FAILED = "FAILED", "failed"


class SuggestionState(TextChoices):
    """What staff made of an address that a partner sent."""

    OPEN = "OPEN", "open"
    ACCEPTED = "ACCEPTED", "accepted"
    DECLINED = "DECLINED", "declined"


class CustodyKind(TextChoices):
    """What was done with a capture (methodology 13)."""

    ACQUIRED = "ACQUIRED", "acquired"
    HASHED = "HASHED", "hashed"
    VIEWED = "VIEWED", "viewed"
    COPIED = "COPIED", "copied"
    EXPORTED = "EXPORTED", "exported"
    REDACTED = "REDACTED", "redacted"
    TRANSFERRED = "TRANSFERRED", "transferred"
    VERIFIED = "VERIFIED", "verified"
    DAMAGED = "DAMAGED", "found damaged"
    DISPOSED = "DISPOSED", "disposed of"


#: Kinds of custody events that say nothing without a reason.
REASONED_CUSTODY: tuple[CustodyKind, ...] = (
    CustodyKind.COPIED,
    CustodyKind.EXPORTED,
    CustodyKind.REDACTED,
    CustodyKind.TRANSFERRED,
    CustodyKind.DAMAGED,
    CustodyKind.DISPOSED,
)


class CheckOutcome(TextChoices):
    """What hashing a capture last found."""

    RECEIVED = "RECEIVED", "hashed when it came"
    INTACT = "INTACT", "intact"
    CHANGED = "CHANGED", "changed"
    MISSING = "MISSING", "missing or unreadable"
    DISPOSED = "DISPOSED", "disposed of"


#: Outcomes that people must hear of.
DAMAGED: tuple[CheckOutcome, ...] = (CheckOutcome.CHANGED, CheckOutcome.MISSING)


class DisposalState(TextChoices):
    """How far the destruction of a capture's bytes has come."""

    REQUESTED = "REQUESTED", "requested"
    REFUSED = "REFUSED", "refused"
    APPROVED = "APPROVED", "approved"
    DONE = "DONE", "done"


#: The whole life cycle of a disposal; the trigger enforces the same tuple.
DISPOSAL_TRANSITIONS: tuple[tuple[DisposalState, DisposalState], ...] = (
    (DisposalState.REQUESTED, DisposalState.REFUSED),
    (DisposalState.REQUESTED, DisposalState.APPROVED),
    (DisposalState.APPROVED, DisposalState.DONE),
)


class TimestampState(TextChoices):
    """A time-stamp that is asked for from an authority."""

    WAITING = "WAITING", "waiting"
    STAMPED = "STAMPED", "stamped"
    FAILED = "FAILED", "failed"


#: The whole life cycle of a time-stamp; the trigger enforces the same tuple.
TIMESTAMP_TRANSITIONS: tuple[tuple[TimestampState, TimestampState], ...] = (
    (TimestampState.WAITING, TimestampState.STAMPED),
    (TimestampState.WAITING, TimestampState.FAILED),
    (TimestampState.FAILED, TimestampState.WAITING),
)
