"""Three ways in: paste, give an address, upload a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.sources.choices import Material
from tracker.web.forms.base import TrackerForm, in_words
from tracker.web.uploads import MOST_BYTES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


#: A row of a table comes in with its table.
_CHOSEN = [choice for choice in Material.choices if choice[0] != Material.TABLE_ROW]


class MaterialField(forms.ChoiceField):
    """What kind of material it is; a news report where nothing is said."""

    def __init__(self) -> None:
        super().__init__(label=_("Kind of material"), choices=in_words(_CHOSEN), required=False)

    def clean(self, value: object) -> str:
        """One of the kinds."""
        return super().clean(value) or Material.NEWS_REPORT.value


class PasteForm(TrackerForm):
    """A text that was published, received or written down; all but the text may be unknown."""

    material = MaterialField()
    title = forms.CharField(label=_("Headline"), max_length=500, required=False)
    outlet = forms.CharField(
        label=_("Outlet"), max_length=200, required=False, help_text=_("Empty = not known.")
    )
    given_by = forms.CharField(
        label=_("Who gave or wrote it"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_(
            "An office or a role, such as the registrar of a hospital. Never the name of a person "
            "who must be protected: everybody who reads the article sees it."
        ),
    )
    published_on = forms.CharField(
        label=_("Published or received on"),
        max_length=40,
        required=False,
        help_text=_("A day such as 2026-11-20. Empty = not known."),
    )
    text = forms.CharField(
        label=_("Text of the article"),
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )


class AddressForm(TrackerForm):
    """A page on the web; a worker fetches it."""

    url = forms.CharField(
        label=_("Address of the page"),
        max_length=2000,
        widget=forms.URLInput(attrs={"dir": "ltr", "placeholder": "https://"}),
    )
    robots_reason = forms.CharField(
        label=_("Why it must be recorded although robots.txt asks not to"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_(
            "Empty = as robots.txt allows. With a reason, this one page is recorded once in any "
            "case; the reason stays with the capture and in the audit log."
        ),
    )

    def clean_url(self) -> str:
        """Only the web: http or https, with a host."""
        url: str = self.cleaned_data["url"].strip()
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise forms.ValidationError(_("Give an address that begins with http:// or https://."))
        return url


class FileForm(TrackerForm):
    """A file of one article or of many."""

    material = MaterialField()
    file = forms.FileField(
        label=_("File"),
        max_length=200,
        allow_empty_file=True,
        help_text=_("Text, HTML, PDF or JSON lines, up to 20 MB."),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Not larger than the limit."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file
