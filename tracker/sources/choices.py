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


class LineageKind(TextChoices):
    """How an article's text relates to the earliest text of its story."""

    ORIGINAL = "ORIGINAL", "original"
    VERBATIM_COPY = "VERBATIM_COPY", "verbatim copy"
    EDITED_COPY = "EDITED_COPY", "edited copy"
    PARTIAL_OVERLAP = "PARTIAL_OVERLAP", "shares passages with"


class FetchState(TextChoices):
    """An address that waits to be fetched."""

    WAITING = "WAITING", "waiting"
    STORED = "STORED", "stored"
    FAILED = "FAILED", "failed"
