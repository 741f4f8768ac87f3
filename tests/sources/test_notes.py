"""Judgements about sources: dated, by people, the latest in force, none is not F."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, SourceFactory
from tracker.audit.models import AuditEvent
from tracker.core.actor import Actor, ActorKind, Role
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.sources.choices import Audience, SourceKind
from tracker.sources.models import Party
from tracker.sources.selectors.sources import get_source, list_sources, notes_of, standing_of
from tracker.sources.services.notes import add_credibility_note, edit_source

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.sources.models import CredibilityNote

pytestmark = pytest.mark.django_db


def _note(actor: Actor, **changes: Any) -> CredibilityNote:
    fields: dict[str, Any] = {
        "reliability": "B",
        "text": "Corrects its errors in print.",
        "audience": Audience.PARTNERS,
        "actor": actor,
        "now": NOW,
        **changes,
    }
    return add_credibility_note(**fields)


def test_latest_note_is_in_force_and_one_without_rating_leaves_it(
    researcher: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = researcher.as_actor()
    rated, unrated = SourceFactory.create(), SourceFactory.create()
    _note(actor, source_id=rated.pk, reliability="C")
    public = _note(actor, source_id=rated.pk, now=NOW + timedelta(days=1))
    staff = _note(
        actor,
        source_id=rated.pk,
        reliability=None,
        audience=Audience.STAFF,
        text="Owner changed.",
        now=NOW + timedelta(days=2),
    )

    with django_assert_num_queries(2):
        standing = standing_of([rated.pk, unrated.pk])

    assert standing[rated.pk].reliability == "B"
    assert standing[rated.pk].note == staff
    assert standing[rated.pk].partner_note == public
    assert standing[unrated.pk].reliability is None
    assert standing[unrated.pk].note is None
    assert list(notes_of(rated.pk))[:2] == [staff, public]


def test_audit_line_of_a_note_has_no_words(researcher: Person) -> None:
    note = _note(researcher.as_actor(), source_id=SourceFactory.create().pk)

    event = AuditEvent.objects.get()
    assert event.changes == {"note": note.pk, "reliability": "B", "audience": "PARTNERS"}


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"reliability": "G"}, InvalidInput),
        ({"reliability": ""}, InvalidInput),
        ({"audience": "ALL"}, InvalidInput),
        ({"text": "  "}, InvalidInput),
        ({"source_id": 0}, NotFound),
        ({"actor": Actor(kind=ActorKind.MACHINE, id=None, alias="m")}, NotAllowed),
        (
            {"actor": Actor(kind=ActorKind.MACHINE, id=None, alias="m", role=Role.RESEARCHER)},
            NotAllowed,
        ),
    ],
)
def test_note_that_is_refused(
    researcher: Person, changes: dict[str, Any], failure: type[DomainError]
) -> None:
    fields = {"source_id": SourceFactory.create().pk, "actor": researcher.as_actor(), **changes}

    with pytest.raises(failure):
        _note(**fields)


def test_source_gets_a_kind_and_a_party(researcher: Person) -> None:
    source = SourceFactory.create()
    edit: dict[str, Any] = {
        "source_id": source.pk,
        "kind": SourceKind.STATE_MEDIA,
        "actor": researcher.as_actor(),
        "now": NOW,
        "reason": "It says so in its imprint.",
    }

    edited = edit_source(expected_revision=1, party_name=" Valley  Guard ", **edit)
    again = edit_source(expected_revision=2, party_name="valley guard", **edit)
    freed = edit_source(expected_revision=3, party_name="", **edit)

    assert edited.party == again.party == Party.objects.get(name="Valley Guard")
    assert (freed.party, freed.revision) == (None, 4)
    with pytest.raises(StaleRevision, match=f"{researcher.alias} changed this source"):
        edit_source(expected_revision=3, party_name="", **edit)
    with pytest.raises(InvalidInput, match="at most 160"):
        edit_source(expected_revision=4, party_name="p" * 161, **edit)
    with pytest.raises(InvalidInput, match="no kind"):
        edit_source(expected_revision=4, party_name="", **{**edit, "kind": "BLOG"})


def test_viewer_edits_no_source(viewer: Person) -> None:
    with pytest.raises(NotAllowed):
        edit_source(
            source_id=SourceFactory.create().pk,
            expected_revision=1,
            kind=SourceKind.NGO,
            party_name="",
            actor=viewer.as_actor(),
            now=NOW,
            reason="r",
        )


def test_list_of_sources_counts_their_articles() -> None:
    second, first = SourceFactory.create(name="Zeta"), SourceFactory.create(name="Alpha")
    ArticleFactory.create(outlet=second)

    assert [(s.name, s.article_count) for s in list_sources()] == [("Alpha", 0), ("Zeta", 1)]  # type: ignore[attr-defined]
    assert get_source(first.pk) == first
    with pytest.raises(NotFound):
        get_source(0)
