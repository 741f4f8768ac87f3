"""Claims and incidents as a plain model: what may be done, what comes of it, and which range."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.incidents.choices import ClaimState, IncidentStatus

Ends = tuple[int | None, int | None]


@dataclass(eq=False)
class PlainClaim:
    """One speaker's whole figure of civilians killed, said on a day of its own."""

    pk: int
    day: int
    speaker: str
    ends: Ends
    task: int
    holder: int
    state: ClaimState = ClaimState.PROPOSED
    incident: PlainIncident | None = None
    decider: int | None = None
    decisions: int = 0


@dataclass(eq=False)
class PlainIncident:
    """``hands`` are those who contributed since the last version, ``ever`` since the beginning."""

    pk: int
    status: IncidentStatus = IncidentStatus.DRAFT
    versions: int = 0
    hands: set[int] = field(default_factory=set)
    ever: set[int] = field(default_factory=set)
    sender: int | None = None
    into: PlainIncident | None = None

    @property
    def is_open(self) -> bool:
        """Whether what it rests on may change."""
        return self.status not in {IncidentStatus.IN_REVIEW, IncidentStatus.MERGED}

    def touched(self, *people: int) -> None:
        """A contribution; what was published is no longer what stands."""
        self.hands |= set(people)
        self.ever |= set(people)
        if self.status == IncidentStatus.PUBLISHED:
            self.status = IncidentStatus.UNDER_REVISION


@dataclass(eq=False)
class PlainMerge:
    """What undoing it rests on."""

    pk: int
    source: PlainIncident
    target: PlainIncident
    former: IncidentStatus
    versions: int
    claims: dict[PlainClaim, int]
    is_undone: bool = False


