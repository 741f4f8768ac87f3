"""The people's queue."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.core.triggers import starts_as
from tracker.sources.models import Article
from tracker.verification.choices import TASK_TRANSITIONS, TaskState, WaitsFor

#: What the queue is ordered by: what nobody has worked out yet comes before what is surely harm.
LIKELIEST = Coalesce("relevance", 101)


@pghistory.track()
class ReviewTask(models.Model):
    """One article's way through people's hands.

    ``holder`` and ``held_until`` are both set while LEASED and else both NULL. ``fence`` counts
    leases: a write that names an older one is refused. ``decided_by`` NULL = not decided.
    ``relevance`` is the chance in per cent that the article reports harm to civilians, NULL = not
    worked out; ``relevance_reasons`` say why in words, and ``extractor`` which one read it last.
    ``waits_for`` "" = it can be done now; else ``waits_until`` is the day that a deferred one comes
    back, and ``aside_by``, ``aside_reason`` are who set it aside and why. A hold doesn't change it.
    People are looked up by nothing but ``task_held``: each further index would be written by every
    lease.
    """

    article = models.OneToOneField(Article, models.PROTECT, related_name="task")
    state = models.CharField(max_length=12, choices=TaskState, default=TaskState.QUEUED)
    queued_at = models.DateTimeField()
    holder = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="held_tasks", db_index=False
    )
    held_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="decided_tasks", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    duplicate_of = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicate_tasks",
        db_index=False,
    )
    relevance = models.PositiveSmallIntegerField(null=True, blank=True)
    extractor = models.CharField(max_length=60, blank=True)
    relevance_reasons = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    waits_for = models.CharField(max_length=11, choices=WaitsFor, blank=True)
    waits_until = models.DateField(null=True, blank=True)
    aside_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="set_aside_tasks",
        db_index=False,
    )
    aside_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["queued_at", "id"],
                condition=Q(state="QUEUED", waits_for=""),
                name="task_waiting",
            ),
            models.Index(
                LIKELIEST.desc(),
                "queued_at",
                "id",
                condition=Q(state="QUEUED", waits_for=""),
                name="task_likeliest",
            ),
            models.Index(
                fields=["waits_for", "waits_until"],
                condition=~Q(waits_for=""),
                name="task_set_aside",
            ),
            models.Index(fields=["held_until"], condition=Q(state="LEASED"), name="task_held"),
        ]
        constraints = [
            one_of("state", TaskState.values, name="task_state_valid"),
            models.CheckConstraint(
                condition=Q(relevance__isnull=True) | Q(relevance__lte=100),
                name="task_relevance_is_per_cent",
            ),
            models.CheckConstraint(
                condition=Q(state="LEASED", holder__isnull=False, held_until__isnull=False)
                | ~Q(state="LEASED") & Q(holder__isnull=True, held_until__isnull=True),
                name="task_holder_matches_state",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["IRRELEVANT", "DUPLICATE", "CODED"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(
                    state__in=["QUEUED", "LEASED"],
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                ),
                name="task_decision_matches_state",
            ),
            one_of("waits_for", ["", *WaitsFor.values], name="task_waits_for_valid"),
            models.CheckConstraint(
                condition=Q(waits_for="LATER", waits_until__isnull=False)
                | ~Q(waits_for="LATER") & Q(waits_until__isnull=True),
                name="task_deferred_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(waits_for="", aside_by__isnull=True, aside_reason="")
                | ~Q(waits_for="") & Q(aside_by__isnull=False) & ~Q(aside_reason=""),
                name="task_set_aside_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(waits_for="") | Q(state__in=["QUEUED", "LEASED"]),
                name="task_closed_waits_for_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state="DUPLICATE", duplicate_of__isnull=False)
                | ~Q(state="DUPLICATE") & Q(duplicate_of__isnull=True),
                name="task_duplicate_names_original",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in TASK_TRANSITIONS],
            ),
            starts_as("starts_queued", field="state", value=TaskState.QUEUED.value),
            pgtrigger.Trigger(
                name="hold_has_a_new_fence",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__state="LEASED")
                & pgtrigger.Q(old__fence__gte=pgtrigger.F("new__fence"))
                & (
                    pgtrigger.Q(old__holder__df=pgtrigger.F("new__holder"))
                    | ~pgtrigger.Q(old__state="LEASED")
                ),
                func=("RAISE EXCEPTION 'pgtrigger: a hold that passes on has a higher fence';"),
            ),
            pgtrigger.Trigger(
                name="fence_never_falls",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__fence__gt=pgtrigger.F("new__fence")),
                func="RAISE EXCEPTION 'pgtrigger: fences only rise';",
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"
