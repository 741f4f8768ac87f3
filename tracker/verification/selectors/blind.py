"""What a second coder may see: the article and what the machine proposed, and no more.

Nothing here reads a decision, a decided claim or an incident; the pages of a second coding take
all they show from this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.core.errors import NotAllowed, NotFound
from tracker.incidents.choices import Polarity
from tracker.incidents.models import Claim, Contribution, Incident, Reading
from tracker.sources.models import Article
from tracker.verification.choices import Coder, CodingState
from tracker.verification.models import CodedClaim, ReviewTask, SecondCoding

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tracker.core.actor import Actor

#: Of a reading, what the form of a second coder is filled with.
_READ = (
    *("claim_id", "claim__start", "claim__end", "claim__quote", "outcome", "subject_status"),
    *("scope", "minimum", "maximum", "speaker_text", "place", "date_start", "date_end"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine proposed, as it proposed it."""

    claim_id: int
    start: int
    end: int
    quote: str
    outcome: str
    subject_status: str
    polarity: str
    scope: str
    minimum: int | None
    maximum: int | None
    speaker_text: str
    place: str
    date_start: date | None
    date_end: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A second coding in its coder's hands: ``rows`` are the coder's own."""

    coding_id: int
    drawn_at: datetime
    article: Article
    proposals: list[Proposal]
    rows: list[CodedClaim]

    @property
    def by_proposal(self) -> dict[int, CodedClaim]:
        """The coder's rows of what the machine proposed."""
        return {row.claim_id: row for row in self.rows if row.claim_id is not None}

    @property
    def finds(self) -> list[CodedClaim]:
        """What the coder found beyond the machine."""
        return [row for row in self.rows if row.claim_id is None]

    @property
    def open_count(self) -> int:
        """Proposals that the coder has not judged yet."""
        return len(self.proposals) - len(self.by_proposal)


def get_sheet(*, coding_id: int, viewer: Actor) -> Sheet:
    """The coding as its coder works on it. Raises NotFound, NotAllowed for everybody else."""
    require_right(viewer, Right.DECIDE_CLAIMS)
    coding = SecondCoding.objects.filter(pk=coding_id).first()
    if coding is None:
        raise NotFound(f"There is no second coding {coding_id}.")
    if coding.state != CodingState.TAKEN or coding.coder_id != viewer.id:
        raise NotAllowed("This second coding is not in your hands; take one from the list.")
    article_id = ReviewTask.objects.values_list("article_id", flat=True).get(pk=coding.task_id)
    return Sheet(
        coding_id=coding.pk,
        drawn_at=coding.drawn_at,
        article=Article.objects.select_related("outlet").get(pk=article_id),
        proposals=proposals_of(article_id, until=coding.drawn_at),
        rows=list(coding.rows.filter(coder=Coder.SECOND).order_by("start", "id")),
    )


def proposals_of(article_id: int, *, until: datetime) -> list[Proposal]:
    """The claims of an article as the machine proposed them before ``until``, in their order."""
    readings = Reading.objects.filter(
        claim__article=article_id, claim__withdrawn_at__isnull=True, claim__proposed_at__lte=until
    ).order_by("claim__start", "claim_id")
    return [_proposal(read) for read in readings.values(*_READ)]


def list_open_codings(*, viewer: Actor) -> QuerySet[SecondCoding]:
    """Second codings that the viewer may take, the longest waiting first."""
    if not has_right(viewer, Right.DECIDE_CLAIMS):
        return SecondCoding.objects.none()
    waiting = SecondCoding.objects.filter(state=CodingState.OPEN).order_by("drawn_at", "id")
    return waiting.exclude(first_coder_id=viewer.id).exclude(had_a_hand(viewer))


def list_codings_of(*, viewer: Actor) -> QuerySet[SecondCoding]:
    """Second codings in the viewer's hands."""
    return SecondCoding.objects.filter(state=CodingState.TAKEN, coder_id=viewer.id).order_by(
        "taken_at", "id"
    )


def had_a_hand(viewer: Actor) -> Q:
    """Of second codings: the viewer ever held the task, decided a claim of its article, or worked
    on or reviewed an incident that has such a claim."""
    history = ReviewTask.pgh_event_model.objects  # type: ignore[attr-defined]  # pghistory's
    held = history.filter(pgh_obj_id=OuterRef("task_id")).filter(
        Q(holder_id=viewer.id) | Q(decided_by_id=viewer.id)
    )
    article = ReviewTask.objects.filter(pk=OuterRef(OuterRef("task_id"))).values("article_id")
    incidents = Incident.pgh_event_model.objects  # type: ignore[attr-defined]  # pghistory's
    reviewed = incidents.filter(reviewed_by_id=viewer.id).values("pgh_obj_id")
    worked_on = Contribution.objects.filter(person=viewer.id).values("incident_id")
    seen = Claim.objects.filter(article_id=Subquery(article)).filter(
        Q(decided_by_id=viewer.id) | Q(incident_id__in=worked_on) | Q(incident_id__in=reviewed)
    )
    return Q(Exists(held)) | Q(Exists(seen))


def _proposal(read: dict[str, object]) -> Proposal:
    values = {name.removeprefix("claim__"): value for name, value in read.items()}
    says_none = (read["minimum"], read["maximum"]) == (0, 0)
    polarity = Polarity.ASSERTS_NO_HARM if says_none else Polarity.ASSERTS_HARM
    return Proposal(**values, polarity=polarity.value)  # type: ignore[arg-type]  # by name
