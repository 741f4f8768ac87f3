"""Two rows of one outlet or speaker become one, and two again as if nothing had been."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import F

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    PartyFactory,
    PersonFactory,
    SourceFactory,
    accepted_claim,
)
from tests.factories.feeds import FeedFactory
from tests.factories.published import incident_in_review, published_version
from tests.incidents.one_speaker import as_one, as_two, heard, two_spellings
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.choices import ContributionKind, IncidentStatus
from tracker.incidents.models import Assessment, Claim, Contribution, Incident
from tracker.incidents.selectors.assessment import as_document, assess_incident
from tracker.incidents.selectors.source_merging import other_names_of
from tracker.incidents.services.claim_fields import source_named
from tracker.incidents.services.merge import UnableToMerge, UnableToUndo
from tracker.incidents.services.merge_sources import merge_sources
from tracker.publication.models import PinnedSource
from tracker.sources.models import Article, CredibilityNote, Feed, Source
from tracker.sources.selectors.sources import notes_of, standing_of
from tracker.sources.services.notes import (
    SourceMergedAway,
    add_credibility_note,
    add_source,
    edit_source,
)
from tracker.sources.services.outlets import outlet_named

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Source, Source]:
    return two_spellings()


def _state() -> dict[str, Any]:
    """Everything a merge of sources touches, without counters of changes."""
    kept = {
        Claim: ("id", "speaker", "party", "state", "minimum", "decided_by", "decided_at"),
        Article: ("id", "outlet"),
        Feed: ("id", "source"),
        Source: ("id", "name", "kind", "party", "merged_into"),
        CredibilityNote: ("id", "source"),
    }
    rows: dict[str, Any] = {
        model.__name__: list(model._default_manager.order_by("id").values_list(*fields))
        for model, fields in kept.items()
    }
    rows["answers"] = [as_document(assess_incident(one)) for one in Incident.objects.order_by("id")]
    return rows


def _independent(incident: Incident) -> int:
    return assess_incident(incident).assessment.independent_groups


def test_two_speakers_become_one_and_the_range_says_so(
    pair: tuple[Source, Source], researcher: Person, coordinator: Person
) -> None:
    incident, elsewhere = heard(researcher, *pair), heard(researcher, pair[0])
    assert _independent(incident) == 2

    as_one(*pair, coordinator)

    assert _independent(incident) == 1
    assert set(Claim.objects.values_list("speaker", flat=True)) == {pair[1].pk}
    incident.refresh_from_db()
    assert Assessment.objects.filter(incident=incident).exists()
    assert not Assessment.objects.filter(incident=elsewhere).exists(), "its answer is the same"
    line = AuditEvent.objects.get(action="incident.count_anew")
    assert (line.target_id, line.actor_alias) == (incident.pk, coordinator.alias)
    contribution = Contribution.objects.get(incident=incident)
    assert (contribution.person, contribution.kind) == (coordinator, ContributionKind.MERGED)


def test_published_versions_stay_and_the_incident_goes_under_revision(
    coordinator: Person, researcher: Person
) -> None:
    version = published_version()
    incident, speaker = version.incident, Claim.objects.get().speaker
    assert speaker is not None
    other = SourceFactory()
    second = accepted_claim(by=researcher, incident=incident, speaker=other, minimum=9, maximum=9)
    document, pinned = dict(version.document), PinnedSource.objects.filter(version=version)
    before = list(pinned.values_list("source", "reliability", "note").order_by("id"))

    as_one(other, speaker, coordinator)

    incident.refresh_from_db()
    version.refresh_from_db()
    second.refresh_from_db()
    assert incident.status == IncidentStatus.UNDER_REVISION
    assert version.document == document
    assert list(pinned.values_list("source", "reliability", "note").order_by("id")) == before
    assert second.decided_by == researcher, "the decision is whose it was"


def test_everything_follows_and_goes_back(
    pair: tuple[Source, Source], researcher: Person, coordinator: Person
) -> None:
    source, target = pair
    Source.objects.filter(pk=source.pk).update(party=PartyFactory())
    heard(researcher, source, target)
    ClaimFactory(speaker=source)
    ArticleFactory(outlet=source)
    FeedFactory(source=source)
    CredibilityNote.objects.create(
        source=source, reliability="B", text="Counts itself.", author=researcher, made_at=NOW
    )
    before = _state()

    done = as_one(source, target, coordinator)

    assert target.party is not None
    assert Article.objects.filter(outlet=target).count() == 1
    assert Feed.objects.get().source == target
    assert standing_of([target.pk])[target.pk].reliability == "B"
    assert [note.source for note in notes_of(target.pk)] == [source]
    assert other_names_of(target) == [source.name]
    as_two(done, coordinator)
    assert _state() == before
    actions = AuditEvent.objects.filter(target_type="sources.source").order_by("id")
    assert list(actions.values_list("action", "target_id")) == [
        ("source.merge", source.pk),
        ("source.merge", target.pk),
        ("source.undo_merge", source.pk),
        ("source.undo_merge", target.pk),
    ]


def test_its_name_leads_on(pair: tuple[Source, Source], coordinator: Person) -> None:
    source, target = pair
    as_one(source, target, coordinator)

    assert outlet_named("nahr rescue servise") == target
    assert source_named("the Nahr Rescue Servise") == target
    with pytest.raises(InvalidInput, match=f"there already: {target.name}"):
        add_source(
            name=source.name, kind="OTHER", party_name="", actor=coordinator.as_actor(), now=NOW
        )


def test_nothing_is_written_about_what_is_merged_away(
    pair: tuple[Source, Source], coordinator: Person
) -> None:
    source, target = pair
    as_one(source, target, coordinator)
    actor = coordinator.as_actor()

    with pytest.raises(SourceMergedAway, match=f"was merged into {target.name}"):
        add_credibility_note(
            source_id=source.pk,
            reliability="A",
            text="x",
            audience="STAFF",
            actor=actor,
            now=NOW,
        )
    with pytest.raises(SourceMergedAway):
        edit_source(
            source_id=source.pk,
            expected_revision=source.revision,
            kind="OTHER",
            party_name="",
            actor=actor,
            now=NOW,
            reason="x",
        )
    with pytest.raises(SourceMergedAway):
        as_one(source, SourceFactory(), coordinator)


def test_articles_that_both_numbered_alike_stay_and_speak_for_one(
    pair: tuple[Source, Source], researcher: Person, coordinator: Person
) -> None:
    incident = heard(researcher)
    for outlet in pair:
        article = ArticleFactory(outlet=outlet, external_id="41")
        accepted_claim(by=researcher, incident=incident, article=article, speaker_text="")
    twin = Article.objects.get(outlet=pair[0])

    done = as_one(*pair, coordinator)

    twin.refresh_from_db()
    assert twin.outlet == pair[0]
    outlets = {fact.outlet for fact in assess_incident(incident).scenario.claims}
    assert outlets == {f"outlet {pair[1].pk}"}
    as_two(done, coordinator)


def test_coordinators_alone_with_a_reason_and_the_revisions_they_saw(
    pair: tuple[Source, Source], coordinator: Person
) -> None:
    for nobody in (Role.REVIEWER, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            as_one(*pair, PersonFactory(role=nobody.value))
    with pytest.raises(NotAllowed):
        as_one(*pair, coordinator, actor=machine("worker"))
    with pytest.raises(InvalidInput, match="how you know"):
        as_one(*pair, coordinator, reason=" ")
    with pytest.raises(StaleRevision, match="since you opened it"):
        as_one(*pair, coordinator, target_revision=9)
    with pytest.raises(NotFound):
        as_one(*pair, coordinator, target_id=0)
    assert not Source.objects.filter(merged_into__isnull=False).exists()


def test_what_stands_in_the_way_is_said(
    pair: tuple[Source, Source], researcher: Person, coordinator: Person
) -> None:
    source, target = pair
    with pytest.raises(UnableToMerge, match="into itself"):
        as_one(source, source, coordinator)
    locked = incident_in_review(researcher=researcher)
    with pytest.raises(UnableToMerge, match=f"{locked} is in review and locked"):
        as_one(Claim.objects.get().speaker, target, coordinator)  # type: ignore[arg-type]  # it has one
    for one in pair:
        Source.objects.filter(pk=one.pk).update(party=PartyFactory())
    with pytest.raises(UnableToMerge, match="correct one of them first"):
        as_one(source, target, coordinator)


def test_confirmed_claim_is_rated_anew_first(
    pair: tuple[Source, Source], researcher: Person, coordinator: Person
) -> None:
    heard(researcher, *pair)
    confirmed = Claim.objects.order_by("id")[0]
    Claim.objects.filter(pk=confirmed.pk).update(credibility=1, revision=F("revision") + 1)
    connection.check_constraints()

    with pytest.raises(UnableToMerge, match=f"Claim {confirmed.pk} has the credibility 1"):
        as_one(*pair, coordinator)


def test_what_since_rests_on_it_is_named(
    pair: tuple[Source, Source], researcher: Person, coordinator: Person
) -> None:
    source, target = pair
    Source.objects.filter(pk=source.pk).update(party=PartyFactory())
    incident = heard(researcher, source)
    claim = Claim.objects.get()
    done = as_one(source, target, coordinator)
    Source.objects.filter(pk=target.pk).update(party=None)
    Claim.objects.filter(pk=claim.pk).update(speaker=SourceFactory(), revision=F("revision") + 1)
    Incident.objects.filter(pk=incident.pk).update(
        status="IN_REVIEW", submitted_by=researcher, submitted_at=NOW
    )

    with pytest.raises(UnableToUndo) as refused:
        as_two(done, coordinator)

    told = str(refused.value)
    assert f"The party of {target}" in told
    assert f"Claim {claim.pk} was given another speaker since, by {researcher.alias}." in told
    assert f"{incident} is in review" in told


def test_later_merge_is_undone_first_and_none_twice(
    pair: tuple[Source, Source], coordinator: Person
) -> None:
    source, target = pair
    third = SourceFactory()
    done = as_one(source, target, coordinator)
    outer = as_one(target, third, coordinator)
    assert other_names_of(third) == sorted([source.name, target.name])
    assert outlet_named(source.name) == third

    with pytest.raises(UnableToUndo, match="undo that first"):
        as_two(done, coordinator)
    as_two(outer, coordinator)
    as_two(done, coordinator, source)
    assert source.merged_into is None
    with pytest.raises(UnableToUndo, match="undone before"):
        as_two(done, coordinator)
    with pytest.raises(NotAllowed):
        as_two(done, PersonFactory(role=Role.REVIEWER.value))


def test_what_came_since_stays_where_it_came(
    pair: tuple[Source, Source], coordinator: Person
) -> None:
    source, target = pair
    done = as_one(source, target, coordinator)
    since = ArticleFactory(outlet=outlet_named(source.name))

    as_two(done, coordinator)

    since.refresh_from_db()
    assert since.outlet == target
    assert outlet_named(source.name) == source


def test_many_incidents_are_locked_and_read_in_order(
    pair: tuple[Source, Source], researcher: Person, coordinator: Person
) -> None:
    incidents = [heard(researcher, *pair) for _ in range(3)]

    done = as_one(*pair, coordinator)

    line = AuditEvent.objects.filter(action="source.merge").order_by("id")[0]
    assert line.changes["incidents"] == sorted(one.pk for one in incidents)
    assert (line.changes["claims"], line.changes["with"]) == (3, pair[1].pk)
    assert merge_sources.__doc__ is not None
    assert done.reason.startswith("One letter")
