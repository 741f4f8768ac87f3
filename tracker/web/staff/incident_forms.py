"""The forms of the incident page, empty, as kept or as sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.web.forms.incident import (
    EvidenceForm,
    IncidentForm,
    PartyForm,
    PlaceActForm,
    PlaceForm,
    PositionForm,
    PublishForm,
    ReturnForm,
    SubmitForm,
)
from tracker.web.selectors.suggested import suggested_facts
from tracker.web.typed import kept_words

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from tracker.web.selectors.incident import IncidentPage


def form_name_of(page: IncidentPage, what: str) -> str:
    """Under which typed words are kept."""
    return f"incident-{page.incident.pk}-{what}"


def is_restored(form: forms.Form) -> bool:
    """Whether it holds words that were kept and never saved, or that a link brought along."""
    return bool(getattr(form, "holds_kept_words", False))


def forms_of(request: HttpRequest, page: IncidentPage) -> dict[str, forms.Form]:
    """Every form that this person may send now, and none they may not."""
    kinds: dict[str, tuple[type[forms.Form], dict[str, Any]]] = {}
    citing = {"articles": page.articles}
    if page.may_edit:
        offered = suggested_facts(page.incident)
        initial = IncidentForm.initial_of(page.incident) | offered
        kinds["edit"] = (IncidentForm, {"initial": initial, "offered": frozenset(offered)})
        kinds["party"] = (PartyForm, {})
        kinds["position"] = (PositionForm, citing)
        kinds["evidence"] = (EvidenceForm, citing)
        kinds["place"] = (PlaceForm, {})
        kinds["withdraw"] = (PlaceActForm, {})
    if page.may_sign:
        kinds["sign"] = (PlaceActForm, {})
    if page.may_submit:
        kinds["submit"] = (SubmitForm, {})
    if page.is_locked:
        kinds["return"] = (ReturnForm, {})
        kinds["publish"] = (PublishForm, {})
    return {what: _make(request, page, what, *kind) for what, kind in kinds.items()}


def _make(
    request: HttpRequest,
    page: IncidentPage,
    what: str,
    kind: type[forms.Form],
    options: dict[str, Any],
) -> forms.Form:
    if request.method == "POST" and request.POST.get("what") == what:
        return kind(request.POST, auto_id=f"{what}_%s", **options)
    if kind is PlaceActForm:  # a button: nothing is typed
        return kind(auto_id=f"{what}_%s")
    kept = kept_words(request, form_name_of(page, what))
    asked = request.GET.dict() if request.GET.get("record") == what else {}
    initial = options.get("initial", {}) | asked | kept
    if kept and what == "party":
        initial["accused"] = "accused" in kept
    form = kind(**options | {"initial": initial, "auto_id": f"{what}_%s"})
    form.holds_kept_words = bool(kept or asked)  # type: ignore[attr-defined]  # by is_restored
    return form
