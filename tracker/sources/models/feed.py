"""What is followed: feeds, the history of their polls, and the items they named."""

from __future__ import annotations

from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import append_only
from tracker.sources.choices import FeedKind, FeedState, PollOutcome
from tracker.sources.models.article import Article
from tracker.sources.models.intake import FetchRequest
from tracker.sources.models.source import Source, names_one_that_stands

#: What people set. Its history is kept row by row; the pulse of the polls is not part of it.
SETTINGS = (
    "kind",
    "address",
    "title",
    "owner",
    "source",
    "language",
    "state",
    "paused_because",
    "shortest",
    "longest",
    "silence_limit",
    "egress_proxy",
    "changed_by",
)


@pghistory.track(fields=list(SETTINGS), model_name="FeedSettings")
class Feed(models.Model):
    """Something that is asked again and again for what is new.

    ``address`` is a web address, or the name of a folder below the drop root for FOLDER;
    ``address_key`` is the same without trackers, so that nothing is followed twice. ``owner``
    NULL = nobody answers for it. ``source`` NULL and ``language`` "" = no default for its
    articles. ``silence_limit`` NULL = by its own rhythm. ``egress_proxy`` "" = the installation's.
    ``part_of`` NULL = added by a person, else the index of sitemaps that named it.

    The rest is its pulse. ``usual_gap`` NULL = too little is known of its rhythm.
    ``unconditional_at`` NULL = never asked without conditions. ``failing_since`` NULL = the last
    poll worked. ``leased_until`` NULL = no worker has it; ``attempts`` counts polls that ended
    without an answer, ``fence`` tells the latest lease from every other. ``moved_to`` "" = it has
    not said that it moved for good; ``moved_seen`` counts how often in a row it said so.
    """

    kind = models.CharField(max_length=10, choices=FeedKind)
    address = models.CharField(max_length=2000)
    address_key = models.CharField(max_length=2000)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="feeds")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="feeds")
    language = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=10, choices=FeedState, default=FeedState.ACTIVE)
    paused_because = models.CharField(max_length=300, blank=True)
    shortest = models.DurationField(default=timedelta(minutes=5))
    longest = models.DurationField(default=timedelta(hours=12))
    silence_limit = models.DurationField(null=True, blank=True)
    egress_proxy = models.CharField(max_length=300, blank=True)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    made_at = models.DateTimeField()
    changed_by = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)

    interval = models.DurationField(default=timedelta(minutes=15))
    interval_because = models.CharField(max_length=200, blank=True)
    next_poll_at = models.DateTimeField()
    usual_gap = models.DurationField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    unconditional_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_new_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    moved_to = models.CharField(max_length=2000, blank=True)
    moved_seen = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_poll_at", "id"], condition=Q(state="ACTIVE"), name="feed_due"
            ),
        ]
        constraints = [
            one_of("kind", FeedKind.values, name="feed_kind_valid"),
            one_of("state", FeedState.values, name="feed_state_valid"),
            models.UniqueConstraint(
                fields=["address_key"],
                name="feed_followed_once",
                violation_error_message="This address is followed already.",
            ),
            models.CheckConstraint(
                condition=~Q(address="") & ~Q(address_key="") & ~Q(title=""),
                name="feed_named",
            ),
            models.CheckConstraint(
                condition=Q(state="ACTIVE", paused_because="")
                | Q(state="PAUSED") & ~Q(paused_because=""),
                name="feed_pause_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(shortest__gte=timedelta(minutes=1), shortest__lte=F("longest"))
                & Q(longest__lte=timedelta(days=7)),
                name="feed_bounds_ordered",
                violation_error_message=(
                    "Ask at most once a minute and at least once a week, "
                    "and the shortest time before the longest."
                ),
            ),
            models.CheckConstraint(
                condition=Q(interval__gte=F("shortest"), interval__lte=F("longest")),
                name="feed_interval_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(failing_since__isnull=True, error="", failures=0)
                | Q(failing_since__isnull=False, failures__gte=1) & ~Q(error=""),
                name="feed_failure_in_words",
            ),
            models.CheckConstraint(
                condition=Q(moved_to="", moved_seen=0) | ~Q(moved_to="") & Q(moved_seen__gte=1),
                name="feed_move_counted",
            ),
            models.CheckConstraint(condition=~Q(part_of=F("id")), name="feed_not_part_of_itself"),
        ]
        triggers = [
            names_one_that_stands("source"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class FeedPoll(models.Model):
    """One poll and what it brought; history, never changed.

    ``status`` NULL = no answer came. ``is_conditional`` = validators were sent. ``warning`` is
    what was wrong with an answer that could be read all the same.
    """

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="polls")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=PollOutcome)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    is_conditional = models.BooleanField(default=False)
    items = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    warning = models.CharField(max_length=300, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["feed", "-at", "-id"], name="feed_poll_by_feed")]
        constraints = [
            one_of("outcome", PollOutcome.values, name="feed_poll_outcome_valid"),
            models.CheckConstraint(
                condition=Q(outcome="FAILED") & ~Q(error="") | ~Q(outcome="FAILED") & Q(error=""),
                name="feed_poll_failure_in_words",
            ),
            models.CheckConstraint(
                condition=Q(new__lte=F("items"), changed__lte=F("items")),
                name="feed_poll_counts_fit",
            ),
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"poll {self.pk}"


class FeedItem(models.Model):
    """One thing a feed named: an entry, an address of a sitemap, a page or a file.

    ``key`` is the feed's own name for it, ``address`` the address as the feed gives it ("" = none)
    and ``address_key`` the one that is fetched, without trackers. Times are the feed's, NULL = not
    said. ``digest`` is of its own text, or of a file's size and time. ``taken_at`` NULL = seen and
    still to be taken, such as a file that may still grow. It leads to a request or to an article,
    or ``refusal`` says why to neither. ``recheck_at`` NULL = not to be looked at again.
    """

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="items")
    key = models.CharField(max_length=500)
    address = models.CharField(max_length=2000, blank=True)
    address_key = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    fetch_request = models.ForeignKey(
        FetchRequest, models.PROTECT, null=True, blank=True, related_name="feed_items"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="feed_items"
    )
    refusal = models.CharField(max_length=500, blank=True)
    rechecks = models.PositiveSmallIntegerField(default=0)
    recheck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["feed", "-first_seen_at", "-id"], name="feed_item_by_feed"),
            models.Index(
                fields=["address_key"], condition=~Q(address_key=""), name="feed_item_address"
            ),
            models.Index(
                fields=["recheck_at", "id"],
                condition=Q(recheck_at__isnull=False),
                name="feed_item_recheck",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="feed_item_once"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True)
                | Q(fetch_request__isnull=False)
                | Q(article__isnull=False)
                | ~Q(refusal=""),
                name="feed_item_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(address="", address_key="") | ~Q(address="") & ~Q(address_key=""),
                name="feed_item_address_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"feed item {self.pk}"
