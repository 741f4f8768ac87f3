"""What is said about a task or an incident, who looks after it, and what one has read of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from tracker.verification.models import ReviewTask
from tracker.verification.selectors.closed import open_incident
from tracker.verification.selectors.talk import (
    About,
    find_assignment,
    list_assignable,
    list_comments,
    require_about,
)
from tracker.verification.services.assign import (
    assign,
    end_assignment,
    mark_assignment,
    mark_mention,
)
from tracker.verification.services.talk import add_comment, shred_comment, withdraw_comment
from tracker.web.access import actor_of, rights_required
from tracker.web.forms.talk import AssignForm, CommentForm, ShredForm
from tracker.web.selectors.concerns import talk_url
from tracker.web.sent import sent_number, whole_number
from tracker.web.typed import forget_typed, kept_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident


@dataclass(slots=True)
class _Page:
    """The comments on one thing as one person sees them."""

    about: About
    actor: Actor
    task: ReviewTask | None = None
    incident: Incident | None = None
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Under which typed words are kept."""
        thing = f"task-{self.about.task_id}" if self.task else f"incident-{self.about.incident_id}"
        return f"{thing}-comment"


@rights_required(Right.READ)
@require_http_methods(["GET", "POST"])
def task_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Comments on a task, and who looks after it."""
    actor, about = actor_of(request), About(task_id=pk)
    require_about(about, viewer=actor)
    task = ReviewTask.objects.select_related("article").defer("article__text").get(pk=pk)
    return _talk(request, _Page(about, actor, task=task))


@rights_required(Right.READ)
@require_http_methods(["GET", "POST"])
def incident_talk(request: HttpRequest, name: str) -> HttpResponse:
    """The same of an incident."""
    incident = open_incident(name, viewer=actor_of(request))
    about = About(incident_id=incident.pk)
    return _talk(request, _Page(about, actor_of(request), incident=incident))


@rights_required(Right.READ)
@require_POST
def concern_mark(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Mark a line of one's desk as read, or as not read."""
    is_read = request.POST.get("do", "") != "unread"
    actor, now = actor_of(request), timezone.now()
    match kind:
        case "mention":
            mark_mention(mention_id=pk, is_read=is_read, actor=actor, now=now)
        case "assignment":
            mark_assignment(assignment_id=pk, is_read=is_read, actor=actor, now=now)
        case _:
            raise NotFound(_("There is no such line on your desk."))
    return redirect("desk")


def _talk(request: HttpRequest, page: _Page) -> HttpResponse:
    if request.method == "GET":
        return _show(request, page)
    require_right(page.actor, Right.COMMENT)
    act = _ACTS.get(request.POST.get("what", ""))
    if act is None:
        raise InvalidInput(_("This page has no such form."))
    try:
        done = act(request, page)
    except (NotAllowed, NotFound):
        raise
    except DomainError as failure:
        page.context["refusal"] = str(failure)
        return _show(request, page, status=HTTPStatus.CONFLICT)
    if not done:
        return _show(request, page, status=HTTPStatus.BAD_REQUEST)
    messages.success(request, done)
    return redirect(talk_url(page.task, page.incident))


def _say(request: HttpRequest, page: _Page) -> str:
    page.context["form"] = form = CommentForm(request.POST)
    if not form.is_valid():
        return ""
    text = form.cleaned_data["text"]
    add_comment(about=page.about, text=text, actor=page.actor, now=timezone.now())
    forget_typed(request, page.name)
    return _("Said.")


def _withdraw(request: HttpRequest, page: _Page) -> str:
    comment_id = sent_number(request, "comment")
    withdraw_comment(comment_id=comment_id, actor=page.actor, now=timezone.now())
    return _("Withdrawn; nobody reads it any more.")


def _shred(request: HttpRequest, page: _Page) -> str:
    form = ShredForm(request.POST, auto_id="shred_%s")
    page.context |= {"shred_form": form, "shredding": sent_number(request, "comment")}
    if not form.is_valid():
        return ""
    shred_comment(
        comment_id=sent_number(request, "comment"),
        actor=page.actor,
        now=timezone.now(),
        reason=form.cleaned_data["reason"],
    )
    return _("The words are gone for good.")


def _assign(request: HttpRequest, page: _Page) -> str:
    page.context["assign_form"] = form = _assign_form(page, request.POST)
    if not form.is_valid():
        return ""
    person_id = int(form.cleaned_data["person"])
    assign(about=page.about, person_id=person_id, actor=page.actor, now=timezone.now())
    return _("It is on that person's desk.")


def _take(_request: HttpRequest, page: _Page) -> str:
    assign(about=page.about, person_id=page.actor.person_id, actor=page.actor, now=timezone.now())
    return _("You look after it now.")


def _end(_request: HttpRequest, page: _Page) -> str:
    end_assignment(about=page.about, actor=page.actor, now=timezone.now())
    return _("Nobody looks after it now.")


_ACTS: dict[str, Callable[[HttpRequest, _Page], str]] = {
    "comment": _say,
    "withdraw": _withdraw,
    "shred": _shred,
    "assign": _assign,
    "take": _take,
    "end": _end,
}


def _assign_form(page: _Page, sent: Any = None) -> AssignForm:
    people = [(str(person.pk), person.alias) for person in list_assignable(page.about)]
    return AssignForm(sent, people=people)


def _show(request: HttpRequest, page: _Page, *, status: int = HTTPStatus.OK) -> HttpResponse:
    actor, assignment = page.actor, find_assignment(page.about)
    oversees = has_right(actor, Right.ASSIGN)
    asked = whole_number(request.GET.get("shred", ""))
    context = {
        "task": page.task,
        "incident": page.incident,
        "comments": list_comments(page.about, viewer=actor),
        "viewer": actor,
        "form": CommentForm(initial=kept_words(request, page.name)),
        "form_name": page.name,
        "assignment": assignment,
        "assign_form": _assign_form(page) if oversees else None,
        "may_comment": has_right(actor, Right.COMMENT),
        "may_shred": oversees,
        "may_take": assignment is None and has_right(actor, page.about.right),
        "may_end": assignment is not None and (oversees or assignment.person_id == actor.id),
        "shredding": asked if oversees else None,
        "shred_form": ShredForm(auto_id="shred_%s"),
    }
    return render(request, "staff/talk.html", context | page.context, status=status)
