"""Articles, whose rows are the queue, and the stories that copies share."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.core.checks import one_of
from tracker.core.triggers import starts_as
from tracker.sources.choices import (
    ARTICLE_TRANSITIONS,
    WAITING_STATES,
    ArticleState,
    DateBasis,
    LineageKind,
    Material,
)
from tracker.sources.models.capture import Capture
from tracker.sources.models.source import Source, names_one_that_stands


class Story(models.Model):
    """One text lineage: the articles that descend from one text."""

    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"story {self.pk}"


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, with or without what is large."""

    def light(self) -> ArticleQuerySet:
        """Without the text; reading it costs a query each."""
        return self.defer("text")


class Article(models.Model):
    """A text with offsets, read from one capture; the row is the machine's queue.

    ``outlet`` NULL = not known who published it. ``published_on`` NULL = not known when;
    ``published_basis`` says where the day was found, and so for ``modified_on``. ``dateline`` is
    the text's own, to the letter. ``marks`` are the passages of ``text`` that are furniture of the
    page and not of the report: ``[start, end, why]`` in order, never overlapping.
    ``previous`` NULL = the first version of this text; a later version is an article of its own
    with its own capture, so that no offset ever moves. ``credit`` is the agency it names as where
    it comes from. ``story``, ``origin``, ``lineage_kind`` and ``overlap`` follow from the links
    that stand; ``origin`` NULL = the earliest text of its story, or not compared yet. ``overlap``
    is the share of the smaller text's three-word runs that both have, NULL also for a translation.
    ``leased_until`` NULL = no worker has it; ``fence`` counts leases, and only the holder of the
    latest may write.
    """

    capture = models.OneToOneField(Capture, models.PROTECT, related_name="article")
    outlet = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    external_id = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=8, blank=True)
    material = models.CharField(max_length=20, choices=Material, default=Material.NEWS_REPORT)
    author = models.CharField(max_length=300, blank=True)
    dateline = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_basis = models.CharField(max_length=12, choices=DateBasis, blank=True)
    modified_on = models.DateField(null=True, blank=True)
    modified_basis = models.CharField(max_length=12, choices=DateBasis, blank=True)
    canonical_url = models.CharField(max_length=2000, blank=True)
    marks = models.JSONField(default=list, blank=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_version"
    )
    received_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=ArticleState, default=ArticleState.FETCHED)
    state_since = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    failed_in = models.CharField(max_length=10, blank=True)
    failure_reason = models.CharField(max_length=500, blank=True)

    story = models.ForeignKey(Story, models.PROTECT, null=True, blank=True, related_name="articles")
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    lineage_kind = models.CharField(max_length=16, choices=LineageKind, blank=True)
    overlap = models.FloatField(null=True, blank=True)
    credit = models.CharField(max_length=60, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["state_since", "id"],
                condition=Q(state__in=[s.value for s in WAITING_STATES]),
                name="article_waiting",
            ),
        ]
        constraints = [
            one_of("state", ArticleState.values, name="article_state_valid"),
            one_of("material", Material.values, name="article_material_valid"),
            one_of(
                "published_basis", ["", *DateBasis.values], name="article_published_basis_valid"
            ),
            one_of("modified_basis", ["", *DateBasis.values], name="article_modified_basis_valid"),
            models.CheckConstraint(
                condition=~Q(previous=models.F("id")), name="article_not_its_own_version"
            ),
            one_of("lineage_kind", ["", *LineageKind.values], name="article_lineage_valid"),
            models.UniqueConstraint(
                fields=["outlet", "external_id"],
                condition=~Q(external_id="") & Q(previous__isnull=True),
                nulls_distinct=False,
                name="article_external_id_unique",
            ),
            models.CheckConstraint(
                condition=Q(state="FAILED") & ~Q(failure_reason="") & ~Q(failed_in="")
                | ~Q(state="FAILED") & Q(failure_reason="") & Q(failed_in=""),
                name="article_failure_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(origin__isnull=True, overlap__isnull=True)
                | Q(origin__isnull=False)
                & (Q(overlap__isnull=False) | Q(lineage_kind=LineageKind.TRANSLATION.value)),
                name="article_origin_has_overlap",
            ),
            models.CheckConstraint(
                condition=~Q(origin=models.F("id")), name="article_not_its_own_origin"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in ARTICLE_TRANSITIONS],
            ),
            starts_as("starts_fetched", field="state", value=ArticleState.FETCHED.value),
            pgtrigger.ReadOnly(name="capture_fixed", fields=["capture", "received_at"]),
            names_one_that_stands("outlet"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="origin_not_refused",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__origin__isnull=False),
                func=(
                    "IF EXISTS (SELECT FROM sources_lineagelink WHERE state = 'REFUSED' AND "
                    "LEAST(article_id, other_id) = LEAST(NEW.id, NEW.origin_id) AND "
                    "GREATEST(article_id, other_id) = GREATEST(NEW.id, NEW.origin_id)) THEN "
                    "RAISE EXCEPTION 'pgtrigger: a refused link never returns as an origin'; "
                    "END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"
