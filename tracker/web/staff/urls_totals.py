"""Addresses of running totals."""

from __future__ import annotations

from django.urls import path

from tracker.web.staff import totals

urlpatterns = [
    path("totals/", totals.totals, name="totals"),
    path("totals/<int:pk>/", totals.total, name="total"),
    path("totals/<int:pk>/part/", totals.total_part, name="total_part"),
]
