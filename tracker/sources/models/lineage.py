"""Keys by which a text is found again, and the links between texts that share wording."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from tracker.accounts.models import Person
from tracker.core.checks import one_of
from tracker.sources.choices import LINK_TRANSITIONS, LineageKind, LinkState
from tracker.sources.models.article import Article

_PROPOSED = LinkState.PROPOSED.value


class TextSignature(models.Model):
    """The keys of one wording; a verbatim copy of a text that has some gets none of its own.

    A table beside the articles, so that an article that moves on rewrites no index of keys.
    ``algorithm`` names hash, seeds and rules; keys of different algorithms never meet.
    """

    article = models.OneToOneField(
        Article, models.PROTECT, primary_key=True, related_name="signature"
    )
    algorithm = models.CharField(max_length=60)
    bands = ArrayField(models.BigIntegerField())
    sentences = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [
            GinIndex(fields=["bands"], fastupdate=False, name="signature_bands"),
            GinIndex(fields=["sentences"], fastupdate=False, name="signature_sentences"),
        ]

    def __str__(self) -> str:
        return f"signature of article {self.article_id}"


class CommonKey(models.Model):
    """A key that so many stories share that it says nothing: neither stored nor asked for."""

    key = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"common key {self.key}"


class LineageLink(models.Model):
    """Why ``article`` is held to share its wording with ``other``, and what people say of it.

    ``article`` is the one that descends. ``overlap`` NULL = not measured: a translation shares no
    words. ``reasons`` are those of ``rules.lineage_reasons``. ``made_by`` NULL = found by machine.
    ``decided_by`` NULL = no person has looked. One row per pair, whichever descends, and a decided
    row stays: a refused link never returns.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="links")
    other = models.ForeignKey(Article, models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=16, choices=LineageKind)
    overlap = models.FloatField(null=True, blank=True)
    share = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="links_made"
    )

    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.PROPOSED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="links_decided"
    )
    decision_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("article", "other"), Greatest("article", "other"), name="link_pair_unique"
            ),
            models.CheckConstraint(condition=~Q(article=F("other")), name="link_of_two_articles"),
            one_of(
                "kind",
                [kind for kind in LineageKind.values if kind != LineageKind.ORIGINAL.value],
                name="link_kind_valid",
            ),
            one_of("state", LinkState.values, name="link_state_valid"),
            models.CheckConstraint(
                condition=Q(state=_PROPOSED)
                & Q(decided_by__isnull=True, decided_at__isnull=True, decision_reason="")
                | ~Q(state=_PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="link_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") & Q(made_by__isnull=True) | ~Q(decision_reason=""),
                name="link_refused_or_made_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(overlap__isnull=False, share__isnull=False) | Q(made_by__isnull=False),
                name="link_of_a_machine_measured",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="link_state_fsm",
                field="state",
                transitions=[(a.value, b.value) for a, b in LINK_TRANSITIONS],
            ),
            pgtrigger.ReadOnly(
                name="link_pair_fixed", fields=["article", "other", "made_at", "made_by"]
            ),
            pgtrigger.Protect(
                name="link_decided_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=_PROPOSED),
            ),
            pgtrigger.Trigger(
                name="link_decided_fixed",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=~pgtrigger.Q(old__state=_PROPOSED),
                func=(
                    "IF ROW(NEW.kind, NEW.overlap, NEW.share, NEW.reasons) IS DISTINCT FROM "
                    "ROW(OLD.kind, OLD.overlap, OLD.share, OLD.reasons) THEN "
                    "RAISE EXCEPTION 'pgtrigger: a decided link keeps what was decided'; END IF; "
                    "RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"
