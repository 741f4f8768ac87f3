"""The filter of the queue, and the name under which it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.incidents.services.claim_fields import source_named
from tracker.verification.choices import Assigned
from tracker.verification.selectors.queue_filters import NOT_RECOGNISED, Criteria
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choosing import ChoosingForm
from tracker.web.languages import language_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.verification.choices import TaskState, WaitsFor

#: What else an address of the queue may say.
ADDRESS_WORDS = frozenset({"state", "order", "after", "filter"})


class FilterForm(ChoosingForm):
    """What of the queue is shown; it stands in the address."""

    vocabularies = (("assigned", Assigned, _("everybody's")),)

    words = forms.CharField(
        label=_("Words of the title"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "type": "search"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("The name of the outlet"),
        widget=forms.TextInput(attrs={"dir": "auto", "list": "known-outlets"}),
    )
    days = forms.IntegerField(
        label=_("Waiting at least, in days"), min_value=0, max_value=3650, required=False
    )
    relevance = forms.IntegerField(
        label=_("Likely harm at least, of 100"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("What is not worked out yet is shown as well"),
    )
    assigned = forms.ChoiceField(label=_("Looked after"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.outlet_id: int | None = None
        names = sorted((language_words(code), code) for code in LANG_INFO if "-" not in code)
        self.choose(
            "language",
            [
                ("", gettext("every language")),
                *((code, name) for name, code in names),
                (NOT_RECOGNISED, gettext("not recognised")),
            ],
        )

    def clean_source(self) -> str:
        """A source of this name; it may have been renamed or merged since the address was kept."""
        name: str = self.cleaned_data["source"]
        if name:
            source = source_named(name)
            if source is None:
                raise forms.ValidationError(gettext("No source has this name (any more)."))
            self.outlet_id = source.pk
        return name

    def criteria(self, shelf: TaskState | WaitsFor) -> Criteria:
        """What a valid form filters by."""
        values = self.cleaned_data
        return Criteria(
            shelf=shelf.value,
            language=values["language"],
            outlet_id=self.outlet_id,
            min_days=values["days"],
            min_relevance=values["relevance"],
            assigned=values["assigned"],
            words=values["words"],
        )

    def sentences(self, named: Iterable[str]) -> list[str]:
        """What is wrong with an address that gave these words, ours and others."""
        unknown = sorted(set(named) - set(self.fields) - ADDRESS_WORDS)
        said = [
            gettext("The queue knows no filter “%(name)s”.") % {"name": name[:40]}
            for name in unknown
        ]
        for name, errors in self.errors.items():
            said += [f"{self.fields[name].label}: {error}" for error in errors]
        return said


class KeepForm(TrackerForm):
    """Under which name a filter is kept."""

    name = forms.CharField(
        label=_("Keep this filter as"),
        max_length=60,
        help_text=_("One of the same name gives way to it"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_shared = forms.BooleanField(label=_("Share it with everybody"), required=False)
    is_default = forms.BooleanField(label=_("Open the queue with it"), required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="keep_%s", **kwargs)
        if not may_share:
            del self.fields["is_shared"]
