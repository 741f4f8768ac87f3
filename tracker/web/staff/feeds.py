"""Feeds: what is followed, how does it fare, and who changed it?"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import InvalidInput, NotFound, StaleRevision
from tracker.sources.choices import FeedState
from tracker.sources.selectors.feeds import (
    get_feed,
    items_of,
    list_open_suggestions,
    polls_of,
    settings_history,
)
from tracker.sources.services.feeds import (
    add_feed,
    edit_feed,
    pause_feed,
    poll_now,
    resume_feed,
)
from tracker.sources.services.suggestions import accept_suggestion, decline_suggestion
from tracker.web.access import actor_of, person_of, rights_required
from tracker.web.forms.feeds import FeedForm, PauseForm, present_values
from tracker.web.selectors.feeds import feed_page, feed_row
from tracker.web.typed import forget_typed, restored_fields

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_NEW = "feed-new"
_POLLS, _ITEMS, _VERSIONS, _SUGGESTIONS = 30, 30, 30, 50
_DIGITS = 4


@rights_required(Right.READ)
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Everything that is followed, trouble first, and the addresses that partners sent."""
    state = request.GET.get("state", "")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    asked = request.GET.get("page", "1")[:_DIGITS]
    number = max(int(asked), 1) if asked.isdecimal() else 1
    now = timezone.now()
    actor = actor_of(request)
    may_accept = has_right(actor, Right.INGEST)
    context = {
        "page": feed_page(state=state, words=words, number=number, now=now),
        "states": FeedState.choices,
        "state": state if state in FeedState.values else "",
        "words": words,
        "now": now,
        "may_manage": has_right(actor, Right.MANAGE_FEEDS),
        "may_accept": may_accept,
        "suggestions": list(list_open_suggestions()[:_SUGGESTIONS]),
    }
    return render(request, "staff/feeds.html", context)


@rights_required(Right.MANAGE_FEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def feed_new(request: HttpRequest) -> HttpResponse:
    """Follow something from now on."""
    if request.method != "POST":
        initial = {"owner": person_of(request).pk} | restored_fields(request, _NEW)
        return render(
            request, "staff/feed_form.html", {"form": FeedForm(initial=initial), "form_name": _NEW}
        )
    form = FeedForm(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            made = add_feed(values=form.values(), actor=actor_of(request), now=timezone.now())
        except InvalidInput as failure:
            refusal = str(failure)
        else:
            forget_typed(request, _NEW)
            messages.success(request, _("It is followed from now on and asked at once."))
            return redirect("feed", pk=made.pk)
    context = {"form": form, "form_name": _NEW, "refusal": refusal}
    return render(request, "staff/feed_form.html", context, status=HTTPStatus.BAD_REQUEST)


@rights_required(Right.READ)
@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """One feed: its settings, its health, its polls, its items, and its changes."""
    now = timezone.now()
    subject = get_feed(pk)
    context = {
        "feed": subject,
        "row": feed_row(subject, now=now),
        "now": now,
        "polls": list(polls_of(pk)[:_POLLS]),
        "items": list(items_of(pk)[:_ITEMS]),
        "versions": settings_history(pk, most=_VERSIONS),
        "parts": list(subject.parts.order_by("title", "id")),
        "pause": PauseForm(),
        "may_manage": has_right(actor_of(request), Right.MANAGE_FEEDS),
    }
    return render(request, "staff/feed.html", context)


@rights_required(Right.MANAGE_FEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def feed_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the settings of one feed."""
    subject = get_feed(pk)
    name = f"feed-{pk}"
    if request.method != "POST":
        form = FeedForm(initial=present_values(subject) | restored_fields(request, name))
        context = {"form": form, "form_name": name, "feed": subject}
        return render(request, "staff/feed_form.html", context)
    form = FeedForm(request.POST)
    refusal, status = "", HTTPStatus.BAD_REQUEST
    if form.is_valid():
        try:
            edit_feed(
                feed_id=pk,
                expected_revision=form.cleaned_data["revision"] or 0,
                values=form.values(),
                actor=actor_of(request),
                now=timezone.now(),
            )
        except StaleRevision as failure:
            refusal, status = str(failure), HTTPStatus.CONFLICT
        except InvalidInput as failure:
            refusal = str(failure)
        else:
            forget_typed(request, name)
            messages.success(request, _("Saved."))
            return redirect("feed", pk=pk)
    context = {"form": form, "form_name": name, "feed": subject, "refusal": refusal}
    return render(request, "staff/feed_form.html", context, status=status)


@rights_required(Right.MANAGE_FEEDS)
@require_POST
def feed_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Pause with a reason, resume, or ask now."""
    actor, now = actor_of(request), timezone.now()
    match act:
        case "pause":
            because = request.POST.get("because", "").replace("\x00", "")[:300]
            pause_feed(feed_id=pk, because=because, actor=actor, now=now)
            messages.success(request, _("It is paused."))
        case "resume":
            resume_feed(feed_id=pk, actor=actor, now=now)
            messages.success(request, _("It is asked again from now on."))
        case "poll":
            poll_now(feed_id=pk, actor=actor, now=now)
            messages.success(request, _("It is asked as soon as a worker and its host are free."))
        case _:
            raise NotFound(_("There is nothing of that name to do with a feed."))
    return redirect("feed", pk=pk)


@rights_required(Right.INGEST)
@require_POST
def suggestion_decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept or decline an address that a partner sent."""
    actor, now = actor_of(request), timezone.now()
    if act == "accept":
        accept_suggestion(suggestion_id=pk, actor=actor, now=now)
        messages.success(request, _("The address waits for a worker."))
    elif act == "decline":
        decline_suggestion(suggestion_id=pk, actor=actor, now=now)
        messages.success(request, _("Declined."))
    else:
        raise NotFound(_("There is nothing of that name to do with a suggestion."))
    return redirect("feeds")
