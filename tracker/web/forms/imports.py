"""Forms by which a team's table is uploaded, mapped and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.imports.choices import DayOrder, Delimiter, Encoding, RatingScale, SheetField
from tracker.imports.reading.table import MOST_HEADING_ROWS, Layout
from tracker.imports.rows.mapping import MappedTable
from tracker.imports.rows.usual import usual_incident_ref
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choosing import ChoosingForm
from tracker.web.uploads import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from tracker.imports.reading.headings import Column
    from tracker.imports.reading.table import Sheet

_FOUND = _("found out from the file")


class SheetForm(TrackerForm):
    """The file of a team."""

    file = forms.FileField(
        label=_("The table"),
        max_length=200,
        help_text=_("CSV or a workbook (.xlsx), up to 20 MB. The first step reads it only."),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Not larger than the limit."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file


class LayoutForm(ChoosingForm):
    """Where the table stands in the file; asked again where it was found wrong."""

    vocabularies = (
        ("encoding", Encoding, _FOUND),
        ("delimiter", Delimiter, _FOUND),
    )

    heading_row = forms.IntegerField(
        label=_("Row that holds the headings"), min_value=1, max_value=MOST_HEADING_ROWS, initial=1
    )
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    encoding = forms.ChoiceField(label=_("How the text is written"), required=False)
    delimiter = forms.ChoiceField(label=_("What parts the cells"), required=False)

    def __init__(self, *args: Any, sheets: Sequence[Sheet] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sheets:
            for name in ("encoding", "delimiter"):
                del self.fields[name]
            hidden = _("%s (hidden)")
            named = [(one.name, hidden % one.name if one.is_hidden else one.name) for one in sheets]
            self.choose("sheet", [("", str(_("the first that is visible"))), *named])
        else:
            del self.fields["sheet"]

    @property
    def layout(self) -> Layout:
        """What was chosen; what was not asked is found out."""
        chosen = self.cleaned_data
        return Layout(
            sheet=chosen.get("sheet", ""),
            encoding=chosen.get("encoding", ""),
            delimiter=chosen.get("delimiter", ""),
            heading_row=chosen["heading_row"],
        )


class MappingForm(ChoosingForm):
    """What each column holds; a column that holds nothing of use is left out of everything."""

    vocabularies = (
        ("day_order", DayOrder, _("not said: a day that could be two is refused")),
        ("scale", RatingScale, _("none")),
    )

    name = forms.CharField(
        label=_("Name of the table"),
        max_length=80,
        help_text=_("The mapping is kept under it. The team's own numbers are unique within it."),
    )
    team = forms.CharField(
        label=_("Team that made it"),
        max_length=200,
        help_text=_("It becomes the outlet of the rows: whose word they are where they name none."),
    )
    day_order = forms.ChoiceField(label=_("What 03/04/2019 means"), required=False)
    scale = forms.ChoiceField(label=_("Scale of the team's own rating"), required=False)

    def __init__(self, *args: Any, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._headings = [column.heading for column in columns]
        known = [("", str(_("left out")))]
        known += [(field.value, str(_(str(field.label)))) for field in SheetField]
        for number, column in enumerate(columns):
            field = forms.ChoiceField(
                label=column.heading,
                choices=known,
                required=False,
                help_text=" · ".join(column.samples),
            )
            field.widget.attrs["class"] = "form-control t-select"
            self.fields[f"column-{number}"] = field

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields of the whole table."""
        return [self[name] for name in ("name", "team", "day_order", "scale")]

    @property
    def columns(self) -> list[forms.BoundField]:
        """A field for each column."""
        return [self[f"column-{number}"] for number in range(len(self._headings))]

    @property
    def table(self) -> MappedTable:
        """What was chosen."""
        chosen = self.cleaned_data
        return MappedTable(
            name=" ".join(chosen["name"].split()),
            team=" ".join(chosen["team"].split()),
            columns={
                heading: SheetField(chosen[f"column-{number}"])
                for number, heading in enumerate(self._headings)
                if chosen[f"column-{number}"]
            },
            day_order=chosen["day_order"],
            scale=chosen["scale"],
        )


def guessed_for(columns: Sequence[Column]) -> tuple[dict[str, str], str]:
    """What a table nobody mapped yet is shown with, and the heading it was guessed from."""
    headings = [column.heading for column in columns]
    heading = usual_incident_ref(headings)
    if not heading:
        return {}, ""
    return {f"column-{headings.index(heading)}": SheetField.INCIDENT_REF.value}, heading


def initial_of(table: MappedTable, columns: Sequence[Column]) -> dict[str, str]:
    """A mapping that is kept, as the form shows it for these columns."""
    shown = {
        f"column-{number}": table.columns[column.heading].value
        for number, column in enumerate(columns)
        if column.heading in table.columns
    }
    about = {"name": table.name, "team": table.team}
    return shown | about | {"day_order": table.day_order, "scale": table.scale}


class UndoImportForm(TrackerForm):
    """Why a whole import is undone."""

    reason = forms.CharField(
        label=_("Why the import is undone"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
