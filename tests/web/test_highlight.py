"""The article's words with the passages of its claims marked."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.web.highlight import Passage, find_figure, highlight

LABEL = "To claim {}"


def _html(text: str, *passages: Passage) -> str:
    return "\n".join(p.html for p in highlight(text, passages, link_label=LABEL))


def test_passage_is_marked_and_leads_to_its_claim() -> None:
    text = "A strike killed 18 people, rescuers said."
    html = _html(text, Passage("A1", 9, 25, figure=(16, 18)))
    assert html == (
        'A strike <span class="t-passage" id="p-a1">killed '
        '<mark class="t-hl t-hl--figure">18</mark> people</span>'
        '<a class="t-ref" href="#c-a1" aria-label="To claim A1">A1</a>, rescuers said.'
    )


def test_selected_passage_and_its_paragraph_say_so() -> None:
    first, second = highlight("one\n\ntwo", [Passage("A1", 5, 8, is_on=True)], link_label=LABEL)
    assert not first.is_on
    assert second.is_on
    assert 'class="t-passage is-on"' in second.html
    assert 'class="t-ref is-on"' in second.html


def test_text_and_figures_from_outside_stay_text() -> None:
    text = 'He said <script>alert("1")</script> & 5 died <img src=x onerror=y>'
    html = _html(text, Passage("A1", 8, 45, figure=(36, 40)), Passage("A2", 16, 20))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert _plain(html) == text


def test_label_can_not_break_out() -> None:
    html = _html("five died", Passage('"><script>', 0, 4))
    assert "<script" not in html


def test_passage_inside_another_is_nested() -> None:
    html = _html("it killed five and hurt two", Passage("A1", 3, 27), Passage("A2", 19, 27))
    assert html == (
        'it <span class="t-passage" id="p-a1">killed five and '
        '<span class="t-passage" id="p-a2">hurt two</span>'
        '<a class="t-ref" href="#c-a2" aria-label="To claim A2">A2</a></span>'
        '<a class="t-ref" href="#c-a1" aria-label="To claim A1">A1</a>'
    )


def test_passages_that_cross_are_cut_and_keep_one_id_and_one_link_each() -> None:
    html = _html("abcdefghij", Passage("A1", 0, 6), Passage("A2", 4, 10))
    assert html.count('id="p-a1"') == html.count('id="p-a2"') == 1
    assert html.count('href="#c-a1"') == html.count('href="#c-a2"') == 1
    assert html.count('<span class="t-passage"') == 3


def test_same_passage_twice_has_both_links() -> None:
    html = _html("five died", Passage("A1", 0, 9), Passage("A2", 0, 9))
    assert html.count("<span") == html.count("</span>") == 2
    assert 'id="p-a1"' in html
    assert 'id="p-a2"' in html


def test_passage_over_two_paragraphs_begins_once_and_ends_once() -> None:
    text = "one two\n\nthree four"
    paragraphs = highlight(text, [Passage("A1", 4, 14)], link_label=LABEL)
    assert [p.html.count("id=") for p in paragraphs] == [1, 0]
    assert [p.html.count("<a ") for p in paragraphs] == [0, 1]


def test_passage_outside_the_text_is_left_out() -> None:
    assert _html("short", Passage("A1", 2, 99), Passage("A2", 3, 3)) == "short"


def test_one_line_per_paragraph_where_no_line_is_blank() -> None:
    assert len(highlight("a\nb\nc", [], link_label=LABEL)) == 3
    assert len(highlight("a\nb\n\nc", [], link_label=LABEL)) == 2


def test_figure_is_found_in_its_passage() -> None:
    assert find_figure("killed At Least Five people", "at least five", 10) == (17, 30)
    assert find_figure("killed five", "", 0) is None
    assert find_figure("killed five", "six", 0) is None


def _plain(html: str) -> str:
    without_links = re.sub(r"<a [^>]*>[^<]*</a>", "", html)
    return unescape(re.sub(r"<[^>]*>", "", without_links))


@st.composite
def _marked_texts(draw: st.DrawFn) -> tuple[str, list[Passage]]:
    text = draw(st.text(alphabet="ab<>&\"' \n", min_size=1, max_size=40))
    count = draw(st.integers(0, 6))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    passages = []
    for number in range(count):
        start, end = sorted(draw(spans))
        passages.append(Passage(f"A{number}", start, end, figure=draw(st.none() | spans)))
    return text, passages


@given(_marked_texts())
@settings(max_examples=150, deadline=None)
def test_no_word_is_lost_or_doubled_and_every_tag_closes(case: tuple[str, list[Passage]]) -> None:
    text, passages = case
    html = "\n".join(p.html for p in highlight(text, passages, link_label=LABEL))
    assert _plain(html).split() == text.split()
    assert html.count("<span") == html.count("</span>")
    assert html.count("<mark") == html.count("</mark>")
    ids = re.findall(r'id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    for passage in passages:
        if text[passage.start : passage.end].strip():
            fragment = passage.label.lower()
            assert f"p-{fragment}" in ids
            assert html.count(f'href="#c-{fragment}"') == 1


def test_furniture_is_set_apart_and_said() -> None:
    text = "It killed five.\n\nFollow us. All rights reserved."
    paragraphs = highlight(
        text,
        [Passage("A1", 3, 14)],
        link_label=LABEL,
        furniture=[(17, len(text))],
        furniture_label="Furniture of the page:",
    )

    assert "t-furniture" not in paragraphs[0].html
    assert paragraphs[1].html == (
        '<span class="t-furniture"><span class="visually-hidden">Furniture of the page: </span>'
        "Follow us. All rights reserved.</span>"
    )
