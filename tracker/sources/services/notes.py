"""What people say about a source: its kind, its party, dated notes and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.selectors.writers import last_writer
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.core.families import home_of
from tracker.sources.choices import Audience, Reliability, SourceKind
from tracker.sources.models import CredibilityNote, Source
from tracker.sources.services.parties import party_named

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.models import Party

_LONGEST_NAME = 200


class SourceMergedAway(DomainError):
    """The source was merged into another one."""

    code = "merged_away"


@transaction.atomic
def add_source(*, name: str, kind: str, party_name: str, actor: Actor, now: datetime) -> Source:
    """Enter a named outlet or speaker; claims with its words as speaker are its own from now on.

    Raises NotAllowed, InvalidInput for a name that is empty, too long or known already.
    """
    require_right(actor, Right.RATE_SOURCES)
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise InvalidInput(f"A source has a name of at most {_LONGEST_NAME} characters.")
    if kind not in SourceKind.values:
        raise InvalidInput(f"There is no kind of source {kind!r}.")
    known = Source.objects.filter(name__iexact=name).first()
    if known is not None:
        raise InvalidInput(
            f"A source of this name is there already: {home_of(known)}. Look for it in the list."
        )
    source = Source.objects.create(name=name, kind=kind, party=_party(party_name))
    record_event(actor=actor, action="source.add", target=source, now=now, changes={"kind": kind})
    return source


@transaction.atomic
def add_credibility_note(
    *,
    source_id: int,
    reliability: str | None,
    text: str,
    audience: str,
    actor: Actor,
    now: datetime,
) -> CredibilityNote:
    """Add a dated judgement; None leaves the rating in force as it is.

    Raises NotAllowed, NotFound, InvalidInput for a rating, an audience or a text there is none of.
    """
    require_right(actor, Right.RATE_SOURCES)
    if actor.id is None:
        raise NotAllowed("Only a person judges a source.")
    source = _locked(source_id)
    if reliability is not None and reliability not in Reliability.values:
        raise InvalidInput(f"There is no rating {reliability!r}; choose A to F or leave it open.")
    if audience not in Audience.values:
        raise InvalidInput("Say whether the note is for staff only or for partners too.")
    if not text.strip():
        raise InvalidInput("A judgement needs its reason: write a note.")
    note = CredibilityNote.objects.create(
        source=source,
        reliability=reliability,
        text=text.strip(),
        audience=audience,
        author_id=actor.id,
        made_at=now,
    )
    record_event(
        actor=actor,
        action="source.note",
        target=source,
        now=now,
        changes={"note": note.pk, "reliability": reliability, "audience": audience},
    )
    return note


@transaction.atomic
def edit_source(
    *,
    source_id: int,
    expected_revision: int,
    kind: str,
    party_name: str,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Source:
    """Set what a source is and which party it belongs to; "" = none, an unknown one is made.

    Raises NotAllowed, NotFound, InvalidInput, StaleRevision.
    """
    require_right(actor, Right.RATE_SOURCES)
    source = _locked(source_id)
    if source.revision != expected_revision:
        who = last_writer(source, "source.edit")
        raise StaleRevision(f"{who} changed this source meanwhile; look at it again.")
    if kind not in SourceKind.values:
        raise InvalidInput(f"There is no kind of source {kind!r}.")
    before = (source.kind, source.party_id)
    source.kind = kind
    source.party = _party(party_name)
    source.revision += 1
    source.save(update_fields=["kind", "party", "revision"])
    record_event(
        actor=actor,
        action="source.edit",
        target=source,
        now=now,
        reason=reason,
        changes={"kind": [before[0], kind], "party_changed": before[1] != source.party_id},
    )
    return source


def _party(name: str) -> Party | None:
    """The party of that name; "" = belongs to none."""
    return party_named(name) if name.strip() else None


def _locked(source_id: int) -> Source:
    source = Source.objects.select_for_update().filter(pk=source_id).first()
    if source is None:
        raise NotFound(f"There is no source {source_id}.")
    refuse_merged(source)
    return source


def refuse_merged(source: Source) -> None:
    """Nothing is written to a source that was merged away. Raises SourceMergedAway."""
    if source.merged_into is not None:
        raise SourceMergedAway(f"{source} was merged into {home_of(source)}; write about that one.")