@dataclass
class PlainLife:
    """Everything there is; each ``may_…`` says whether the house agrees."""

    claims: list[PlainClaim] = field(default_factory=list)
    incidents: list[PlainIncident] = field(default_factory=list)
    merges: list[PlainMerge] = field(default_factory=list)

    def range_of(self, incident: PlainIncident) -> Ends:
        """Of each speaker the latest figure; the smallest lower and the largest upper of these."""
        latest: dict[str, PlainClaim] = {}
        for claim in sorted(self.claims, key=lambda one: one.day):
            if claim.incident is incident and claim.state == ClaimState.ACCEPTED:
                latest[claim.speaker] = claim
        lows = [one.ends[0] for one in latest.values() if one.ends[0] is not None]
        highs = [one.ends[1] for one in latest.values()]
        stated = [high for high in highs if high is not None]
        is_open = not highs or None in highs
        return (min(lows) if lows else None, None if is_open else max(stated))

    def may_decide(self, claim: PlainClaim, target: PlainIncident | None) -> bool:
        """Nothing it leaves or joins is locked or merged away."""
        return all(one is None or one.is_open for one in (claim.incident, target))

    def accept(self, claim: PlainClaim, target: PlainIncident | None, ends: Ends) -> None:
        """Accept, correct or move."""
        came_from, earlier = claim.incident, claim.decider
        if claim.state != ClaimState.ACCEPTED:
            earlier = None
        for one in {came_from, target} - {None}:
            assert one is not None
            is_new_here = one is target and target is not came_from
            one.touched(claim.holder, *([earlier] if earlier is not None and is_new_here else []))
        claim.ends = ends
        self._decide(claim, ClaimState.ACCEPTED, target)

    def reject(self, claim: PlainClaim) -> None:
        """It belongs to no incident any more."""
        if claim.incident is not None:
            claim.incident.touched(claim.holder)
        self._decide(claim, ClaimState.REJECTED, None)

    def may_reject(self, claim: PlainClaim) -> bool:
        """What was taken back is accepted again before it is rejected."""
        return claim.state != ClaimState.RETRACTED and self.may_decide(claim, None)

    def may_retract(self, claim: PlainClaim) -> bool:
        """Only what was accepted can be taken back."""
        taken = {ClaimState.ACCEPTED, ClaimState.RETRACTED}
        return claim.state in taken and self.may_decide(claim, None)

    def retract(self, claim: PlainClaim) -> None:
        """It stays where it is and counts no more."""
        if claim.incident is not None:
            claim.incident.touched(claim.holder)
        self._decide(claim, ClaimState.RETRACTED, claim.incident)

    def may_submit(self, incident: PlainIncident) -> bool:
        """Something changed, and it cites something."""
        return (
            incident.is_open
            and incident.status != IncidentStatus.PUBLISHED
            and any(claim.state == ClaimState.ACCEPTED for claim in self.claims_of(incident))
        )

    def submit(self, incident: PlainIncident, who: int) -> None:
        """Lock it."""
        incident.touched(who)
        incident.status, incident.sender = IncidentStatus.IN_REVIEW, who

    def may_return(self, incident: PlainIncident, who: int) -> bool:
        """By another than who sent it."""
        return incident.status == IncidentStatus.IN_REVIEW and incident.sender != who

    def may_publish(self, incident: PlainIncident, who: int) -> bool:
        """By somebody without a hand in it."""
        return incident.status == IncidentStatus.IN_REVIEW and who not in incident.hands

    def publish(self, incident: PlainIncident) -> None:
        """All hands are clean again."""
        incident.status = IncidentStatus.PUBLISHED
        incident.versions += 1
        incident.hands = set()

    def may_merge(self, source: PlainIncident, target: PlainIncident) -> bool:
        """A public code stays with a public incident."""
        is_lost = source.versions > 0 and target.versions == 0
        return source is not target and source.is_open and target.is_open and not is_lost

    def merge(self, pk: int, source: PlainIncident, target: PlainIncident, who: int) -> None:
        """All claims move, and all who had a hand in one have it in the other."""
        moving = self.claims_of(source)
        done = PlainMerge(
            pk=pk,
            source=source,
            target=target,
            former=source.status,
            versions=target.versions,
            claims={claim: claim.decisions for claim in moving},
        )
        self.merges.append(done)
        deciders = {claim.decider for claim in moving if claim.decider is not None}
        family = [one for one in self.incidents if self._home(one) is source]
        target.touched(who, *deciders, *(person for one in family for person in one.ever))
        for claim in moving:
            claim.incident = target
        source.status, source.into = IncidentStatus.MERGED, target

    def may_split(self, incident: PlainIncident, chosen: list[PlainClaim]) -> bool:
        """Some of its claims, not all."""
        there = self.claims_of(incident)
        is_some = 0 < len(chosen) < len(there)
        return incident.is_open and is_some and all(claim in there for claim in chosen)

    def split(self, pk: int, incident: PlainIncident, chosen: list[PlainClaim], who: int) -> None:
        """A draft holds them; who decided one has a hand in it."""
        made = PlainIncident(pk)
        self.incidents.append(made)
        incident.touched(who)
        made.touched(who, *(claim.decider for claim in chosen if claim.decider is not None))
        for claim in chosen:
            claim.incident = made

    def claims_of(self, incident: PlainIncident) -> list[PlainClaim]:
        """All that are linked to it, whether or not they count."""
        return [claim for claim in self.claims if claim.incident is incident]

    def may_undo(self, done: PlainMerge) -> bool:
        """Nothing since rests on it."""
        return (
            not done.is_undone
            and done.target.into is None
            and done.target.status != IncidentStatus.IN_REVIEW
            and done.target.versions == done.versions
            and all(
                claim.incident is done.target and claim.decisions == decisions
                for claim, decisions in done.claims.items()
            )
        )

    def undo(self, done: PlainMerge, who: int) -> None:
        """Each is as it was; what came since stays."""
        done.is_undone = True
        done.source.into, done.source.status = None, done.former
        for claim in done.claims:
            claim.incident = done.source
        done.target.touched(who)

    def _decide(self, claim: PlainClaim, state: ClaimState, incident: PlainIncident | None) -> None:
        claim.state, claim.incident, claim.decider = state, incident, claim.holder
        claim.decisions += 1

    def _home(self, incident: PlainIncident) -> PlainIncident:
        while incident.into is not None:
            incident = incident.into
        return incident
