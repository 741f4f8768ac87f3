"""Two codings side by side, and how far coders agree in each field; for coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.accounts.permissions import Right, require_right
from tracker.core.errors import DomainError, NotFound
from tracker.core.families import home_of
from tracker.sources.models import Source
from tracker.verification.choices import Coder, CodingState
from tracker.verification.models import CodedClaim, SecondCoding
from tracker.verification.rules.agreement import Interval
from tracker.verification.rules.comparison import Coded, Report, Unit, report_on, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from tracker.core.actor import Actor
    from tracker.verification.models import CodingResolution

#: Agreement is worked out over the last so many tasks that were coded twice.
MOST_CODINGS = 1000


class NotCodedTwice(DomainError):
    """The second coding is not finished, so nobody compares it yet."""

    code = "not_coded_twice"


@dataclass(frozen=True, slots=True)
class Case:
    """One claim in both codings; a row None = that coder has no such claim."""

    coding_id: int
    first: CodedClaim | None
    second: CodedClaim | None
    differing: list[str]
    resolution: CodingResolution | None

    @property
    def row_id(self) -> int:
        """The row that names this case."""
        row = self.first or self.second
        return row.pk if row is not None else 0

    def passage_in(self, text: str) -> str:
        """The words of the article that carry it."""
        row = self.first or self.second
        return text[row.start : row.end] if row is not None else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A task that was coded twice."""

    coding: SecondCoding
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over ``codings`` tasks: each field, and the claims in which the codings differ."""

    codings: int
    report: Report
    differing: list[Case]


def get_comparison(*, coding_id: int, viewer: Actor) -> Comparison:
    """Both codings of one task. Raises NotAllowed, NotFound, NotCodedTwice."""
    require_right(viewer, Right.OVERSEE_CODING)
    coding = (
        SecondCoding.objects.select_related("task__article__outlet", "first_coder", "coder")
        .filter(pk=coding_id)
        .first()
    )
    if coding is None:
        raise NotFound(f"There is no second coding {coding_id}.")
    if coding.state != CodingState.DONE:
        raise NotCodedTwice("The second coding is not finished; nobody compares it before.")
    return Comparison(coding, [case for case, _unit in _cases([coding.pk])])


def agreement_of_coders(*, viewer: Actor) -> Agreement:
    """How far coders agree over the last tasks that were coded twice. Raises NotAllowed."""
    require_right(viewer, Right.OVERSEE_CODING)
    ids = list(list_coded_twice().values_list("pk", flat=True)[:MOST_CODINGS])
    cases = _cases(ids)
    return Agreement(
        codings=len(ids),
        report=report_on(unit for _case, unit in cases),
        differing=[case for case, _unit in cases if case.differing],
    )


def list_coded_twice() -> QuerySet[SecondCoding]:
    """Finished second codings, the latest first."""
    return SecondCoding.objects.filter(state=CodingState.DONE).order_by("-done_at", "-id")


def _cases(coding_ids: list[int]) -> list[tuple[Case, Unit]]:
    """Every claim of these codings, in the order of the codings and then of the texts."""
    rows: dict[int, list[CodedClaim]] = {coding_id: [] for coding_id in coding_ids}
    found = CodedClaim.objects.filter(coding__in=coding_ids).select_related("resolution__by")
    for row in found.order_by("start", "id"):
        rows[row.coding_id].append(row)
    homes = _homes({row.speaker_text for kept in rows.values() for row in kept})
    return [
        pair for coding_id in coding_ids for pair in _cases_of(coding_id, rows[coding_id], homes)
    ]


def _homes(names: set[str]) -> dict[str, str]:
    """Of names of sources that were merged since, the name of the one that stands for each."""
    gone = Source.objects.filter(name__in=names, merged_into__isnull=False)
    return {source.name: home_of(source).name for source in gone.select_related("merged_into")}


def _cases_of(
    coding_id: int, rows: list[CodedClaim], homes: dict[str, str]
) -> Iterable[tuple[Case, Unit]]:
    by_id = {row.pk: row for row in rows}
    coded = {
        coder: [_coded(row, homes) for row in rows if row.coder == coder]
        for coder in (Coder.FIRST, Coder.SECOND)
    }
    for unit in units_of(coded[Coder.FIRST], coded[Coder.SECOND]):
        first = by_id[unit.first.row] if unit.first else None
        second = by_id[unit.second.row] if unit.second else None
        named = first or second
        resolution = getattr(named, "resolution", None)
        yield Case(coding_id, first, second, unit.differing, resolution), unit


def _coded(row: CodedClaim, homes: dict[str, str]) -> Coded:
    return Coded(
        row=row.pk,
        proposal=row.claim_id,
        start=row.start,
        end=row.end,
        is_claim=row.is_claim,
        outcome=row.outcome,
        subject_status=row.subject_status,
        polarity=row.polarity,
        scope=row.scope,
        speaker=homes.get(row.speaker_text, row.speaker_text),
        place=row.place,
        figure=Interval(row.minimum, row.maximum),
        days=_days(row.date_start, row.date_end),
    )


def _days(first: date | None, last: date | None) -> Interval | None:
    if first is None or last is None:
        return None
    return Interval(first.toordinal(), last.toordinal())
