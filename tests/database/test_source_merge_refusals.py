"""What sources and their merges may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tests.factories import ArticleFactory, ClaimFactory, PersonFactory, SourceFactory
from tests.factories.feeds import FeedFactory
from tests.incidents.one_speaker import as_one, as_two, heard, two_spellings
from tracker.core.actor import Role
from tracker.sources.models import CredibilityNote, Source, SourceMerge, SourceMergeUndo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _refuses(why: str, source: Source, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(**values)


def _record(source: Source, target: Source, by: Person, **more: Any) -> SourceMerge:
    values = {"pre_image": {}, "at": NOW, "reason": "One."} | more
    return SourceMerge.objects.create(source=source, target=target, by=by, **values)


@pytest.fixture
def pair() -> tuple[Source, Source]:
    return two_spellings()


@pytest.fixture
def done(pair: tuple[Source, Source], coordinator: Person) -> SourceMerge:
    """The first merged into the second."""
    return as_one(*pair, coordinator)


def test_no_merge_without_its_record(pair: tuple[Source, Source], coordinator: Person) -> None:
    source, target = pair
    _refuses("with a record of it", source, merged_into=target)
    _record(target, source, coordinator)
    _refuses("with a record of it", source, merged_into=target)
    with pytest.raises(DatabaseError, match="with a record of it"), transaction.atomic():
        SourceFactory(merged_into=target)


def test_no_merge_by_an_undone_record(
    done: SourceMerge, pair: tuple[Source, Source], coordinator: Person
) -> None:
    as_two(done, coordinator)
    _refuses("with a record of it", pair[0], merged_into=pair[1])


def test_what_is_merged_away_says_nothing(
    pair: tuple[Source, Source], coordinator: Person, researcher: Person
) -> None:
    source, target = pair
    heard(researcher, source)
    _record(source, target, coordinator)
    _refuses("says nothing", source, merged_into=target)


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_nobody_but_a_coordinator_merges_or_parts(
    role: Role, pair: tuple[Source, Source], coordinator: Person
) -> None:
    nobody = PersonFactory(role=role.value)
    with pytest.raises(DatabaseError, match="a coordinator merges"), transaction.atomic():
        _record(*pair, nobody)
    done = as_one(*pair, coordinator)
    with pytest.raises(DatabaseError, match="a coordinator merges"), transaction.atomic():
        SourceMergeUndo.objects.create(merge=done, by=nobody, at=NOW, reason="Two.")


def test_a_machine_is_nobody(pair: tuple[Source, Source]) -> None:
    with (
        pytest.raises(DatabaseError, match=r"a coordinator merges|null value"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO sources_sourcemerge (source_id, target_id, pre_image, by_id, at, reason) "
            "VALUES (%s, %s, '{}', NULL, now(), 'Alike.')",
            [pair[0].pk, pair[1].pk],
        )


def test_a_record_is_of_two_that_stand_and_has_a_reason(
    done: SourceMerge, pair: tuple[Source, Source], coordinator: Person
) -> None:
    source, target = pair
    third = SourceFactory()
    for one, other, why in (
        (target, target, "source_merge_of_two_sources"),
        (source, third, "both sources have to stand"),
        (third, source, "both sources have to stand"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            _record(one, other, coordinator)
    with pytest.raises(DatabaseError, match="source_merge_has_reason"), transaction.atomic():
        _record(target, third, coordinator, reason="")


def test_what_is_merged_away_is_still_and_never_deleted(
    done: SourceMerge, pair: tuple[Source, Source]
) -> None:
    source = pair[0]
    for values in ({"name": "Other"}, {"kind": "OTHER"}, {"merged_into": SourceFactory()}):
        _refuses("nothing of it changes", source, **values)
    _refuses("by undoing its merge", source, merged_into=None)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Source.objects.filter(pk=SourceFactory().pk)._raw_delete("default")


def _naming(source: Source, by: Person) -> Iterator[Any]:
    yield lambda: CredibilityNote.objects.create(source=source, text="x", author=by, made_at=NOW)
    yield lambda: ClaimFactory(speaker=source)
    yield lambda: ArticleFactory(outlet=source)
    yield lambda: FeedFactory(source=source)


def test_nothing_new_names_it(
    done: SourceMerge, pair: tuple[Source, Source], researcher: Person
) -> None:
    for name in _naming(pair[0], researcher):
        with (
            pytest.raises(DatabaseError, match="was merged into another one"),
            transaction.atomic(),
        ):
            name()


def test_only_a_merge_that_holds_is_undone_and_once(
    done: SourceMerge, pair: tuple[Source, Source], coordinator: Person
) -> None:
    undo = {"by": coordinator, "at": NOW, "reason": "Two."}
    outer = as_one(pair[1], SourceFactory(), coordinator)
    with pytest.raises(DatabaseError, match="only a merge that holds"), transaction.atomic():
        SourceMergeUndo.objects.create(merge=done, **undo)
    with pytest.raises(DatabaseError, match="source_undo_has_reason"), transaction.atomic():
        SourceMergeUndo.objects.create(merge=outer, **undo | {"reason": ""})
    as_two(outer, coordinator)
    with (
        pytest.raises(DatabaseError, match=r"only a merge that holds|merge_id"),
        transaction.atomic(),
    ):
        SourceMergeUndo.objects.create(merge=outer, **undo)


@pytest.mark.parametrize("table", ["sources_sourcemerge", "sources_sourcemergeundo"])
def test_records_stand(table: str, done: SourceMerge, coordinator: Person) -> None:
    as_two(done, coordinator)
    for statement in (f"UPDATE \"{table}\" SET reason = 'x'", f'DELETE FROM "{table}"'):  # noqa: S608  # two names above
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
