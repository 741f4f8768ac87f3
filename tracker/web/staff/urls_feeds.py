"""Addresses of what is followed."""

from __future__ import annotations

from django.urls import path

from tracker.web.staff import feed_lists, feeds

urlpatterns = [
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/new/", feeds.feed_new, name="feed_new"),
    path("feeds/import/", feed_lists.feeds_import, name="feeds_import"),
    path("feeds/export/", feed_lists.feeds_export, name="feeds_export"),
    path("feeds/<int:pk>/", feeds.feed, name="feed"),
    path("feeds/<int:pk>/edit/", feeds.feed_edit, name="feed_edit"),
    path("feeds/<int:pk>/<str:act>/", feeds.feed_act, name="feed_act"),
    path("suggestions/<int:pk>/<str:act>/", feeds.suggestion_decide, name="suggestion_decide"),
]
