"""Forms of the feeds: what is followed, why it is paused, a list from elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.accounts.models import Person
from tracker.sources.choices import FeedKind
from tracker.sources.feeds.opml import LARGEST_OPML
from tracker.sources.services.feeds import FeedValues
from tracker.web.forms.base import TrackerForm, in_words

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from tracker.sources.models import Feed

_WEEK_IN_MINUTES = 7 * 24 * 60
_YEAR_IN_HOURS = 365 * 24


class FeedForm(TrackerForm):
    """The settings of a feed; times in the units that people think in."""

    kind = forms.ChoiceField(label=_("Kind"), choices=in_words(FeedKind.choices))
    address = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("Of the feed itself; for a drop folder its name below the drop root."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    title = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("nobody"),
        help_text=_("Who is asked when something is wrong with it."),
    )
    source = forms.CharField(
        label=_("Source of its articles"),
        max_length=200,
        required=False,
        help_text=_("For articles that do not name their outlet. Empty = none."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.RegexField(
        regex=r"^[a-z]{2,3}$",
        label=_("Language of its articles"),
        required=False,
        help_text=_("Two letters, such as ar, where it can't be told from the text."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    shortest = forms.IntegerField(
        label=_("Asked at most every … minutes"),
        min_value=1,
        max_value=_WEEK_IN_MINUTES,
        initial=5,
    )
    longest = forms.IntegerField(
        label=_("Asked at least every … minutes"),
        min_value=1,
        max_value=_WEEK_IN_MINUTES,
        initial=720,
    )
    silence_limit = forms.IntegerField(
        label=_("Tell when it has brought nothing for … hours"),
        min_value=1,
        max_value=_YEAR_IN_HOURS,
        required=False,
        help_text=_("Empty = by its own rhythm."),
    )
    egress_proxy = forms.RegexField(
        regex=r"^https?://[^\s@/]+$",
        label=_("Egress proxy"),
        max_length=300,
        required=False,
        help_text=_("Such as http://proxy.example:3128. Empty = the installation's own way out."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = Person.objects.filter(is_active=True).order_by("alias")

    def values(self) -> FeedValues:
        """What the service takes, of a form that is valid."""
        said = self.cleaned_data
        silence = said["silence_limit"]
        return FeedValues(
            kind=FeedKind(said["kind"]),
            address=said["address"],
            title=said["title"],
            owner_id=said["owner"].pk if said["owner"] else None,
            source=said["source"],
            language=said["language"],
            shortest=timedelta(minutes=said["shortest"]),
            longest=timedelta(minutes=said["longest"]),
            silence_limit=timedelta(hours=silence) if silence else None,
            egress_proxy=said["egress_proxy"],
        )


def present_values(feed: Feed) -> dict[str, Any]:
    """The form's fields as they stand now."""
    silence = feed.silence_limit
    return {
        "kind": feed.kind,
        "address": feed.address,
        "title": feed.title,
        "owner": feed.owner_id or "",
        "source": feed.source.name if feed.source else "",
        "language": feed.language,
        "shortest": int(feed.shortest.total_seconds() // 60),
        "longest": int(feed.longest.total_seconds() // 60),
        "silence_limit": int(silence.total_seconds() // 3600) if silence else "",
        "egress_proxy": feed.egress_proxy,
        "revision": feed.revision,
    }


class PauseForm(TrackerForm):
    """Why it is paused, for whoever finds it silent."""

    because = forms.CharField(
        label=_("Why it is paused"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class ListForm(TrackerForm):
    """A list of feeds that another reader wrote."""

    file = forms.FileField(label=_("File"), help_text=_("An OPML list, up to 2 MB."))

    def clean_file(self) -> UploadedFile[bytes]:
        """Not larger than the limit."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_OPML:
            raise forms.ValidationError(_("The list is larger than 2 MB."))
        return file
