"""Addresses of the tables of teams."""

from __future__ import annotations

from django.urls import path

from tracker.web.staff import import_done, imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/file/<int:pk>/", imports.import_map, name="import_map"),
    path("imports/file/<int:pk>/<int:mapping>/", imports.import_try, name="import_try"),
    path("imports/<int:pk>/", import_done.import_page, name="import"),
    path("imports/<int:pk>/results/", import_done.import_results, name="import_results"),
    path("imports/<int:pk>/undo/", import_done.import_undo, name="import_undo"),
]
