"""Nothing typed is lost: not with a hold, not with a sign-in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory
from tracker.verification.models import Draft
from tracker.verification.services.drafts import adopt_draft, drop_draft, find_draft, save_draft
from tracker.verification.services.leases import LEASE_LASTS, LostLease
from tracker.verification.services.tasks import mark_irrelevant

if TYPE_CHECKING:
    from tests.verification.bench import Bench
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

FORM = "task-17-claim-204"
TYPED = {"minimum": "9", "reason": "الصفحة الثانية says nine"}


def test_what_was_typed_comes_back_to_the_letter(researcher: Person) -> None:
    save_draft(person_id=researcher.pk, form=FORM, fields=TYPED, now=NOW)

    draft = find_draft(person_id=researcher.pk, form=FORM)

    assert draft is not None
    assert (draft.fields, draft.saved_at) == (TYPED, NOW)


def test_person_has_one_draft_of_a_form_the_latest(researcher: Person) -> None:
    first = save_draft(person_id=researcher.pk, form=FORM, fields=TYPED, now=NOW)
    later = NOW + timedelta(minutes=1)

    second = save_draft(person_id=researcher.pk, form=FORM, fields={"minimum": "8"}, now=later)

    assert (second.pk, second.token) == (first.pk, first.token)
    assert Draft.objects.get().fields == {"minimum": "8"}


def test_nobody_sees_the_draft_of_another(researcher: Person) -> None:
    save_draft(person_id=researcher.pk, form=FORM, fields=TYPED, now=NOW)

    assert find_draft(person_id=PersonFactory().pk, form=FORM) is None
    assert find_draft(person_id=researcher.pk, form="task-18-add") is None


def test_words_sent_after_the_sign_in_ran_out_wait_for_their_token(researcher: Person) -> None:
    kept = save_draft(person_id=None, form=FORM, fields=TYPED, now=NOW)

    adopted = adopt_draft(token=kept.token, person_id=researcher.pk, now=NOW)

    assert adopted is not None
    found = find_draft(person_id=researcher.pk, form=FORM)
    assert found == adopted
    assert adopted.fields == TYPED


def test_adopted_words_are_later_than_those_saved_before(researcher: Person) -> None:
    save_draft(person_id=researcher.pk, form=FORM, fields={"minimum": "8"}, now=NOW)
    kept = save_draft(person_id=None, form=FORM, fields=TYPED, now=NOW)

    adopt_draft(token=kept.token, person_id=researcher.pk, now=NOW)

    assert [d.fields for d in Draft.objects.filter(person=researcher)] == [TYPED]


def test_token_works_once_and_only_for_a_draft_without_a_person(researcher: Person) -> None:
    own = save_draft(person_id=PersonFactory().pk, form=FORM, fields=TYPED, now=NOW)
    kept = save_draft(person_id=None, form=FORM, fields=TYPED, now=NOW)
    adopt_draft(token=kept.token, person_id=researcher.pk, now=NOW)

    for token in (own.token, kept.token, "", "no-such-token"):
        assert adopt_draft(token=token, person_id=PersonFactory().pk, now=NOW) is None


def test_two_signed_out_people_keep_apart_what_they_typed() -> None:
    kept = [save_draft(person_id=None, form=FORM, fields={"n": n}, now=NOW) for n in ("1", "2")]

    assert len({draft.token for draft in kept}) == 2
    assert Draft.objects.count() == 2


def test_dropped_draft_is_gone_and_dropping_none_is_fine(researcher: Person) -> None:
    save_draft(person_id=researcher.pk, form=FORM, fields=TYPED, now=NOW)

    drop_draft(person_id=researcher.pk, form=FORM)
    drop_draft(person_id=researcher.pk, form=FORM)

    assert find_draft(person_id=researcher.pk, form=FORM) is None


def test_draft_survives_the_lost_hold_that_refused_its_words(bench: Bench) -> None:
    late = {**bench.hold, "now": NOW + LEASE_LASTS}
    save_draft(person_id=bench.actor.id, form=FORM, fields=TYPED, now=NOW)

    with pytest.raises(LostLease):
        mark_irrelevant(reason="No harm.", **late)

    draft = find_draft(person_id=bench.actor.person_id, form=FORM)
    assert draft is not None
    assert draft.fields == TYPED
