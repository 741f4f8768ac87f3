"""What an address of the queue asks for, and the address that asks for a filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.verification.choices import SHELVES, TaskState
from tracker.verification.selectors.queue_filters import Criteria
from tracker.web.forms.queue import FilterForm

if TYPE_CHECKING:
    from tracker.verification.choices import WaitsFor
    from tracker.verification.models import QueueFilter


@dataclass(frozen=True, slots=True)
class Asked:
    """``wrong`` are sentences on what the queue can't show; nothing is shown then.

    ``note`` is a sentence on what was passed over.
    """

    form: FilterForm
    shelf: TaskState | WaitsFor
    criteria: Criteria
    wrong: list[str]
    note: str

    @property
    def words(self) -> dict[str, str]:
        """The filter as an address says it, without the shelf."""
        names = self.form.fields
        return {name: self.form.data[name] for name in names if self.form.data.get(name)}

    @property
    def query(self) -> str:
        """The same, ready to follow an ampersand."""
        return _encoded(self.words)

    @property
    def chips(self) -> list[str]:
        """The filter in words."""
        fields = self.form.fields
        chips = []
        for name, value in self.words.items():
            choices: dict[str, object] = dict(getattr(fields[name], "choices", ()))
            chips.append(f"{fields[name].label}: {choices.get(value, value)}")
        return chips


def read_address(sent: QueryDict) -> Asked:
    """Read what was asked for. ``state`` names a shelf; one that there is none of is passed over,
    with a sentence."""
    form = FilterForm(sent)
    asked = sent.get("state", "")
    shelf = next((shelf for shelf in SHELVES if shelf.value == asked), TaskState.QUEUED)
    is_valid = form.is_valid()
    wrong = form.sentences(sent)
    note = (
        _("There is no such state; shown is what waits.") if asked and asked != shelf.value else ""
    )
    criteria = form.criteria(shelf) if is_valid and not wrong else Criteria(shelf=shelf.value)
    return Asked(form, shelf, criteria, wrong, note)


def address_of(kept: QueueFilter) -> str:
    """The address that shows what a kept filter shows."""
    words = {
        "state": kept.shelf,
        "language": kept.language,
        "source": kept.outlet.name if kept.outlet is not None else "",
        "days": kept.min_days,
        "relevance": kept.min_relevance,
        "assigned": kept.assigned,
        "words": kept.words,
    }
    given = {name: str(word) for name, word in words.items() if word not in {"", None}}
    return f"{reverse('queue')}?{_encoded(given)}"


def _encoded(words: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(words)
    return query.urlencode()
