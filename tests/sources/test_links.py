"""What people say of links, and what stories make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.invented_pages import report
from tests.conftest import NOW
from tests.sources.related import EDITED, ORIGIN, OTHER, parsed, relate
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.sources.choices import ArticleState, LineageKind, LinkState
from tracker.sources.models import Article, LineageLink, Story, TextSignature
from tracker.sources.services.links import decide_link, make_link
from tracker.sources.services.relate_stories import regroup

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _refuse(link: LineageLink, by: Person) -> LineageLink:
    return decide_link(
        link_id=link.pk,
        decision=LinkState.REFUSED,
        actor=by.as_actor(),
        now=NOW,
        reason="Both quote the same press release.",
    )


def _confirm(link: LineageLink, by: Person) -> LineageLink:
    return decide_link(link_id=link.pk, decision=LinkState.CONFIRMED, actor=by.as_actor(), now=NOW)


def _again(*articles: Article) -> None:
    for article in articles:
        article.refresh_from_db()


def test_link_says_why_and_who_confirmed_it(researcher: Person) -> None:
    first, second = parsed(ORIGIN, 1), parsed(EDITED, 2)
    relate(first, second)
    link = LineageLink.objects.get()

    assert (link.article, link.other, link.state) == (second, first, LinkState.PROPOSED)
    assert [reason["code"] for reason in link.reasons] == ["SHARE", "COPY", "DAYS"]
    _confirm(link, researcher)
    link.refresh_from_db()
    assert (link.state, link.decided_by, link.decided_at) == (LinkState.CONFIRMED, researcher, NOW)
    line = AuditEvent.objects.get(action="lineage.confirm")
    assert line.changes == {"article": second.pk, "other": first.pk, "kind": "EDITED_COPY"}
    with pytest.raises(InvalidInput, match="confirmed already"):
        _confirm(link, researcher)


def test_refused_link_parts_the_stories_for_good(researcher: Person) -> None:
    first, second = parsed(ORIGIN, 1), parsed(EDITED, 2)
    relate(first, second)

    _refuse(LineageLink.objects.get(), researcher)
    _again(first, second)

    assert first.story_id != second.story_id
    assert (second.lineage_kind, second.origin, second.overlap) == (
        LineageKind.ORIGINAL,
        None,
        None,
    )
    third = parsed(ORIGIN, 3)
    relate(third)
    _again(first, second)
    assert third.story_id == first.story_id
    assert second.story_id != first.story_id
    assert AuditEvent.objects.get(action="lineage.refuse").reason_digest


def test_refused_link_does_not_return_when_the_article_is_related_anew(
    researcher: Person,
) -> None:
    first, second = parsed(ORIGIN, 1), parsed(EDITED, 2)
    relate(first, second)
    _refuse(LineageLink.objects.get(), researcher)
    second.refresh_from_db()
    row = Article.objects.filter(pk=second.pk)
    row.update(state=ArticleState.FAILED, failed_in="RELATED", failure_reason="Its worker died.")
    row.update(state=ArticleState.PARSED, failed_in="", failure_reason="")

    relate(second)
    first.refresh_from_db()

    assert second.story_id != first.story_id
    assert second.lineage_kind == LineageKind.ORIGINAL
    assert LineageLink.objects.get().state == LinkState.REFUSED


def test_what_a_person_thinks_again_about(researcher: Person) -> None:
    first, second = parsed(ORIGIN, 1), parsed(EDITED, 2)
    relate(first, second)
    link = _refuse(LineageLink.objects.get(), researcher)

    _confirm(link, researcher)
    _again(first, second)

    assert second.story_id == first.story_id
    assert (second.origin, second.lineage_kind) == (first, LineageKind.EDITED_COPY)
    assert Story.objects.count() == 1


def test_refused_overlap_is_no_longer_said(researcher: Person) -> None:
    first, partly = parsed(ORIGIN, 1), parsed(f"{ORIGIN[: len(ORIGIN) * 4 // 10]} {OTHER}", 2)
    relate(first, partly)
    assert (partly.lineage_kind, partly.origin) == (LineageKind.PARTIAL_OVERLAP, first)

    _refuse(LineageLink.objects.get(), researcher)
    partly.refresh_from_db()

    assert (partly.lineage_kind, partly.origin) == (LineageKind.ORIGINAL, None)


def test_verbatim_copy_that_was_parted_is_read_and_found_on_its_own(researcher: Person) -> None:
    first, second = parsed(ORIGIN, 1), parsed(ORIGIN, 2)
    relate(first, second)
    Article.objects.filter(pk=second.pk).update(state=ArticleState.EXTRACTED)
    assert not TextSignature.objects.filter(article=second).exists()

    _refuse(LineageLink.objects.get(), researcher)
    second.refresh_from_db()

    assert second.state == ArticleState.RELATED
    assert TextSignature.objects.filter(article=second).exists()


def test_members_of_the_parted_side_stay_with_it(researcher: Person) -> None:
    texts = [ORIGIN, EDITED, f"{EDITED} {report(5, sentences=3).text}"]
    first, second, third = (parsed(text, day) for day, text in enumerate(texts, start=1))
    relate(first, second, third)
    _confirm(_between(third, second), researcher)

    _refuse(_between(second, first), researcher)
    _again(first, second, third)

    assert second.story_id == third.story_id != first.story_id
    assert (third.origin, second.origin) == (second, None)


def _between(article: Article, other: Article) -> LineageLink:
    return LineageLink.objects.get(article=article, other=other)


def test_translation_is_linked_by_a_person(researcher: Person) -> None:
    first, second = parsed(ORIGIN, 1), parsed(OTHER, 2)
    relate(first, second)

    link = make_link(
        article_id=second.pk,
        other_id=first.pk,
        kind=LineageKind.TRANSLATION,
        actor=researcher.as_actor(),
        now=NOW,
        reason="Arabic version of the same report.",
    )
    _again(first, second)

    assert (link.overlap, link.made_by, link.state) == (None, researcher, LinkState.CONFIRMED)
    assert second.story_id == first.story_id
    assert (second.origin, second.lineage_kind, second.overlap) == (
        first,
        LineageKind.TRANSLATION,
        None,
    )
    assert AuditEvent.objects.filter(action="lineage.link").count() == 1


def test_link_of_a_person_is_measured_where_it_can_be(researcher: Person) -> None:
    first, second = parsed(ORIGIN, 1), parsed(OTHER, 2)
    relate(first, second)

    link = make_link(
        article_id=second.pk,
        other_id=first.pk,
        kind=LineageKind.EDITED_COPY,
        actor=researcher.as_actor(),
        now=NOW,
        reason="The editor said so on the telephone.",
    )

    assert link.overlap is not None


def test_links_that_cannot_be(researcher: Person, viewer: Person) -> None:
    first, second = parsed(ORIGIN, 1), parsed(EDITED, 2)
    relate(first, second)
    late = parsed(OTHER, 3)
    link = LineageLink.objects.get()

    def make(
        article: int, other: int, kind: str = "TRANSLATION", reason: str = "So it is."
    ) -> None:
        make_link(
            article_id=article,
            other_id=other,
            kind=kind,
            actor=researcher.as_actor(),
            now=NOW,
            reason=reason,
        )

    with pytest.raises(InvalidInput, match="linked already"):
        make(first.pk, second.pk)
    with pytest.raises(InvalidInput, match="with itself"):
        make(first.pk, first.pk)
    with pytest.raises(InvalidInput, match="not compared yet"):
        make(late.pk, first.pk)
    with pytest.raises(InvalidInput, match="no kind"):
        make(first.pk, second.pk, kind="ORIGINAL")
    with pytest.raises(InvalidInput, match="why"):
        make(late.pk, first.pk, reason=" ")
    with pytest.raises(NotFound):
        make(first.pk, 10**9)
    with pytest.raises(NotFound):
        decide_link(
            link_id=10**9, decision=LinkState.CONFIRMED, actor=researcher.as_actor(), now=NOW
        )
    with pytest.raises(InvalidInput, match="confirmed or refused"):
        decide_link(
            link_id=link.pk, decision=LinkState.PROPOSED, actor=researcher.as_actor(), now=NOW
        )
    with pytest.raises(InvalidInput, match="why"):
        decide_link(
            link_id=link.pk, decision=LinkState.REFUSED, actor=researcher.as_actor(), now=NOW
        )
    with pytest.raises(NotAllowed):
        _confirm(link, viewer)


def test_regrouping_changes_nothing_by_itself() -> None:
    articles = [parsed(ORIGIN, 1), parsed(ORIGIN, 2), parsed(EDITED, 3), parsed(OTHER, 4)]
    relate(*articles)
    before = {a.pk: (a.story_id, a.origin_id, a.lineage_kind, a.overlap) for a in articles}

    regroup(story_ids=[a.story_id for a in articles if a.story_id], now=NOW)
    _again(*articles)

    assert before == {a.pk: (a.story_id, a.origin_id, a.lineage_kind, a.overlap) for a in articles}
