"""Which static files of other packages are served: those that a page of ours asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A second viewer of the API's description, and the pages of REST framework. No page of ours
#: shows either, and packing them took most of a first start's time.
UNUSED = ("redoc", "rest_framework")


class UsedFilesFinder(AppDirectoriesFinder):
    """Every app's static files but those."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """What is collected."""
        return iter(super().list([*(ignore_patterns or ()), *UNUSED]))
