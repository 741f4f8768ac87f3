"""Forms about people: invite, change, and one's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.core.actor import Role
from tracker.web.forms.base import TrackerForm

if TYPE_CHECKING:
    from typing import Any

ROLES = (
    (Role.VIEWER.value, _("viewer: reads")),
    (Role.RESEARCHER.value, _("researcher: adds articles, decides claims, writes incidents")),
    (Role.REVIEWER.value, _("reviewer: the same, and publishes what others wrote")),
    (Role.COORDINATOR.value, _("coordinator: the same, and reopens tasks and watches workers")),
    (Role.ADMINISTRATOR.value, _("administrator: people and workers, no decisions on claims")),
)
THEMES = (("auto", _("as the system says")), ("light", _("light")), ("dark", _("dark")))


class InviteForm(TrackerForm):
    """Somebody new."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    alias = forms.CharField(
        label=_("Alias"), max_length=40, help_text=_("All that others ever see; no real names.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=Role.RESEARCHER.value)


class RoleForm(TrackerForm):
    """Another role, and why."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    reason = forms.CharField(label=_("Reason"), max_length=500)


class ActiveForm(TrackerForm):
    """Let somebody in again, or no more, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class ThemeForm(TrackerForm):
    """Light or dark."""

    theme = forms.ChoiceField(label=_("Appearance"), choices=THEMES)


class NewPasswordForm(TrackerForm):
    """A password twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a few unrelated words are good."),
    )
    password_again = forms.CharField(
        label=_("The same again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        values = super().clean() or {}
        first, second = values.get("password"), values.get("password_again")
        if first and second and first != second:
            self.add_error("password_again", _("The two passwords differ."))
        return values


class ChangePasswordForm(NewPasswordForm):
    """The old one first."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old_password", "password", "password_again")
