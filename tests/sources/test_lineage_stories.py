"""Stories out of links and out of texts, without a database."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.invented_pages import report
from tracker.sources.rules.lineage import TextToRelate
from tracker.sources.rules.lineage_credits import agency_credit
from tracker.sources.rules.lineage_furniture import recurring
from tracker.sources.rules.lineage_links import Descent, Link, descents, needed
from tracker.sources.rules.lineage_stories import (
    MOST_CANDIDATES,
    Joint,
    group_texts,
    partition,
    worth_comparing,
)

if TYPE_CHECKING:
    from pathlib import Path

FRIDAY = date(2026, 11, 13)
NOON = datetime(2026, 11, 13, 12, tzinfo=UTC)


def _precedence(*members: int) -> dict[int, tuple[date, datetime, int]]:
    return {member: (FRIDAY + timedelta(days=member), NOON, member) for member in members}


def _joint(one: int, other: int, strength: float = 1.0) -> Joint[int]:
    return Joint(one, other, (strength,))


def _link(article: int, other: int, kind: str = "EDITED_COPY", share: float = 0.9) -> Link:
    return Link(article, other, kind, share, share)


def test_links_make_groups() -> None:
    groups = partition(range(5), [_joint(0, 1), _joint(3, 1)])

    assert sorted(map(sorted, groups)) == [[0, 1, 3], [2], [4]]


def test_parted_texts_never_meet_and_the_weakest_link_gives_way() -> None:
    links = [_joint(0, 1, 0.9), _joint(1, 2, 0.6)]

    assert sorted(map(sorted, partition(range(3), links, [(0, 2)]))) == [[0, 1], [2]]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)), max_size=25),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8),
)
def test_partition_keeps_everybody_once_and_the_parted_apart(
    links: list[tuple[int, int, float]], parted: list[tuple[int, int]]
) -> None:
    parted = [(one, other) for one, other in parted if one != other]
    groups = partition(range(10), [_joint(*link) for link in links], parted)

    assert sorted(member for group in groups for member in group) == list(range(10))
    assert not any(one in group and other in group for group in groups for one, other in parted)


def test_most_shared_keys_are_looked_at_first_and_not_too_many() -> None:
    shared = {n: (1, n) for n in range(2 * MOST_CANDIDATES)}

    chosen = worth_comparing(shared)

    assert chosen[0] == 2 * MOST_CANDIDATES - 1
    assert len(chosen) == MOST_CANDIDATES
    assert worth_comparing({1: (0, 1), 2: (0, 2), 3: (1, 0), 4: (0, 0)}) == [2, 3]


def test_hundred_copies_need_few_links() -> None:
    members = range(30)
    found = [_link(one, other) for one in members for other in range(one)]

    kept = needed(found, {m: m for m in members}, _precedence(*members))

    assert {(link.article, link.other) for link in kept} >= {(m, 0) for m in range(1, 30)}
    assert len(kept) < 3 * len(members)


def test_links_that_join_are_kept_also_where_they_are_nobodys_best() -> None:
    found = [_link(1, 0), _link(3, 2), _link(2, 1, share=0.5)]

    assert len(needed(found, {m: m for m in range(4)}, _precedence(*range(4)))) == 3


def test_everything_descends_from_the_earliest_it_is_linked_with() -> None:
    links = [_link(1, 0), _link(2, 0, "UPDATED_COPY"), _link(3, 2), _link(4, 2, "VERBATIM_COPY")]

    found = descents(range(5), links, _precedence(*range(5)))

    assert found == {
        0: None,
        1: Descent(0, "EDITED_COPY", 0.9),
        2: Descent(0, "UPDATED_COPY", 0.9),
        3: Descent(2, "EDITED_COPY", 0.9),
        4: Descent(2, "VERBATIM_COPY", 1.0),
    }


def test_text_linked_with_a_later_one_only() -> None:
    links = [_link(2, 1, "EXCERPT"), _link(2, 0)]

    found = descents(range(3), links, _precedence(*range(3)))

    assert found[1] == Descent(2, "EDITED_COPY", 0.9)


def test_what_recurs_from_day_to_day_is_furniture() -> None:
    days = [FRIDAY + timedelta(days=n) for n in range(5)]

    assert recurring((1, "Coast Herald", day) for day in days[:3]) == {1}
    assert recurring((1, "Coast Herald", day) for day in days[:2]) == frozenset()
    assert recurring((1, f"outlet {n}", day) for n, day in enumerate(days)) == {1}
    assert recurring((1, f"outlet {n}", FRIDAY) for n in range(9)) == frozenset()
    assert recurring((1, "", None) for _ in range(9)) == frozenset()


@pytest.mark.parametrize(
    ("text", "dateline", "named"),
    [
        ("ARDESH (Meridian Wire) - Shells fell on the harbour.", "", "Meridian Wire"),
        ("ARDESH, 3 May (Reuters) – Shells fell on the harbour.", "", "Reuters"),
        ("Shells fell on the harbour.", "SELLA (AFP) —", "AFP"),
        ("Shells fell on the harbour.\n\n(Associated Press)", "", "AP"),
        ("Shells fell on the harbour.\nSource: TASS", "", "TASS"),
        ("Shells fell on the harbour, according to AFP. Nobody was hurt.", "", "AFP"),
        ("Shells fell, the Anadolu news agency reported on Friday.", "", "Anadolu Agency"),
        ("SANA reported shells on the harbour.", "", "SANA"),
        ("SELLA (2 May) - The map of the harbour; they tap the line.", "", ""),
        ("(VIDEO) - Shells fell on the harbour.", "", ""),
        ("Shells fell on the harbour.", "", ""),
    ],
)
def test_credits(text: str, dateline: str, named: str) -> None:
    assert agency_credit(text, dateline) == named


def _texts() -> list[TextToRelate]:
    sentences = re.split(r"(?<=[.])\s+", report(1, sentences=20).text)
    closing = " ".join(re.split(r"(?<=[.])\s+", report(9).text)[:4])
    wire = " ".join(sentences)
    return [
        TextToRelate("wire", wire, outlet="Meridian Wire", published=FRIDAY),
        TextToRelate("cut", " ".join(sentences[:9]), outlet="Delta Post", published=FRIDAY),
        TextToRelate("end", " ".join(sentences[11:]), outlet="Hill Times", published=FRIDAY),
        *(
            TextToRelate(
                f"own {n}",
                f"{' '.join(report(n).text.split()[:60])}. {closing}",
                outlet="Coast Herald",
                published=FRIDAY + timedelta(days=n),
            )
            for n in range(2, 6)
        ),
    ]


def test_stories_of_texts() -> None:
    named = dict(zip([t.name for t in _texts()], group_texts(_texts()), strict=True))

    assert named["wire"] == named["cut"] == named["end"]
    assert len(set(named.values())) == 5  # the closing paragraph joins nothing


def test_stories_do_not_hang_on_the_order() -> None:
    texts = _texts()[:4]
    for order in permutations(range(4)):
        names = group_texts([texts[i] for i in order])
        by_text = dict(zip(order, names, strict=True))
        assert by_text[0] == by_text[1] == by_text[2] != by_text[3]


def test_no_texts_no_stories() -> None:
    assert group_texts([]) == []


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_copies_of_the_evaluation_kit_are_found(shared: Path) -> None:
    articles = _lines(shared / "gold" / "articles.dev.jsonl")
    names = group_texts(
        [
            TextToRelate(
                a["id"],
                a["text"],
                title=a["title"],
                outlet=a["source"],
                published=date.fromisoformat(a["published"]),
                credit=agency_credit(a["text"]),
            )
            for a in articles
        ]
    )
    story = dict(zip([a["id"] for a in articles], names, strict=True))
    pairs = _lines(shared / "gold" / "pairs.dev.jsonl")
    said = [(pair["copy"], story[pair["a"]] == story[pair["b"]]) for pair in pairs]
    hits = said.count((True, True))

    assert 2 * hits / (2 * hits + said.count((True, False)) + said.count((False, True))) >= 0.96
