"""Addresses of the requests to belligerents."""

from __future__ import annotations

from django.urls import path

from tracker.web.staff import request, requests

urlpatterns = [
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/", request.party_request, name="request"),
    path("incidents/<str:name>/requests/new/", requests.request_new, name="request_new"),
]
