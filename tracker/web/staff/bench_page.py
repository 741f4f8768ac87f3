"""The workbench's page with whichever of its forms is open."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.verification.models import Draft
from tracker.verification.services.drafts import save_draft
from tracker.web.access import actor_of, person_of
from tracker.web.forms.claim import (
    AsideForm,
    ClaimForm,
    DuplicateForm,
    NewClaimForm,
    NewIncidentForm,
    ReasonForm,
    RejectForm,
    beside_of,
)
from tracker.web.selectors.workbench import get_bench
from tracker.web.typed import form_name, restored_fields, typed_fields

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tracker.web.selectors.bench import Bench
    from tracker.web.selectors.claim_rows import ClaimRow

#: Hidden fields that carry no word of a person.
_MACHINERY = frozenset({"fence", "revision", "decision", "do"})
_PANEL_FORMS: dict[str, type[ReasonForm]] = {"duplicate": DuplicateForm, "aside": AsideForm}
_CHECKS = ("is_cumulative_update", "covers_whole_incident")


@dataclass(frozen=True, slots=True)
class Panel:
    """A form about the whole article: why it is irrelevant, what it repeats or waits for."""

    name: str
    title: str
    form: ReasonForm
    form_name: str

    def context(self, refusal: str = "") -> dict[str, Any]:
        """What the template needs of it."""
        return {
            "panel": self.name,
            "panel_title": self.title,
            "panel_form": self.form,
            "panel_form_name": self.form_name,
            "panel_refusal": refusal,
        }


def panel_of(
    name: str, request: HttpRequest, pk: int, *, initial: dict[str, Any] | None = None
) -> Panel | None:
    """The panel called ``name`` with what was sent, or None where there is no such panel."""
    titles = {
        "irrelevant": _("Mark as irrelevant"),
        "duplicate": _("Mark as a duplicate"),
        "aside": _("Set aside"),
        "reopen": _("Open again"),
    }
    if name not in titles:
        return None
    kind = _PANEL_FORMS.get(name, ReasonForm)
    sent = request.POST if request.method == "POST" else None
    form = kind(sent, initial=initial, auto_id="panel_%s")
    return Panel(name, titles[name], form, f"task-{pk}-{name}")


def bench_of(request: HttpRequest, pk: int) -> Bench:
    """The task as the signed-in person sees it now."""
    sent = request.POST if request.method == "POST" else request.GET
    chosen = sent.get("code", "").strip() or sent.get("incident", "")
    return get_bench(task_id=pk, viewer=actor_of(request), now=timezone.now(), chosen=chosen[:20])


def show_bench(
    request: HttpRequest, bench: Bench, *, status: int = HTTPStatus.OK, **extra: Any
) -> HttpResponse:
    """The page; ``extra`` opens forms and says what went wrong."""
    context = {
        "bench": bench,
        "now": bench.now,
        "incident_form": NewIncidentForm(auto_id="incident_%s"),
    }
    return render(request, "staff/workbench.html", context | extra, status=status)


def show_lost(request: HttpRequest, pk: int) -> HttpResponse:
    """The hold ran out before the words arrived: keep them, show them, say who has it now."""
    bench = bench_of(request, pk)
    typed = {name: words for name, words in typed_fields(request).items() if words.strip()}
    words = {name: value for name, value in typed.items() if name not in _MACHINERY}
    if words:
        save_draft(
            person_id=person_of(request).pk, form=form_name(request), fields=typed, now=bench.now
        )
    return show_bench(request, bench, status=HTTPStatus.CONFLICT, lost=True, typed=words)


def open_forms(request: HttpRequest, bench: Bench) -> dict[str, Any]:
    """Open what the address asks for; else what was typed before and never saved."""
    asked = request.GET
    panel = panel_of(asked.get("panel", ""), request, bench.task.pk)
    if panel is not None and (bench.is_mine or (panel.name == "reopen" and bench.may_reopen)):
        return _open_panel(request, bench, panel.name)
    if not bench.is_mine:
        return {}
    for row in bench.rows:
        if asked.get("edit") == str(row.claim.pk):
            open_edit(request, bench, row)
            return {}
        if asked.get("reject") == str(row.claim.pk):
            _open_reject(request, row)
            return {}
    if "add" in asked:
        return {"add_form": new_claim_form(request, bench)}
    return _open_kept(request, bench)


def open_edit(request: HttpRequest, bench: Bench, row: ClaimRow) -> None:
    """Open a claim, with what was typed into it before where there is something."""
    initial = initial_of(bench, row)
    if bench.chosen is not None and not row.claim.incident_id and row.needs_incident:
        initial["incident"] = str(bench.chosen.pk)
    row.edit_form = ClaimForm(
        initial=_with_restored(request, row.form_name, initial),
        incidents=_choices_for(bench, row),
        figures=_figures(bench, but=row),
        is_copy=row.claim.copy_of_id is not None,
        auto_id="claim_%s",
    )
    row.is_on = True


def initial_of(bench: Bench, row: ClaimRow) -> dict[str, Any]:
    """The claim as it stands, with what it was said with."""
    together = (
        other.claim.pk
        for other in bench.rows
        if other is not row and other.claim.statement == row.claim.statement
    )
    beside = beside_of(row.claim, next(together, None))
    return ClaimForm.initial_of(row.claim) | {"beside": beside}


def claim_form(request: HttpRequest, bench: Bench, row: ClaimRow) -> ClaimForm:
    """The open claim as it was sent."""
    return ClaimForm(
        request.POST,
        incidents=_choices_for(bench, row),
        figures=_figures(bench, but=row),
        is_copy=row.claim.copy_of_id is not None,
        auto_id="claim_%s",
    )


def new_claim_form(request: HttpRequest, bench: Bench) -> NewClaimForm:
    """A claim the machine did not see: empty, as kept, or as sent."""
    if request.method == "POST":
        return NewClaimForm(
            request.POST, incidents=bench.others, figures=_figures(bench), auto_id="new_%s"
        )
    initial = {"covers_whole_incident": True, "incident": request.GET.get("incident", "")}
    return NewClaimForm(
        initial=_with_restored(request, bench.add_form_name, initial),
        incidents=bench.others,
        figures=_figures(bench),
        auto_id="new_%s",
    )


def _open_reject(request: HttpRequest, row: ClaimRow) -> None:
    row.reject_form = RejectForm(
        initial=restored_fields(request, row.form_name),
        is_accepted=row.is_accepted,
        auto_id="reject_%s",
    )
    row.is_on = True


def _open_panel(request: HttpRequest, bench: Bench, name: str) -> dict[str, Any]:
    initial: dict[str, Any] = {"original": bench.article.origin_id or ""}
    initial |= restored_fields(request, f"task-{bench.task.pk}-{name}")
    panel = panel_of(name, request, bench.task.pk, initial=initial)
    return panel.context() if panel is not None else {}


def _open_kept(request: HttpRequest, bench: Bench) -> dict[str, Any]:
    """The first form of this task with words that were never saved."""
    prefix = f"task-{bench.task.pk}-"
    drafts = Draft.objects.filter(person_id=person_of(request).pk, form__startswith=prefix)
    kept = {draft.form: draft.fields for draft in drafts.order_by("-saved_at", "-id")}
    for form, fields in kept.items():
        name = form.removeprefix(prefix)
        row = next((row for row in bench.rows if row.form_name == form), None)
        if row is not None and "words" in fields:
            _open_reject(request, row)
            return {}
        if row is not None:
            open_edit(request, bench, row)
            return {}
        if name == "new":
            return {"add_form": new_claim_form(request, bench)}
        if name in {"irrelevant", "duplicate", "aside"}:
            return _open_panel(request, bench, name)
    return {}


def _with_restored(request: HttpRequest, name: str, initial: dict[str, Any]) -> dict[str, Any]:
    restored = restored_fields(request, name)
    if not restored:
        return initial
    # A box that was not ticked is not sent at all.
    return initial | restored | {check: check in restored for check in _CHECKS}


def _choices_for(bench: Bench, row: ClaimRow) -> list[tuple[str, str]]:
    """All incidents on offer, and the claim's own where it is none of them."""
    own = row.claim.incident
    choices = bench.others
    if own is not None and row.hides_incident:
        return [(str(own.pk), _("closed to you now")), *choices]
    if own is not None and str(own.pk) not in dict(choices):
        return [(str(own.pk), f"{own} · {own.title}"), *choices]
    return choices


def _figures(bench: Bench, *, but: ClaimRow | None = None) -> list[tuple[int, str]]:
    """The other claims of the same article, as a reader knows them."""
    article = but.claim.article_id if but is not None else bench.article.pk
    return [
        (
            row.claim.pk,
            f"{row.label} · {row.figure_words}, {_(row.claim.get_outcome_display())}",
        )
        for row in bench.rows
        if row is not but and row.claim.article_id == article
    ]
