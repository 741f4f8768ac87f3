"""All addresses; part of the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from api import errors as api_errors
from tracker.web import errors as web_errors

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

urlpatterns = [
    path("api/", include("api.urls")),
    path("", include("tracker.web.urls")),
]

handler400 = "tracker.web.errors.bad_request"
handler403 = "tracker.web.errors.forbidden"
handler404 = "tracker.web.errors.not_found"
handler429 = "tracker.web.errors.too_many"


def handler500(request: HttpRequest) -> HttpResponse:
    """Partners get problem details, people a page."""
    if request.path.startswith("/api/"):
        return api_errors.server_error(request)
    return web_errors.server_error(request)
