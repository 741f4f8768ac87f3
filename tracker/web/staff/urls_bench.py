"""Addresses of the queue, the workbench and the incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from tracker.web.staff import (
    bench_claims,
    incident,
    incidents,
    lineage,
    merging,
    queue,
    queue_filters,
    splitting,
    workbench,
)

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("queue/", queue.queue, name="queue"),
    path("queue/next/", queue.queue_next, name="queue_next"),
    path("queue/filters/", queue_filters.queue_keep, name="queue_keep"),
    path("queue/filters/<int:pk>/", queue_filters.queue_filter, name="queue_filter"),
    path("task/<int:pk>/", workbench.task, name="task"),
    path("task/<int:pk>/take/", workbench.task_take, name="task_take"),
    path("task/<int:pk>/close/", workbench.task_close, name="task_close"),
    path("task/<int:pk>/claims/<int:claim_id>/", bench_claims.task_claim, name="task_claim"),
    path("task/<int:pk>/claims/add/", bench_claims.task_add, name="task_add"),
    path("task/<int:pk>/link/", bench_claims.task_link, name="task_link"),
    path("task/<int:pk>/incident/", bench_claims.task_incident, name="task_incident"),
    path("articles/<int:pk>/links/", lineage.lineage, name="lineage"),
    path("articles/<int:pk>/links/add/", lineage.lineage_link, name="lineage_link"),
    path("articles/<int:pk>/links/<int:link_id>/", lineage.lineage_decide, name="lineage_decide"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incident.incident_new, name="incident_new"),
    path("incidents/<str:name>/", incident.incident, name="incident"),
    path("incidents/<str:name>/merge/", merging.incident_merge, name="incident_merge"),
    path(
        "incidents/<str:name>/merge/<str:into>/",
        merging.incident_merge_into,
        name="incident_merge_into",
    ),
    path("incidents/<str:name>/split/", splitting.incident_split, name="incident_split"),
    path("merges/<int:pk>/undo/", merging.merge_undo, name="merge_undo"),
]
