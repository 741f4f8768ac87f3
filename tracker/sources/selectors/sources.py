"""Sources with the judgement in force about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from tracker.core.errors import NotFound
from tracker.core.families import members_of
from tracker.sources.choices import Audience
from tracker.sources.models import CredibilityNote, Source

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force about a source.

    ``reliability`` None = nobody has rated it, which is not F. ``note`` is the latest of all,
    ``partner_note`` the latest that partners may read.
    """

    reliability: str | None = None
    note: CredibilityNote | None = None
    partner_note: CredibilityNote | None = None


def standing_of(source_ids: Collection[int]) -> dict[int, Standing]:
    """The standing of every source asked for, in two queries.

    Notes stay with the source they were written about and count for the one it was merged into.
    """
    reliability: dict[int, str] = {}
    notes: dict[int, CredibilityNote] = {}
    partner_notes: dict[int, CredibilityNote] = {}
    homes = dict(members_of(Source, set(source_ids), with_merged=False))
    history = (
        CredibilityNote.objects.filter(source_id__in=homes)
        .select_related("author")
        .order_by("made_at", "id")
    )
    for note in history:
        home = homes[note.source_id]
        notes[home] = note
        if note.reliability is not None:
            reliability[home] = note.reliability
        if note.audience == Audience.PARTNERS:
            partner_notes[home] = note
    return {
        source_id: Standing(
            reliability=reliability.get(source_id),
            note=notes.get(source_id),
            partner_note=partner_notes.get(source_id),
        )
        for source_id in source_ids
    }


def list_sources() -> QuerySet[Source]:
    """All sources that stand, by name, with ``article_count``."""
    return (
        Source.objects.filter(merged_into__isnull=True)
        .select_related("party")
        .annotate(article_count=Count("articles"))
        .order_by("name")
    )


def get_source(source_id: int) -> Source:
    """One source with its party. Raises NotFound."""
    found = Source.objects.select_related("party", "merged_into")
    source = found.filter(pk=source_id).first()
    if source is None:
        raise NotFound(f"There is no source {source_id}.")
    return source


def family_of(source_id: int) -> list[int]:
    """The source and all that were merged into it, by id, wherever it belongs itself."""
    return sorted(pk for pk, _ in members_of(Source, [source_id], with_merged=True))


def notes_of(source_id: int) -> QuerySet[CredibilityNote]:
    """The history of judgements about a source and what was merged into it, the latest first."""
    return (
        CredibilityNote.objects.filter(source__in=family_of(source_id))
        .select_related("author", "source")
        .order_by("-made_at", "-id")
    )
