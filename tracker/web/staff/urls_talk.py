"""Addresses of comments and assignments."""

from __future__ import annotations

from django.urls import path

from tracker.web.staff import talk

urlpatterns = [
    path("task/<int:pk>/comments/", talk.task_talk, name="task_talk"),
    path("incidents/<str:name>/comments/", talk.incident_talk, name="incident_talk"),
    path("desk/<str:kind>/<int:pk>/", talk.concern_mark, name="concern_mark"),
]
