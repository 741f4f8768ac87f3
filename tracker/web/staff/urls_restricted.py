"""Addresses of the pages about private persons; what is typed below them is kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from tracker.web.staff import restricted, restricted_access, restricted_ends

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("access/", restricted_access.restricted_access, name="restricted_access"),
    path(
        "access/<int:pk>/end/",
        restricted_access.restricted_access_end,
        name="restricted_access_end",
    ),
    path("incidents/<str:name>/", restricted.restricted, name="restricted"),
    path("incidents/<str:name>/new/", restricted.restricted_new, name="restricted_new"),
    path(
        "consents/<int:pk>/withdraw/",
        restricted_ends.restricted_withdraw,
        name="restricted_withdraw",
    ),
    path("<int:pk>/", restricted.restricted_record, name="restricted_record"),
    path("<int:pk>/show/", restricted.restricted_show, name="restricted_show"),
    path("<int:pk>/correct/", restricted.restricted_correct, name="restricted_correct"),
    path("<int:pk>/consent/", restricted.restricted_consent, name="restricted_consent"),
    path("<int:pk>/shred/", restricted_ends.restricted_shred, name="restricted_shred"),
]
