"""Words typed into a form outlive the sign-in that ran out before they were sent.

How a page takes part:

* The form holds ``{% typed_form "task-17-claim-204" %}`` (from ``{% load typed %}``), which names
  the form and the page to come back to. A form without it is named by its address.
* The view that shows the form asks ``restored_fields(request, "task-17-claim-204")`` and puts what
  comes back into its fields; the frame then says so in a banner.
* The view that has saved the form calls ``forget_typed(request, "task-17-claim-204")``.

Only a browser in which somebody was signed in before may leave words here (a signed cookie says
so), so strangers can't fill the database; and only the same person gets them back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme

from tracker.core.errors import NotAllowed
from tracker.verification.services.drafts import adopt_draft, drop_draft, find_draft, save_draft

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

    from tracker.accounts.models import Person

FORM_FIELD = "form_name"
PAGE_FIELD = "form_page"
_SESSION_KEY = "typed_words"
_RESTORED = "tracker.restored_forms"
_MARK = "was_here"
_MARK_SALT = "tracker.web.typed"
_MARK_LASTS = 30 * 24 * 60 * 60
_MOST_FORMS = 20
_MOST_CHARACTERS = 500_000
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", FORM_FIELD, PAGE_FIELD})
_SECRET = ("password", "secret", "token")
#: The first part of addresses whose forms hold names of private persons: those words are neither
#: kept nor shown again on an error page, but typed once more.
NEVER_KEPT = "restricted"


def typed_fields(request: HttpRequest) -> dict[str, str]:
    """The words of a sent form, without what must not be kept: tokens, passwords, names."""
    if request.path_info.startswith(f"/{NEVER_KEPT}/"):
        return {}
    return {
        _clean(name): _clean("\n".join(values))
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED and not any(part in name.lower() for part in _SECRET)
    }


def form_name(request: HttpRequest) -> str:
    """The name under which the words of this form are kept."""
    return _clean(request.POST.get(FORM_FIELD) or request.path)[:100]


def form_page(request: HttpRequest) -> str:
    """The page that shows the sent form; only ever one of ours."""
    if request.method != "POST":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    candidates = [request.POST.get(PAGE_FIELD, "")]
    if came_from.netloc == request.get_host():
        candidates.append(urlunsplit(("", "", came_from.path, came_from.query, "")))
    for page in candidates:
        if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
            return page
    return request.path


def keep_typed(request: HttpRequest, *, now: datetime) -> bool:
    """Keep the words of a form that could not be saved; False where there was nothing to keep.

    Without a sign-in they wait in the browser's session for the person who was here before.
    """
    fields = typed_fields(request)
    size = sum(len(words.strip()) for words in fields.values())
    if not 0 < size <= _MOST_CHARACTERS:
        return False
    if request.user.is_authenticated:
        save_draft(person_id=request.user.pk, form=form_name(request), fields=fields, now=now)
        return True
    owner = _marked_person(request)
    kept = request.session.get(_SESSION_KEY, [])
    if owner is None or len(kept) >= _MOST_FORMS:
        return False
    draft = save_draft(person_id=None, form=form_name(request), fields=fields, now=now)
    request.session[_SESSION_KEY] = [*kept, {"token": draft.token, "person": owner}]
    return True


def adopt_typed(request: HttpRequest, person: Person, *, now: datetime) -> None:
    """After signing in, give the kept words to the person who typed them, and to no other."""
    for entry in request.session.pop(_SESSION_KEY, []):
        if entry["person"] == person.pk:
            adopt_draft(token=entry["token"], person_id=person.pk, now=now)


def restored_fields(request: HttpRequest, form_name: str) -> dict[str, str]:
    """What the signed-in person typed into this form and never got to save, or {}.

    The frame says so in a banner, from which the words can also be dropped.
    """
    draft = find_draft(person_id=_signed_in(request), form=form_name[:100])
    if draft is None:
        return {}
    request.META.setdefault(_RESTORED, []).append(draft)
    return {name: str(words) for name, words in draft.fields.items()}


def kept_words(request: HttpRequest, form_name: str) -> dict[str, str]:
    """The same for a form that is shown anew; a sent one has its own words."""
    return restored_fields(request, form_name) if request.method == "GET" else {}


def restored_drafts(request: HttpRequest) -> list[object]:
    """The drafts whose words stand in this page's forms."""
    drafts: list[object] = request.META.get(_RESTORED, [])
    return drafts


def forget_typed(request: HttpRequest, form_name: str) -> None:
    """The words are saved where they belong, or their writer gave them up."""
    drop_draft(person_id=_signed_in(request), form=form_name[:100])


def mark_browser(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    """Remember in this browser, signed, who was signed in last."""
    if _marked_person(request) == person.pk:
        return
    response.set_cookie(
        _MARK,
        signing.dumps(person.pk, salt=_MARK_SALT),
        max_age=_MARK_LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _clean(words: str) -> str:
    # PostgreSQL keeps no NUL character, and nobody types one.
    return words.replace("\x00", "")


def _signed_in(request: HttpRequest) -> int:
    if request.user.pk is None:
        raise NotAllowed("Sign in first.")
    return request.user.pk


def _marked_person(request: HttpRequest) -> int | None:
    try:
        person_id: int = signing.loads(
            request.COOKIES.get(_MARK, ""), salt=_MARK_SALT, max_age=_MARK_LASTS
        )
    except signing.BadSignature:
        return None
    return person_id
