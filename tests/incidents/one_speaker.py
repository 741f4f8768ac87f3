"""Two sources that are one, heard in incidents, and the two merged or parted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import NOW
from tests.factories import IncidentFactory, SourceFactory, accepted_claim
from tracker.incidents.services.merge_sources import merge_sources, undo_source_merge

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.sources.models import Source, SourceMerge


def two_spellings() -> tuple[Source, Source]:
    """One rescue service under two names."""
    return (
        SourceFactory(name="Nahr Rescue Servise", kind="RESCUE_SERVICE"),
        SourceFactory(name="Nahr Rescue Service", kind="RESCUE_SERVICE"),
    )


def heard(by: Person, *speakers: Source, figures: tuple[int, ...] = (7, 11)) -> Incident:
    """An incident with a figure of each speaker."""
    incident: Incident = IncidentFactory(created_by=by)
    for speaker, figure in zip(speakers, figures, strict=False):
        accepted_claim(
            by=by,
            incident=incident,
            speaker=speaker,
            speaker_text=speaker.name,
            minimum=figure,
            maximum=figure,
        )
    return incident


def as_one(source: Source, target: Source, by: Person, **more: Any) -> SourceMerge:
    """The first merged into the second."""
    source.refresh_from_db()
    target.refresh_from_db()
    values: dict[str, Any] = {
        "source_id": source.pk,
        "source_revision": source.revision,
        "target_id": target.pk,
        "target_revision": target.revision,
        "actor": by.as_actor(),
        "now": NOW,
        "reason": "One letter of difference, one address.",
    } | more
    done = merge_sources(**values)
    source.refresh_from_db()
    target.refresh_from_db()
    return done


def as_two(done: SourceMerge, by: Person, *rows: Any) -> None:
    """Parted again; ``rows`` are read anew."""
    undo_source_merge(
        merge_id=done.pk, actor=by.as_actor(), now=NOW, reason="Two offices after all."
    )
    for row in rows:
        row.refresh_from_db()
