"""Which static files of other packages are served: those that a page of ours asks for."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig


class UsedFilesConfig(StaticFilesConfig):
    """Leaves out the second viewer of the API's description and the pages of REST framework.

    No page shows either, and packing them took most of a first start's time.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "rest_framework"]
