"""Who says what: the claims of an incident side by side, one line per statement and status."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from tracker.incidents.choices import Outcome
from tracker.sources.selectors.sources import Standing, standing_of
from tracker.web.selectors.incident_parts import article_link
from tracker.web.templatetags.figures import claim_figure, harm, silent, sub_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.utils.safestring import SafeString

    from tracker.incidents.models import Claim
    from tracker.sources.models import Source


@dataclass(slots=True)
class MatrixRow:
    """What one speaker says in one statement of people of one status."""

    refs: list[str]
    claims: list[Claim]
    standing: Standing
    reasons: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)

    @property
    def first(self) -> Claim:
        """All claims of a row share speaker, day, status and article."""
        return self.claims[0]

    @property
    def speaker(self) -> str:
        """A named source, words, or the outlet itself."""
        if self.first.speaker is not None:
            return self.first.speaker.name
        if self.first.speaker_text:
            return self.first.speaker_text
        outlet = self.first.article.outlet
        return outlet.name if outlet else _("the outlet in its own voice")

    @property
    def party(self) -> str:
        """The belligerent the speaker belongs to."""
        return self.first.party.name if self.first.party else ""

    @property
    def said_on(self) -> date | None:
        """When it was said, else when the article appeared."""
        return self.first.said_on or self.first.article.published_on

    @property
    def status(self) -> str:
        """Who the people were."""
        return _(self.first.get_subject_status_display())

    @property
    def killed(self) -> SafeString:
        """The figure of killed, or silence."""
        return self._figure(Outcome.KILLED)

    @property
    def injured(self) -> SafeString:
        """The figure of injured, or silence."""
        return self._figure(Outcome.INJURED)

    @property
    def other(self) -> SafeString:
        """Everything that is neither killed nor injured."""
        headline = {Outcome.KILLED.value, Outcome.INJURED.value}
        others = [claim for claim in self.claims if claim.outcome not in headline]
        return format_html_join(
            ", ", "{} {}", ((claim_figure(c), harm(c.outcome, c.polarity)) for c in others)
        )

    @property
    def women(self) -> SafeString:
        """Women among them, or silence."""
        return self._sub("women")

    @property
    def children(self) -> SafeString:
        """Children among them, or silence."""
        return self._sub("children")

    @property
    def reliability(self) -> str | None:
        """The rating in force of the source."""
        return self.standing.reliability

    @property
    def credibility(self) -> int | None:
        """The worst of the ratings its claims have."""
        rated = [claim.credibility for claim in self.claims if claim.credibility is not None]
        return max(rated, default=None)

    @property
    def is_out(self) -> bool:
        """Whether none of its claims counts."""
        return not self.origins

    @property
    def in_range(self) -> str:
        """Whether it counts, and why not where it does not."""
        left_out = ", ".join(dict.fromkeys(self.reasons))
        if self.is_out:
            return _("no: %s") % left_out if left_out else _("no: it feeds no range")
        origins = ", ".join(dict.fromkeys(self.origins))
        words = _("yes, %s") % origins
        return f"{words}; {left_out}" if left_out else words

    @property
    def article_name(self) -> str:
        """Where it stands."""
        return article_link(self.first.article).name

    @property
    def article_url(self) -> str:
        """Where it can be read beside its passage."""
        return article_link(self.first.article).url

    def _figure(self, outcome: Outcome) -> SafeString:
        claims = [claim for claim in self.claims if claim.outcome == outcome]
        if not claims:
            return silent()
        return format_html_join(", ", "{}", ((claim_figure(claim),) for claim in claims))

    def _sub(self, group: str) -> SafeString:
        for claim in self.claims:
            low, high = getattr(claim, f"{group}_min"), getattr(claim, f"{group}_max")
            if low is not None or high is not None:
                return sub_figure(low, high)
        return silent()


def matrix_of(
    claims_by_label: Mapping[str, Claim],
    reasons_by_label: Mapping[str, str],
    origins_by_label: Mapping[str, str],
) -> list[MatrixRow]:
    """The claims by statement and status; those that count first, then by day.

    ``reasons_by_label`` says why a claim is left out, ``origins_by_label`` to which origin one
    that counts belongs.
    """
    standings = standing_of([s.pk for s in _rated(claims_by_label.values())])
    rows: dict[tuple[object, ...], MatrixRow] = {}
    for label, claim in claims_by_label.items():
        speaker = (claim.speaker_id, claim.speaker_text, claim.party_id, claim.said_on)
        key = (claim.statement, claim.article_id, claim.subject_status, *speaker)
        source = claim.speaker or (None if claim.speaker_text else claim.article.outlet)
        standing = standings.get(source.pk, Standing()) if source else Standing()
        row = rows.setdefault(key, MatrixRow([], [], standing))
        row.refs.append(label)
        row.claims.append(claim)
        if label in reasons_by_label:
            row.reasons.append(reasons_by_label[label])
        if label in origins_by_label:
            row.origins.append(origins_by_label[label])
    return sorted(rows.values(), key=lambda r: (r.is_out, str(r.said_on or ""), r.refs[0]))


def _rated(claims: Iterable[Claim]) -> list[Source]:
    sources: list[Source] = []
    for claim in claims:
        source = claim.speaker or (None if claim.speaker_text else claim.article.outlet)
        if source is not None:
            sources.append(source)
    return sources
