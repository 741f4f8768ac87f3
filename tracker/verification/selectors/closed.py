"""What is closed to somebody while they code an article blind, beyond what they code.

Whatever shows how the article was coded: its task, finished copies of the text, running totals
taken from it, and every incident that rests on it, with its pages. Lists leave such rows out; a
page or a write that is asked for by name is refused with one sentence. Nobody else notices
anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from tracker.core.errors import NotAllowed
from tracker.core.families import home_of, members_of
from tracker.incidents.models import Claim, Incident, Position, StrikeEvidence
from tracker.incidents.selectors.aggregates import get_total
from tracker.incidents.selectors.incidents import get_incident
from tracker.incidents.selectors.requests import get_request
from tracker.incidents.selectors.restructuring import get_restructuring
from tracker.verification.choices import CLOSED_STATES
from tracker.verification.models import ReviewTask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.core.actor import Actor
    from tracker.incidents.models import PartyRequest, Restructuring
    from tracker.incidents.selectors.aggregates import Total

#: The tasks that ``person`` codes blind, and may neither take nor be given. The one statement by
#: which people take the next task holds it too, so it reads one small table and no other.
CODED_BLIND = """
    SELECT task_id FROM verification_secondcoding
    WHERE coder_id = %(person)s AND state = 'TAKEN'
"""


class CodesBlind(NotAllowed):
    """Not closed to the role but to this person, until the second coding is out of their hands."""

    def __init__(self) -> None:
        super().__init__(
            "You code an article a second time, without knowing the first coding, and this shows "
            "something of it. It opens to you when you have finished."
        )


@dataclass(frozen=True, slots=True)
class Closed:
    """By id what is closed to one person; nothing of it for who codes nothing blind.

    ``articles``: those they code blind, and others of the same stories that somebody else has
    finished, for they carry the same words. ``tasks`` are those of the articles, ``incidents``
    those that rest on them.
    """

    articles: frozenset[int] = frozenset()
    tasks: frozenset[int] = frozenset()
    incidents: frozenset[int] = frozenset()


NOTHING = Closed()


def blind_task_ids(viewer: Actor) -> list[int]:
    """Tasks that the viewer is coding blind."""
    with connection.cursor() as cursor:
        cursor.execute(CODED_BLIND, {"person": viewer.id})
        return [task_id for (task_id,) in cursor.fetchall()]


def closed_to(viewer: Actor) -> Closed:
    """What the viewer must not see now. One query for who codes nothing blind."""
    coded = ReviewTask.objects.filter(pk__in=blind_task_ids(viewer))
    own = dict(coded.values_list("article", "article__story"))
    if not own:
        return NOTHING
    stories = [story for story in own.values() if story is not None]
    finished = ReviewTask.objects.filter(article__story__in=stories, state__in=CLOSED_STATES)
    others = finished.exclude(decided_by=viewer.id).values_list("article", flat=True)
    articles = frozenset({*own, *others})
    tasks = ReviewTask.objects.filter(article__in=articles).values_list("pk", flat=True)
    return Closed(articles, frozenset(tasks), _resting_on(articles))


def _resting_on(articles: frozenset[int]) -> frozenset[int]:
    """Incidents with a claim, a statement or evidence from these articles, with all they were
    merged with."""
    resting: set[int] = set()
    for model in (Claim, Position, StrikeEvidence):
        rows = model._default_manager.filter(article__in=articles)  # noqa: SLF001  # Django's documented API
        resting.update(
            rows.filter(incident__isnull=False).values_list("incident", flat=True).distinct()
        )
    found = Incident.objects.filter(pk__in=resting).select_related("merged_into")
    homes = {home_of(incident).pk for incident in found}
    return frozenset(member for member, _home in members_of(Incident, homes, with_merged=True))


def refuse_blind(*, task_id: int, viewer: Actor) -> None:
    """Raise CodesBlind where the task shows the viewer how what they code blind was coded."""
    if task_id in closed_to(viewer).tasks:
        raise CodesBlind


def refuse_closed(incident_ids: Iterable[int], *, viewer: Actor) -> None:
    """Raise CodesBlind where one of these rests on an article that the viewer codes blind."""
    if not closed_to(viewer).incidents.isdisjoint(incident_ids):
        raise CodesBlind


def open_incident(name: str, *, viewer: Actor) -> Incident:
    """The incident under its code or handle, for who may see it now. Raises NotFound, CodesBlind.

    Every page about one incident begins here.
    """
    incident = get_incident(name)
    refuse_closed([incident.pk], viewer=viewer)
    return incident


def open_restructuring(restructuring_id: int, *, viewer: Actor) -> Restructuring:
    """A merge or split of incidents that the viewer may see now. Raises NotFound, CodesBlind."""
    found = get_restructuring(restructuring_id)
    refuse_closed([found.source_id, found.target_id], viewer=viewer)
    return found


def open_request(pk: int, *, viewer: Actor) -> PartyRequest:
    """A request about an incident that the viewer may see now.

    Raises NotAllowed, NotFound, CodesBlind.
    """
    asked = get_request(pk, viewer=viewer)
    refuse_closed([asked.incident_id], viewer=viewer)
    return asked


def open_total(claim_id: int, *, viewer: Actor) -> Total:
    """A running total, neither of such an article nor with such an incident inside.

    Raises NotFound, CodesBlind.
    """
    total = get_total(claim_id)
    closed = closed_to(viewer)
    inside = {one.link.incident_id for one in total.contained}
    if total.claim.article_id in closed.articles or closed.incidents & inside:
        raise CodesBlind
    return total
