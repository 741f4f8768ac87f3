"""Addresses of the pages."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import include, path
from django.views.i18n import set_language

from tracker.web import health, metrics
from tracker.web.accounts import me, signin
from tracker.web.staff import (
    add,
    captures,
    desk,
    people,
    place_merging,
    places,
    source_merging,
    sources,
    watch,
)
from tracker.web.typed import NEVER_KEPT

#: Only what is needed of allauth: no sign-up, no mail, no management of addresses.
account_urls = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", signin.inactive, name="account_inactive"),
    path("signup/", signin.no_sign_up, name="account_signup"),
    path("password/reset/", signin.ask_for_reset, name="account_reset_password"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("language/", set_language, name="set_language"),
    path("account/", include(account_urls)),
    path("link/<str:token>/", signin.one_time_link, name="one_time_link"),
    path("me/", me.me, name="me"),
    path("typed/drop/", me.drop_typed, name="drop_typed"),
    path("", desk.desk, name="desk"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("add/", add.add, name="add"),
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", sources.source_new, name="source_new"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/merge/", source_merging.source_merge, name="source_merge"),
    path(
        "sources/<int:pk>/merge/<int:into>/",
        source_merging.source_merge_into,
        name="source_merge_into",
    ),
    path(
        "source-merges/<int:pk>/undo/", source_merging.source_merge_undo, name="source_merge_undo"
    ),
    path("captures/", captures.captures, name="captures"),
    path("captures/stamps/", captures.stamps, name="captures_stamps"),
    path("capture/<int:pk>/", captures.capture, name="capture"),
    path("capture/<int:pk>/copy/", captures.copy, name="capture_copy"),
    path("capture/<int:pk>/dispose/", captures.dispose, name="capture_dispose"),
    path("disposal/<int:pk>/decide/", captures.decide, name="disposal_decide"),
    path("watch/", watch.watch, name="watch"),
    path("watch/alarm/<int:pk>/", watch.acknowledge, name="watch_alarm"),
    path("watch/retry/<str:kind>/<int:pk>/", watch.retry, name="watch_retry"),
    path(f"{NEVER_KEPT}/", include("tracker.web.staff.urls_restricted")),
    path("", include("tracker.web.staff.urls_feeds")),
    path("places/", places.places, name="places"),
    path("places/<int:pk>/withdraw/", places.place_withdraw, name="place_withdraw"),
    path("places/merges/", place_merging.place_merges, name="place_merges"),
    path("places/merge/", place_merging.place_merge, name="place_merge"),
    path("places/merges/<int:pk>/undo/", place_merging.place_merge_undo, name="place_merge_undo"),
    path("", include("tracker.web.staff.urls_imports")),
    path("", include("tracker.web.staff.urls_requests")),
    path("", include("tracker.web.staff.urls_totals")),
    path("", include("tracker.web.staff.urls_coding")),
    path("", include("tracker.web.staff.urls_talk")),
    path("", include("tracker.web.staff.urls_bench")),
]
