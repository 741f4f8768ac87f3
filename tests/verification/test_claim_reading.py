"""Who speaks, for whom, how many: what a person may read in a claim, and what can not be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import (
    PartyFactory,
    SourceFactory,
)
from tests.verification.bench import accept, read_as
from tracker.core.errors import InvalidInput
from tracker.incidents.choices import (
    ClaimState,
    Polarity,
)
from tracker.incidents.services.claim_fields import LARGEST_FIGURE
from tracker.sources.models import Party

if TYPE_CHECKING:
    from tests.verification.bench import Bench

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["nahr rescue service", "The Nahr  Rescue Service"])
def test_speaker_with_the_name_of_a_source_is_that_source_with_its_party(
    bench: Bench, words: str
) -> None:
    source = SourceFactory(name="Nahr Rescue Service", party=PartyFactory())

    claim = accept(bench, bench.claim(), correction=read_as(speaker_text=words))

    assert (claim.speaker, claim.party) == (source, source.party)


def test_named_party_stands_over_that_of_the_source(bench: Bench) -> None:
    SourceFactory(name="Nahr Rescue Service", party=PartyFactory())

    claim = accept(bench, bench.claim(), correction=read_as(party_name="Veria Front"))
    again = accept(
        bench, bench.claim(start=30), correction=read_as(party_name=" VERIA  front ", minimum=3)
    )

    assert claim.party == again.party == Party.objects.get(name="Veria Front")


def test_generic_speaker_stays_words(bench: Bench) -> None:
    claim = accept(bench, bench.claim(), correction=read_as(speaker_text="officials"))

    assert (claim.speaker, claim.party, claim.speaker_text) == (None, None, "officials")


def test_source_made_since_the_proposal_is_found_on_acceptance(bench: Bench) -> None:
    claim = bench.claim(speaker_text="Nahr Rescue Service")
    source = SourceFactory(name="Nahr Rescue Service")

    assert accept(bench, claim).speaker == source


def test_chosen_speaker_must_exist(bench: Bench) -> None:
    source = SourceFactory()

    assert accept(bench, bench.claim(), correction=read_as(speaker_id=source.pk)).speaker == source
    with pytest.raises(InvalidInput, match="not among the sources"):
        accept(bench, bench.claim(), correction=read_as(speaker_id=0))


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"outcome": "HURT"}, "Outcome can't be that"),
        ({"subject_status": "FIGHTER"}, "Subject status can't be that"),
        ({"minimum": 9, "maximum": 7}, r"lower figure \(9\) is above"),
        ({"children_min": 3, "children_max": 2}, r"lower figure \(3\) is above"),
        ({"minimum": -1}, "A figure is 0 to"),
        ({"maximum": LARGEST_FIGURE + 1}, "A figure is 0 to"),
        ({"maximum": 7, "women_min": 4, "children_min": 4}, r"together \(8\) are more"),
        ({"polarity": Polarity.ASSERTS_NO_HARM.value}, "has the figure 0"),
        ({"credibility": 7}, "Credibility is 1 to 6"),
        ({"said_on": date(2026, 11, 22)}, "in the future"),
        ({"copy_decision": "UPDATE"}, "copies none"),
        ({"party_name": "x" * 161}, "at most 160"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(
    bench: Bench, over: dict[str, Any], sentence: str
) -> None:
    claim = bench.claim()

    with pytest.raises(InvalidInput, match=sentence):
        accept(bench, claim, correction=read_as(**over))

    claim.refresh_from_db()
    assert claim.state == ClaimState.PROPOSED
