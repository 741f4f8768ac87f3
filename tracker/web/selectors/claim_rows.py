"""One claim as the workbench shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.incidents.choices import ClaimState, Scope
from tracker.incidents.selectors.track_record import TrackRecord
from tracker.web.highlight import anchor
from tracker.web.templatetags.figures import figure_in_text

if TYPE_CHECKING:
    from django.forms import Form

    from tracker.incidents.models import Claim
    from tracker.sources.models import Source
    from tracker.sources.selectors.sources import Standing
    from tracker.web.forms.claim import RejectForm
    from tracker.web.selectors.readings import ReadField


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else saved otherwise."""

    field: str
    saved: str
    yours: str


@dataclass(slots=True)
class ClaimRow:
    """One claim as the workbench shows it; forms are set where one of them is open.

    ``hides_incident``, ``hides_origin``: it is on an incident, or copies a claim, that is closed to
    the viewer now.
    """

    claim: Claim
    task_id: int
    label: str
    standing: Standing
    rated_source: Source | None
    is_on: bool = False
    edit_form: Form | None = None
    reject_form: RejectForm | None = None
    refusal: str = ""
    stale: list[Difference] | None = None
    chosen: int | None = None
    hides_incident: bool = False
    hides_origin: bool = False
    circumstances: list[str] = field(default_factory=list)
    read: list[ReadField] = field(default_factory=list)
    record: TrackRecord = field(default_factory=TrackRecord)

    @property
    def anchor(self) -> str:
        """The part of the fragments ``#p-…`` and ``#c-…`` that names this claim."""
        return anchor(self.label)

    @property
    def has_form(self) -> bool:
        """Whether one of its forms is open."""
        return self.edit_form is not None or self.reject_form is not None

    @property
    def is_open(self) -> bool:
        """Nobody has decided it."""
        return self.claim.state == ClaimState.PROPOSED

    @property
    def is_accepted(self) -> bool:
        """It counts."""
        return self.claim.state == ClaimState.ACCEPTED

    @property
    def needs_incident(self) -> bool:
        """Totals and earlier events belong to no incident."""
        return self.claim.scope == Scope.INCIDENT

    @property
    def css(self) -> str:
        """The classes of its row."""
        state = {ClaimState.PROPOSED.value: "", ClaimState.ACCEPTED.value: " is-decided"}
        on = " is-on" if self.is_on else ""
        return "t-claim" + state.get(self.claim.state, " is-decided is-rejected") + on

    @property
    def speaker(self) -> str:
        """Who says it: a named source, words, or the outlet."""
        if self.claim.speaker is not None:
            return self.claim.speaker.name
        return self.claim.speaker_text or _("the outlet in its own voice")

    @property
    def reliability(self) -> str | None:
        """The rating in force of the source; None = not rated."""
        return self.standing.reliability

    @property
    def note(self) -> str:
        """The latest note on the source."""
        return self.standing.note.text if self.standing.note else ""

    @property
    def rated_name(self) -> str:
        """Whose rating is shown."""
        return self.rated_source.name if self.rated_source else ""

    @property
    def sub_words(self) -> str:
        """Children, women and men where the speaker counts them."""
        claim = self.claim
        parts = (
            (_("children: %s"), claim.children_min, claim.children_max),
            (_("women: %s"), claim.women_min, claim.women_max),
            (_("men: %s"), claim.men_min, claim.men_max),
        )
        return ", ".join(
            words % figure_in_text(low, high)
            for words, low, high in parts
            if figure_in_text(low, high)
        )

    @property
    def figure_words(self) -> str:
        """Its figure in plain words."""
        return figure_in_text(self.claim.minimum, self.claim.maximum) or _("no figure")

    @property
    def origin_words(self) -> str:
        """The figure of the claim it copies."""
        origin = self.claim.copy_of
        if origin is None or self.hides_origin:
            return ""
        return figure_in_text(origin.minimum, origin.maximum) or _("no figure")

    @property
    def differs_from_origin(self) -> bool:
        """A copy with another number."""
        origin, claim = self.claim.copy_of, self.claim
        if origin is None or self.hides_origin:
            return False
        return (origin.minimum, origin.maximum) != (claim.minimum, claim.maximum)

    @property
    def copy_words(self) -> str:
        """What to know of a copy."""
        if self.claim.copy_of is None or self.hides_origin:
            return ""
        return (
            _("figure differs from its origin") if self.differs_from_origin else _("as its origin")
        )

    @property
    def submit_label(self) -> str:
        """What saving the open form does."""
        return _("Save the correction") if self.is_accepted else _("Accept as corrected")

    @property
    def form_name(self) -> str:
        """Under which typed words are kept."""
        return f"task-{self.task_id}-claim-{self.claim.pk}"

    @property
    def url(self) -> str:
        """Where its forms go."""
        return reverse("task_claim", args=[self.task_id, self.claim.pk])

    @property
    def edit_url(self) -> str:
        """The same page with this claim open."""
        return f"?edit={self.claim.pk}{self._with_chosen}#c-{self.anchor}"

    @property
    def reject_url(self) -> str:
        """The same page asking why this claim is rejected."""
        return f"?reject={self.claim.pk}{self._with_chosen}#c-{self.anchor}"

    @property
    def close_url(self) -> str:
        """The same page with nothing open."""
        page = reverse("task", args=[self.task_id])
        query = f"?incident={self.chosen}" if self.chosen else ""
        return f"{page}{query}#c-{self.anchor}"

    @property
    def _with_chosen(self) -> str:
        return f"&incident={self.chosen}" if self.chosen else ""
