"""What a link between texts may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from tests.conftest import NOW
from tests.factories import ArticleFactory
from tracker.sources.choices import LineageKind, LinkState
from tracker.sources.models import Article, LineageLink

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _link(**values: Any) -> LineageLink:
    return LineageLink.objects.create(
        **{
            "article": ArticleFactory.create(),
            "other": ArticleFactory.create(),
            "kind": LineageKind.EDITED_COPY,
            "overlap": 0.9,
            "share": 0.9,
            "made_at": NOW,
            **values,
        }
    )


def _decided(person: Person, state: LinkState, reason: str = "As it is.") -> dict[str, Any]:
    return {
        "state": state,
        "decided_by": person,
        "decided_at": NOW,
        "decision_reason": reason,
    }


def _refuses(link: LineageLink, why: str, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        LineageLink.objects.filter(pk=link.pk).update(**values)


def test_one_link_a_pair_whichever_descends() -> None:
    link = _link()

    with pytest.raises(DatabaseError, match="link_pair_unique"), transaction.atomic():
        _link(article=link.other, other=link.article)


def test_no_article_is_linked_with_itself() -> None:
    article = ArticleFactory.create()

    with pytest.raises(DatabaseError, match="link_of_two_articles"), transaction.atomic():
        _link(article=article, other=article)


@pytest.mark.parametrize("kind", ["ORIGINAL", "COUSIN", ""])
def test_kinds_of_links(kind: str) -> None:
    _refuses(_link(), "link_kind_valid", kind=kind)


def test_decision_has_a_person_and_a_proposal_none(researcher: Person) -> None:
    link = _link()

    _refuses(link, "link_decided_by_a_person", state=LinkState.CONFIRMED)
    _refuses(link, "link_decided_by_a_person", decided_by=researcher, decided_at=NOW)
    _refuses(link, "link_state_valid|Invalid transition", state="FORGOTTEN")


def test_refusal_and_link_by_hand_have_a_reason(researcher: Person) -> None:
    _refuses(
        _link(),
        "link_refused_or_made_with_reason",
        **_decided(researcher, LinkState.REFUSED, reason=""),
    )
    with (
        pytest.raises(DatabaseError, match="link_refused_or_made_with_reason"),
        transaction.atomic(),
    ):
        _link(made_by=researcher, **_decided(researcher, LinkState.CONFIRMED, reason=""))


def test_link_of_the_machine_is_measured() -> None:
    _refuses(_link(), "link_of_a_machine_measured", overlap=None)


@pytest.mark.parametrize("state", [LinkState.CONFIRMED, LinkState.REFUSED])
def test_decision_stays(researcher: Person, state: LinkState) -> None:
    link = _link(**_decided(researcher, state))

    _refuses(
        link,
        "Invalid transition",
        state=LinkState.PROPOSED,
        decided_by=None,
        decided_at=None,
        decision_reason="",
    )
    _refuses(link, "keeps what was decided", kind=LineageKind.EXCERPT)
    _refuses(link, "keeps what was decided", overlap=0.1)
    _refuses(link, "keeps what was decided", reasons=["x"])
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        LineageLink.objects.filter(pk=link.pk).delete()


def test_pair_never_changes() -> None:
    _refuses(_link(), "link_pair_fixed|[Rr]ead", other=ArticleFactory.create())


def test_refused_link_never_returns_as_an_origin(researcher: Person) -> None:
    link = _link(**_decided(researcher, LinkState.REFUSED))

    for one, other in ((link.article, link.other), (link.other, link.article)):
        with (
            pytest.raises(DatabaseError, match="never returns as an origin"),
            transaction.atomic(),
        ):
            Article.objects.filter(pk=one.pk).update(
                origin=other, overlap=0.9, lineage_kind=LineageKind.EDITED_COPY
            )


def test_origin_is_measured_but_for_a_translation() -> None:
    article, other = ArticleFactory.create(), ArticleFactory.create()
    row = Article.objects.filter(pk=article.pk)

    with (
        pytest.raises(DatabaseError, match="article_origin_has_overlap"),
        transaction.atomic(),
    ):
        row.update(origin=other, lineage_kind=LineageKind.EDITED_COPY)
    row.update(origin=other, lineage_kind=LineageKind.TRANSLATION)
