"""All that the page of one request shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from tracker.accounts.permissions import Right, has_right
from tracker.core.families import home_of
from tracker.incidents.choices import EDITABLE_STATUSES, REQUEST_TRANSITIONS, RequestState
from tracker.incidents.models import Position
from tracker.incidents.policies import may_end
from tracker.incidents.selectors.family import family_of
from tracker.verification.selectors.closed import open_request
from tracker.web.selectors.incident_parts import ArticleLink, article_link, cited_articles

if TYPE_CHECKING:
    from tracker.core.actor import Actor
    from tracker.incidents.models import Incident, PartyRequest, RequestStep

#: Which form leads to which state, in the order of the page.
LEADS_TO: dict[str, RequestState] = {
    "send": RequestState.SENT,
    "reply": RequestState.ANSWERED,
    "acknowledge": RequestState.ACKNOWLEDGED,
    "reopen": RequestState.REOPENED,
    "close": RequestState.CLOSED,
}
#: Those by which the waiting ends or begins anew.
ENDING = ("close", "reopen")


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with the way to the article that its reply stands in."""

    step: RequestStep
    article: ArticleLink


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request as one person sees it.

    ``record_url`` leads to the filled-in form that records the reply as a position; "" = there is
    no reply, it is recorded, or the viewer may not. ``is_recorded``: such a position stands.
    """

    asked: PartyRequest
    viewer: Actor
    steps: list[StepRow]
    articles: list[tuple[str, str]]
    record_url: str
    is_recorded: bool

    @property
    def offered(self) -> list[str]:
        """The forms that this person may send now."""
        if not has_right(self.viewer, Right.EDIT_INCIDENTS):
            return []
        may_close, _sentence = may_end(self.viewer, self.asked)
        state = RequestState(self.asked.state)
        return [
            what
            for what, to in LEADS_TO.items()
            if (state, to) in REQUEST_TRANSITIONS and (may_close or what not in ENDING)
        ]


def get_request_page(pk: int, *, viewer: Actor) -> RequestPage:
    """The page of request ``pk`` for ``viewer``. Raises NotAllowed, NotFound."""
    asked = open_request(pk, viewer=viewer)
    steps = list(
        asked.steps.select_related("by", "article__outlet", "article__task")
        .defer("article__text")
        .order_by("number")
    )
    home = home_of(asked.incident)
    members = family_of(home)
    claims = home.claims.select_related("article__outlet", "article__task").defer("article__text")
    is_recorded = _is_recorded(asked, members)
    may_record = (
        bool(asked.outcome)
        and not is_recorded
        and home.status in EDITABLE_STATUSES
        and has_right(viewer, Right.EDIT_INCIDENTS)
    )
    return RequestPage(
        asked=asked,
        viewer=viewer,
        steps=[StepRow(step, article_link(step.article)) for step in reversed(steps)],
        articles=cited_articles(claims, members),
        record_url=_record_url(asked, home, steps) if may_record else "",
        is_recorded=is_recorded,
    )


def _is_recorded(asked: PartyRequest, members: list[int]) -> bool:
    """Whether the reply in force stands among the positions; without a reply nothing can."""
    if asked.replied_on is None:
        return False
    return Position.objects.filter(
        incident__in=members,
        party=asked.party_id,
        said_on=asked.replied_on,
        assessment=asked.outcome,
    ).exists()


def _record_url(asked: PartyRequest, home: Incident, steps: list[RequestStep]) -> str:
    """The incident's own form for a statement, filled in from the latest reply."""
    reply = next(step for step in reversed(steps) if step.outcome)
    values = {
        "party_name": asked.party.name,
        "said_on": reply.on.isoformat(),
        "assessment": reply.outcome,
        "refusal_reason": reply.refusal_reason,
        "article": str(reply.article_id or ""),
    }
    query = urlencode({"record": "position"} | {k: v for k, v in values.items() if v})
    return f"{reverse('incident', args=[str(home)])}?{query}#form-position"
