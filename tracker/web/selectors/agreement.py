"""Agreement of coders in words: fields, shares, and the claims in which two codings differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tracker.sources.models import Article
from tracker.verification.choices import CodingState
from tracker.verification.models import SecondCoding
from tracker.verification.rules.comparison import INTERVAL_FIELDS, IS_CLAIM, NOMINAL_FIELDS
from tracker.verification.selectors.compared import agreement_of_coders
from tracker.web.templatetags.figures import days, figure_in_text

if TYPE_CHECKING:
    from fractions import Fraction

    from tracker.core.actor import Actor
    from tracker.verification.models import CodedClaim
    from tracker.verification.selectors.compared import Case

#: So many of the claims that differ are listed; the rest follow when these are resolved.
_LISTED = 100
_QUOTED = 300


@dataclass(frozen=True, slots=True)
class KindRow:
    """Agreement in a field of kinds; ``kappa`` says in words where it is undefined."""

    words: str
    n: int
    same: str
    kappa: str


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """Agreement in a field of figures or days."""

    words: str
    n: int
    identical: str
    overlapping: str
    apart: str


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """A claim in which two codings differ."""

    case: Case
    title: str
    language: str
    quote: str
    fields: list[str]


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """What coordinators see of the second codings."""

    codings: int
    units: int
    kinds: list[KindRow]
    intervals: list[IntervalRow]
    differing: list[DifferingRow]
    all_differing: int
    unresolved: int
    waiting: int
    in_hand: list[SecondCoding]


def get_agreement_page(*, viewer: Actor) -> AgreementPage:
    """Agreement field by field, open differences first. Raises NotAllowed."""
    found = agreement_of_coders(viewer=viewer)
    told = found.report
    cases = sorted(found.differing, key=lambda case: case.resolution is not None)
    return AgreementPage(
        codings=found.codings,
        units=told.units,
        kinds=[
            KindRow(
                field_words(name),
                told.nominal[name].n,
                _share(told.nominal[name].same, told.nominal[name].n),
                _kappa(told.nominal[name].kappa, told.nominal[name].n),
            )
            for name in NOMINAL_FIELDS
        ],
        intervals=[
            IntervalRow(
                field_words(name),
                told.intervals[name].n,
                *(
                    _share(part, told.intervals[name].n)
                    for part in (
                        told.intervals[name].identical,
                        told.intervals[name].overlapping,
                        told.intervals[name].apart,
                    )
                ),
            )
            for name in INTERVAL_FIELDS
        ],
        differing=_differing(cases[:_LISTED]),
        all_differing=len(cases),
        unresolved=sum(case.resolution is None for case in cases),
        waiting=SecondCoding.objects.filter(state=CodingState.OPEN).count(),
        in_hand=list(
            SecondCoding.objects.filter(state=CodingState.TAKEN)
            .select_related("coder")
            .order_by("taken_at", "id")
        ),
    )


def field_words(name: str) -> str:
    """The name of a compared field."""
    return {
        IS_CLAIM: _("Is it a claim"),
        "outcome": _("Outcome"),
        "subject_status": _("Status"),
        "polarity": _("Says"),
        "scope": _("Covers"),
        "speaker": _("Speaker"),
        "place": _("Place"),
        "figure": _("Figure"),
        "days": _("Days"),
    }[name]


def value_words(row: CodedClaim | None, name: str) -> str:
    """What one coder says in a field; "" where there is nothing to say."""
    if name == IS_CLAIM:
        if row is None:
            return _("not seen")
        return _("a claim") if row.is_claim else _("no claim")
    return _said(row, name) if row is not None and row.is_claim else ""


def _said(row: CodedClaim, name: str) -> str:
    match name:
        case "speaker":
            return row.speaker_text or _("the outlet in its own voice")
        case "place":
            return row.place or _("not recorded")
        case "figure":
            return figure_in_text(row.minimum, row.maximum) or _("no figure")
        case "days":
            known = row.date_start is not None
            return days(row.date_start, row.date_end) if known else _("not recorded")
        case _:
            return _(str(getattr(row, f"get_{name}_display")()))


def _differing(cases: list[Case]) -> list[DifferingRow]:
    drawn = SecondCoding.objects.filter(pk__in={case.coding_id for case in cases})
    articles = dict(drawn.values_list("pk", "task__article_id"))
    texts = Article.objects.only("title", "language", "text").in_bulk(articles.values())
    rows = []
    for case in cases:
        article = texts[articles[case.coding_id]]
        quote = case.passage_in(article.text)
        fields = [field_words(name) for name in case.differing]
        rows.append(DifferingRow(case, article.title, article.language, quote[:_QUOTED], fields))
    return rows


def _share(part: int, n: int) -> str:
    return f"{round(100 * part / n)} %" if n else "–"


def _kappa(kappa: Fraction | None, n: int) -> str:
    if n == 0:
        return _("no pair yet")
    if kappa is None:
        return _("undefined: nothing varies")
    return f"{float(kappa):.2f}"
