"""What makes every worker on every host behave as one polite visitor."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

#: More of a robots.txt is not read; RFC 9309 asks for at least 500 KiB.
LONGEST_ROBOTS = 512 * 1024


class Turn(models.Model):
    """The one token of a host or of a network address; whoever has it may send one request.

    ``key`` is "host " with the registrable domain, or "address " with the network address.
    ``holder`` NULL = nobody talks to it now. Until ``free_at`` nobody may: while it is held that
    is when a holder that died loses it, afterwards when the rest between two requests is over.
    """

    key = models.CharField(max_length=300, unique=True)
    holder = models.UUIDField(null=True, blank=True)
    free_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=r"^(host|address) [^ ]+$"), name="turn_key_valid"
            )
        ]

    def __str__(self) -> str:
        return f"turn of {self.key}"


class RobotsFile(models.Model):
    """The robots.txt of one origin (scheme, host, port), until it expires.

    ``content`` is of the last answer that brought one ("" = there is none, all is allowed).
    ``status`` is of the last answer, NULL = it led to where nothing is fetched from.
    ``fetched_at`` NULL = never a usable answer; ``unreachable_since`` NULL = the last was usable.
    """

    origin = models.CharField(max_length=300, unique=True)
    content = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    unreachable_since = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fetched_at__isnull=False) | Q(unreachable_since__isnull=False),
                name="robots_file_fetched_or_unreachable",
            )
        ]

    def __str__(self) -> str:
        return f"robots.txt of {self.origin}"


class Journey(models.Model):
    """How far an address had led when the turn of the next host had not come; forgotten soon.

    So that the hosts on the way are not asked again. ``addresses`` are all of them, the first and
    the next included. ``moved_to`` "" = it has not moved for good.
    """

    url_sha256 = models.CharField(max_length=64, primary_key=True)
    addresses = ArrayField(models.CharField(max_length=2000))
    moved_to = models.CharField(max_length=2000, blank=True)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"journey of {self.url_sha256[:12]}"
