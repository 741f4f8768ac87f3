"""A second coding as its coder sees it. All of it comes from ``selectors.blind``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.incidents.choices import Scope, SubjectStatus
from tracker.verification.selectors.blind import get_sheet
from tracker.web.highlight import Paragraph, Passage, anchor, highlight
from tracker.web.languages import direction_of, language_words

if TYPE_CHECKING:
    from tracker.core.actor import Actor
    from tracker.sources.models import Article
    from tracker.verification.models import CodedClaim
    from tracker.verification.selectors.blind import Proposal, Sheet
    from tracker.web.forms.second_coding import CodeForm


@dataclass(slots=True)
class SheetRow:
    """A proposal with what its coder said of it, or a find; ``form`` is set where it is open."""

    coding_id: int
    label: str
    proposal: Proposal | None
    row: CodedClaim | None
    form: CodeForm | None = None
    refusal: str = ""

    @property
    def anchor(self) -> str:
        """The part of the fragments that names it."""
        return anchor(self.label)

    @property
    def shown(self) -> Proposal | CodedClaim | None:
        """What the coder says where they said something, else what the machine proposes."""
        return self.row if self.row is not None and self.row.is_claim else self.proposal

    @property
    def kinds(self) -> list[str]:
        """Whom it counts and what it covers."""
        if self.shown is None:
            return []
        status, scope = SubjectStatus(self.shown.subject_status), Scope(self.shown.scope)
        return [_(str(status.label)), _(str(scope.label))]

    @property
    def is_open(self) -> bool:
        """The coder has not judged it."""
        return self.row is None

    @property
    def form_name(self) -> str:
        """Under which typed words are kept."""
        claim = self.proposal.claim_id if self.proposal is not None else 0
        return f"second-{self.coding_id}-claim-{claim}"

    @property
    def edit_url(self) -> str:
        """The page with this proposal open."""
        claim = self.proposal.claim_id if self.proposal is not None else ""
        return f"?claim={claim}#c-{self.anchor}"


@dataclass(slots=True)
class SheetPage:
    """The page of a second coding in its coder's hands."""

    sheet: Sheet
    rows: list[SheetRow]

    @property
    def article(self) -> Article:
        """What is read."""
        return self.sheet.article

    @property
    def url(self) -> str:
        """Where its forms go."""
        return reverse("second_code", args=[self.sheet.coding_id])

    @property
    def find_form_name(self) -> str:
        """Under which a find's typed words are kept."""
        return f"second-{self.sheet.coding_id}-find"

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The text with the passages of proposals and finds marked."""
        passages = []
        for row in self.rows:
            passage = row.proposal or row.row
            if passage is not None:
                is_on = row.form is not None
                passages.append(Passage(row.label, passage.start, passage.end, is_on=is_on))
        return highlight(
            self.article.text,
            passages,
            link_label=_("To claim {}"),
            furniture=[(start, end) for start, end, _why in self.article.marks],
            furniture_label=_("Furniture of the page:"),
        )

    @property
    def direction(self) -> str:
        """Which way the article runs."""
        return direction_of(self.article.language)

    @property
    def language_name(self) -> str:
        """The article's language in the reader's words."""
        return language_words(self.article.language)

    def row_of(self, claim_id: int) -> SheetRow | None:
        """The row of a proposal."""
        return next(
            (r for r in self.rows if r.proposal is not None and r.proposal.claim_id == claim_id),
            None,
        )


def get_sheet_page(*, coding_id: int, viewer: Actor) -> SheetPage:
    """The sheet with its rows labelled. Raises NotFound, NotAllowed."""
    sheet = get_sheet(coding_id=coding_id, viewer=viewer)
    said = sheet.by_proposal
    rows = [
        SheetRow(coding_id, f"P{n}", proposal, said.get(proposal.claim_id))
        for n, proposal in enumerate(sheet.proposals, start=1)
    ]
    rows += [
        SheetRow(coding_id, f"F{n}", None, find) for n, find in enumerate(sheet.finds, start=1)
    ]
    return SheetPage(sheet, rows)
