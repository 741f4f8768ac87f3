"""Whatever people do in whatever order: no illegal state, the model's ranges, a chain that holds.

``LIFE_STEPS=10000`` in the environment makes the long run.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.conftest import NOW
from tests.factories import ArticleFactory, PersonFactory, ReviewTaskFactory, SourceFactory
from tests.publication.plain_life import Ends, PlainClaim, PlainIncident, PlainLife, PlainMerge
from tracker.audit.selectors.chain import verify_chain
from tracker.audit.services.seal import seal_events
from tracker.core.actor import Role, machine
from tracker.core.errors import DomainError
from tracker.extraction import ProposedClaim
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Claim, Incident
from tracker.incidents.selectors.assessment import assess_incidents
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.incidents.services.incidents import create_incident
from tracker.incidents.services.merge import merge_incidents, undo_merge
from tracker.incidents.services.review import return_incident, submit_incident
from tracker.incidents.services.split import split_incident
from tracker.publication.models import Version
from tracker.publication.services.publish import publish_incident
from tracker.verification.services.decisions import accept_claim, reject_claim, retract_claim
from tracker.verification.services.leases import lease_task
from tracker.verification.services.propose import Found, propose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.core.actor import Actor

pytestmark = pytest.mark.django_db

SHORT, IN_A_LIFE = 160, 40
MOST_INCIDENTS = 8
STEPS = int(os.environ.get("LIFE_STEPS", SHORT))
#: Two who research and two who review, whatever they do besides.
ROLES = (Role.RESEARCHER, Role.RESEARCHER, Role.REVIEWER, Role.REVIEWER)
ANYBODY, REVIEWERS = st.integers(0, 3), st.integers(2, 3)
WHICH = st.integers(0, 11)
SPEAKERS = ("Monitor", "Rescue", "Hospital")
FIRST_DAY = date(2026, 1, 1)
TEXT = "Shells killed people in Marnesh, a speaker said."
FIGURES = st.tuples(
    st.one_of(st.none(), st.integers(1, 9)), st.one_of(st.none(), st.integers(9, 20))
)


class Lives(RuleBasedStateMachine):
    """The services beside the model: both agree on what may be done and on what is then there."""

    @initialize()
    def begin(self) -> None:
        self._undone_in_the_end = ExitStack()
        self._undone_in_the_end.enter_context(transaction.atomic())
        self.now: datetime = NOW
        self.life = PlainLife()
        self.published: dict[int, Ends] = {}
        self.actors: list[Actor] = [PersonFactory(role=role.value).as_actor() for role in ROLES]
        for name in SPEAKERS:
            SourceFactory(name=name, kind="MONITOR")
        for who in range(3):
            self.somebody_opens_a_draft(who)
        for number in range(6):
            self.a_machine_proposes(SPEAKERS[number % 2], (number + 1, number + 9), number % 3)
            self.accept(number, number // 2 * 2, None)

    @rule(speaker=st.sampled_from(SPEAKERS), ends=FIGURES, holder=ANYBODY)
    def a_machine_proposes(self, speaker: str, ends: Ends, holder: int) -> None:
        day = len(self.life.claims)
        article = ArticleFactory(text=TEXT, published_on=FIRST_DAY + timedelta(days=day))
        task = ReviewTaskFactory(article=article, queued_at=self.now)
        read = Found(text=TEXT, own=TEXT, claims=[_said(speaker, ends)], relevance=90, reasons=[])
        assert propose([article], {article.pk: read}, now=self.now)[article.pk] == 1
        pk = Claim.objects.get(article=article).pk
        self.life.claims.append(
            PlainClaim(pk=pk, day=day, speaker=speaker, ends=ends, task=task.pk, holder=holder)
        )

    @rule(who=ANYBODY)
    def somebody_opens_a_draft(self, who: int) -> None:
        if len(self.life.incidents) < 4:  # enough to merge crosswise
            made = create_incident(title="Strike", actor=self.actors[who], now=self.now)
            incident = PlainIncident(made.pk)
            incident.touched(who)
            self.life.incidents.append(incident)

    @rule(
        claim=WHICH,
        into=st.one_of(st.none(), WHICH, WHICH),
        ends=st.one_of(st.none(), FIGURES),
        step=st.sampled_from(["accept", "accept", "accept", "reject", "retract"]),
    )
    def somebody_decides(self, claim: int, into: int | None, ends: Ends | None, step: str) -> None:
        if step == "reject":
            self.reject(claim)
        elif step == "retract":
            self.retract(claim)
        else:
            self.accept(claim, into, ends)

    def accept(self, claim: int, into: int | None, ends: Ends | None) -> None:
        """Accept, correct or move."""
        chosen = self._claim(claim)
        goes_to = None if into is None else self._incident(into)
        fields = None if ends is None else _fields(chosen.speaker, ends)

        def act() -> None:
            accept_claim(
                **self._deciding(chosen),
                correction=fields,
                incident_id=None if goes_to is None else goes_to.pk,
                reason="It is told so.",
            )

        if self._does_so(self.life.may_decide(chosen, goes_to), act):
            self.life.accept(chosen, goes_to, ends or chosen.ends)

    def reject(self, claim: int) -> None:
        """From wherever it stands."""
        chosen = self._claim(claim)

        def act() -> None:
            reject_claim(**self._deciding(chosen), reason="It is another event.")

        if self._does_so(self.life.may_reject(chosen), act):
            self.life.reject(chosen)

    def retract(self, claim: int) -> None:
        """Its speaker took it back."""
        chosen = self._claim(claim)

        def act() -> None:
            retract_claim(**self._deciding(chosen), reason="The monitor withdrew it.")

        if self._does_so(self.life.may_retract(chosen), act):
            self.life.retract(chosen)

    @rule(claim=WHICH)
    def a_machine_and_an_old_page_decide_nothing(self, claim: int) -> None:
        asked = self._deciding(self._claim(claim))
        for wrong in (
            {"actor": machine("extractor")},
            {"expected_revision": asked["expected_revision"] - 1},
            {"fence": asked["fence"] - 1},
        ):
            with pytest.raises(DomainError):
                reject_claim(**{**asked, **wrong}, reason="It may be another event.")

    @rule(
        step=st.sampled_from(["submit", "return", "publish", "publish"]), which=WHICH, who=ANYBODY
    )
    def a_review_goes_on(self, step: str, which: int, who: int) -> None:
        waits = [one for one in self.life.incidents if one.status == IncidentStatus.IN_REVIEW]
        if step == "submit" or not (waits or which % 3):
            self.submit(self._incident(which), who)
            return
        # mostly one that is in review, so that something comes of it
        incident = waits[which % len(waits)] if waits and which % 3 else self._incident(which)
        reviewer = 2 + who % 2
        if step == "return":
            self.send_back(incident, reviewer)
        else:
            self.publish(incident, reviewer)

    @rule(is_undone=st.booleans(), which=WHICH, into=WHICH, who=REVIEWERS)
    def a_reviewer_merges_or_parts(
        self, *, is_undone: bool, which: int, into: int, who: int
    ) -> None:
        if is_undone and self.life.merges:
            self.part(self.life.merges[-1 - which % len(self.life.merges)], who)
        else:
            self.merge(self._incident(which), self._incident(into), who)

    @rule(which=WHICH, claims=st.sets(WHICH, max_size=3), who=REVIEWERS)
    def a_reviewer_splits_off(self, which: int, claims: set[int], who: int) -> None:
        if len(self.life.incidents) >= MOST_INCIDENTS:
            return
        incident = self._incident(which)
        # mostly claims that are on it, so that something comes of it
        there = self.life.claims_of(incident) if which % 4 else self.life.claims
        chosen = {one.pk: one for one in (there[n % len(there)] for n in sorted(claims) if there)}
        made: list[int] = []

        def act() -> None:
            draft = split_incident(
                incident_id=incident.pk,
                expected_revision=_revision(incident),
                claim_ids=list(chosen),
                title="Another strike",
                actor=self.actors[who],
                now=self.now,
                reason="Two strikes, told as one.",
            )
            made.append(draft.pk)

        split_off = list(chosen.values())
        if self._does_so(self.life.may_split(incident, split_off), act):
            self.life.split(made[0], incident, split_off, who)

    def submit(self, incident: PlainIncident, who: int) -> None:
        """To review."""
        asked = self._reviewing(incident, who)
        if self._does_so(self.life.may_submit(incident), lambda: submit_incident(**asked)):
            self.life.submit(incident, who)

    def send_back(self, incident: PlainIncident, who: int) -> None:
        """With a remark."""
        asked = {**self._reviewing(incident, who), "reason": "Mend the day."}
        if self._does_so(self.life.may_return(incident, who), lambda: return_incident(**asked)):
            incident.status = IncidentStatus.RETURNED

    def publish(self, incident: PlainIncident, who: int) -> None:
        """The next version."""
        asked = {**self._reviewing(incident, who), "change_note": "As it stands."}
        if self._does_so(self.life.may_publish(incident, who), lambda: publish_incident(**asked)):
            self.life.publish(incident)
            version = Version.objects.get(incident=incident.pk, number=incident.versions)
            self.published[version.pk] = self.life.range_of(incident)

    def merge(self, one: PlainIncident, other: PlainIncident, who: int) -> None:
        """The one into the other."""
        done: list[int] = []

        def act() -> None:
            made = merge_incidents(
                source_id=one.pk,
                source_revision=_revision(one),
                target_id=other.pk,
                target_revision=_revision(other),
                actor=self.actors[who],
                now=self.now,
                reason="One strike, told twice.",
            )
            done.append(made.pk)

        if self._does_so(self.life.may_merge(one, other), act):
            self.life.merge(done[0], one, other, who)

    def part(self, done: PlainMerge, who: int) -> None:
        """Undo the merge."""

        def act() -> None:
            undo_merge(
                restructuring_id=done.pk,
                actor=self.actors[who],
                now=self.now,
                reason="Two strikes after all.",
            )

        if self._does_so(self.life.may_undo(done), act):
            self.life.undo(done, who)

    @rule()
    def the_sealer_comes_by(self) -> None:
        seal_events(now=self.now)
        assert verify_chain().faults == ()

    @invariant()
    def the_rows_say_the_same(self) -> None:
        self.now += timedelta(seconds=1)
        rows = Claim.objects.filter(pk__in=[claim.pk for claim in self.life.claims])
        assert {(c.pk, c.state, c.incident_id) for c in rows} == {
            (c.pk, c.state, c.incident.pk if c.incident else None) for c in self.life.claims
        }
        incidents = list(Incident.objects.filter(pk__in=[i.pk for i in self.life.incidents]))
        assert {(i.pk, i.status, i.versions, i.merged_into_id) for i in incidents} == {
            (i.pk, i.status, i.versions, i.into.pk if i.into else None) for i in self.life.incidents
        }
        answers = assess_incidents(incidents)
        for incident in self.life.incidents:
            found = answers[incident.pk].assessment.ranges["KILLED"]["civilians"]
            assert (found.minimum, found.maximum) == self.life.range_of(incident)

    def teardown(self) -> None:
        if not hasattr(self, "_undone_in_the_end"):
            return
        with self._undone_in_the_end, connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for version in Version.objects.filter(pk__in=self.published):
                shown = version.assessment.result["ranges"]["killed"]["civilians"]
                assert (shown["min"], shown["max"]) == self.published[version.pk]
            seal_events(now=self.now)
            assert verify_chain().faults == ()
            transaction.set_rollback(True)

    def _does_so(self, is_allowed: bool, act: Callable[[], object]) -> bool:  # noqa: FBT001  # the model's word
        """What the model allows is done, what it does not is refused with a sentence."""
        if is_allowed:
            act()
            return True
        with pytest.raises(DomainError, match=r"\.$"):
            act()
        return False

    def _claim(self, number: int) -> PlainClaim:
        return self.life.claims[number % len(self.life.claims)]

    def _incident(self, number: int) -> PlainIncident:
        return self.life.incidents[number % len(self.life.incidents)]

    def _deciding(self, claim: PlainClaim) -> dict[str, Any]:
        actor = self.actors[claim.holder]
        return {
            "task_id": claim.task,
            "fence": lease_task(task_id=claim.task, actor=actor, now=self.now).fence,
            "claim_id": claim.pk,
            "expected_revision": Claim.objects.get(pk=claim.pk).revision,
            "actor": actor,
            "now": self.now,
        }

    def _reviewing(self, incident: PlainIncident, who: int) -> dict[str, Any]:
        return {
            "incident_id": incident.pk,
            "expected_revision": _revision(incident),
            "actor": self.actors[who],
            "now": self.now,
        }


def _revision(incident: PlainIncident) -> int:
    return Incident.objects.get(pk=incident.pk).revision


def _said(speaker: str, ends: Ends) -> ProposedClaim:
    return ProposedClaim(
        start=0,
        end=len(TEXT),
        figure_start=7,
        figure_end=13,
        outcome="KILLED",
        subject_status="CIVILIAN",
        minimum=ends[0],
        maximum=ends[1],
        quantifier_raw="people",
        polarity="ASSERTS_HARM",
        scope="INCIDENT",
        speaker_text=speaker,
        speaker_named=True,
        statement=0,
        rule="harm then figure",
    )


def _fields(speaker: str, ends: Ends) -> ClaimFields:
    return ClaimFields(
        outcome="KILLED",
        subject_status="CIVILIAN",
        minimum=ends[0],
        maximum=ends[1],
        speaker_text=speaker,
    )


def test_lives_behave_like_their_model() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=max(1, STEPS // IN_A_LIFE),
            stateful_step_count=IN_A_LIFE,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
