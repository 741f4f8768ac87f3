"""Forms about private persons. Browsers are told to remember nothing of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.incidents.choices import Outcome, SubjectStatus
from tracker.restricted.choices import AccessLevel, ConsentGiver, ConsentScope, Gender, RecordKind
from tracker.restricted.personal import LONGEST_NAME, LONGEST_TEXT, OLDEST, PersonalValues
from tracker.restricted.services.records import Codes
from tracker.web.forms.base import TrackerForm, in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.accounts.models import Person
    from tracker.restricted.models import PrivatePerson

_NO_NAMES = _("Without a name: the reason stays when the record is gone.")


def _unremembered(rows: int = 0) -> Any:
    attrs: dict[str, Any] = {"autocomplete": "off", "dir": "auto"}
    return forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RecordForm(TrackerForm):
    """One private person of an incident."""

    kind = forms.ChoiceField(label=_("Who it is"), choices=in_words(RecordKind.choices))
    outcome = forms.ChoiceField(
        label=_("What happened to the victim"),
        choices=[("", _("not a victim")), *in_words(Outcome.choices)],
        required=False,
    )
    status = forms.ChoiceField(
        label=_("Status of the victim"),
        choices=[("", _("not a victim")), *in_words(SubjectStatus.choices)],
        required=False,
        help_text=_("Civilians who were killed or injured raise the lowest figure of the range."),
    )
    names = forms.CharField(
        label=_("Names"),
        required=False,
        widget=_unremembered(rows=3),
        help_text=_("One spelling a line, the best known first; any script."),
    )
    is_namesake = forms.BooleanField(
        label=_("Another victim of the same name is another person"), required=False
    )
    age = forms.IntegerField(label=_("Age in years"), required=False, min_value=0, max_value=OLDEST)
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[("", _("not said")), *in_words(Gender.choices)], required=False
    )
    family_group = forms.CharField(
        label=_("Family group"), required=False, max_length=LONGEST_NAME, widget=_unremembered()
    )
    contacts = forms.CharField(
        label=_("Contacts"), required=False, max_length=LONGEST_TEXT, widget=_unremembered(rows=2)
    )
    home = forms.CharField(
        label=_("Home"), required=False, max_length=LONGEST_TEXT, widget=_unremembered(rows=2)
    )
    home_lat = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, widget=_unremembered()
    )
    home_lon = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, widget=_unremembered()
    )

    @property
    def codes(self) -> Codes:
        """What stands in the open."""
        values = self.cleaned_data
        return Codes(values["kind"], values["outcome"], values["status"])

    @property
    def values(self) -> PersonalValues:
        """What is sealed."""
        typed = self.cleaned_data
        return PersonalValues(
            names=tuple(typed["names"].splitlines()),
            **{name: typed[name] for name in PersonalValues.__slots__ if name != "names"},
        )


class CorrectForm(RecordForm):
    """The same with the reason for the change."""

    reason = forms.CharField(
        label=_("Why you change it"), max_length=500, help_text=_NO_NAMES, widget=_unremembered()
    )

    @staticmethod
    def initial_of(person: PrivatePerson, values: PersonalValues) -> dict[str, Any]:
        """What the form begins with."""
        return {
            "kind": person.kind,
            "outcome": person.outcome,
            "status": person.status,
            **{name: getattr(values, name) for name in PersonalValues.__slots__},
            "names": "\n".join(values.names),
        }


class ConsentForm(TrackerForm):
    """What was agreed to, by whom and when."""

    scope = forms.ChoiceField(label=_("Agreed"), choices=in_words(ConsentScope.choices))
    giver = forms.ChoiceField(label=_("Given by"), choices=in_words(ConsentGiver.choices))
    giver_name = forms.CharField(
        label=_("Name of who gave it"),
        required=False,
        max_length=LONGEST_NAME,
        widget=_unremembered(),
    )
    given_on = _day(_("Day"))


class WithdrawForm(TrackerForm):
    """When a consent was taken back."""

    withdrawn_on = _day(_("Taken back on"))


class ShredForm(TrackerForm):
    """Why a record must go."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_NO_NAMES, widget=_unremembered()
    )


class GrantForm(TrackerForm):
    """Who may read or write from now on, and why."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    level = forms.ChoiceField(label=_("May"), choices=in_words(AccessLevel.choices))
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(person.pk), person.alias) for person in people]
