"""Copies by what share of a report's own sentences comes from another."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.invented_pages import report
from tracker.sources.rules.lineage import (
    LineageVerdict,
    TextToRelate,
    compare,
    containment,
)
from tracker.sources.rules.lineage_credits import agency_credit
from tracker.sources.rules.lineage_reasons import ReasonCode
from tracker.sources.rules.lineage_text import prepare, words_of
from tracker.sources.rules.signature import sentence_keys, sign

TEXT = (
    "An air strike that hit two houses beside a bakery killed 8 civilians, the rescue service "
    "said on Friday. Neighbours said the bakery had opened early because of a power cut."
)
STATEMENT = (
    "“Our crews worked through the night under the light of their own lamps, and whoever says "
    "that we came late was not there,” the head of the service said in a statement to the press. "
    "“We counted every room of the house twice and shall count them again tomorrow when the dust "
    "has settled on the stairs of the eastern wing,” he said. "
)
FRIDAY, SATURDAY, LATER = date(2026, 11, 13), date(2026, 11, 14), date(2026, 11, 27)


def _sentences(number: int, count: int = 20) -> list[str]:
    return re.split(r"(?<=[.])\s+", report(number, sentences=count).text)


def _text(text: str, outlet: str = "", day: date | None = None, title: str = "") -> TextToRelate:
    return TextToRelate(name="", text=text, outlet=outlet, published=day, title=title)


def _compare(earlier: str, later: str) -> LineageVerdict:
    return compare(_text(earlier, "Coast Herald", FRIDAY), _text(later, "Delta Post", SATURDAY))


def test_the_same_words_are_a_verbatim_copy_whatever_the_case() -> None:
    verdict = _compare(TEXT, TEXT.upper().replace(",", ""))

    assert (verdict.kind, verdict.overlap, verdict.share) == ("VERBATIM_COPY", 1.0, 1.0)


def test_a_cut_copy_is_an_excerpt() -> None:
    sentences = _sentences(1)

    assert _compare(" ".join(sentences), " ".join(sentences[:8])).kind == "EXCERPT"
    assert _compare(" ".join(sentences[:8]), " ".join(sentences)).kind == "EDITED_COPY"


@pytest.mark.parametrize(("before", "after"), [("8", "18"), ("Friday", "Thursday"), ("8", "nine")])
def test_a_copy_with_another_figure_or_day_is_updated(before: str, after: str) -> None:
    verdict = _compare(TEXT, TEXT.replace(before, after))

    assert verdict.kind == "UPDATED_COPY"
    assert ReasonCode.FIGURES in {reason.code for reason in verdict.reasons}


def test_a_figure_that_became_its_neighbour_is_another_figure() -> None:
    told = "Shells killed 5 people and wounded 8 others in the harbour of Sella on Tuesday."

    assert _compare(told, told.replace("5", "8")).kind == "UPDATED_COPY"
    assert _compare(told, told.replace("8", "twenty-eight")).kind == "UPDATED_COPY"


def test_the_same_text_under_a_title_with_another_toll_is_updated() -> None:
    earlier = _text(TEXT, title="Strike on a bakery in Ardesh kills 8 civilians")
    later = _text(TEXT, title="Strike on a bakery in Ardesh kills 11 civilians")

    assert compare(earlier, later).kind == "UPDATED_COPY"
    assert compare(earlier, earlier).kind == "VERBATIM_COPY"


def test_a_toll_told_in_words_is_the_same_figure() -> None:
    assert _compare(TEXT, TEXT.replace("8 civilians", "eight civilians")).kind == "EDITED_COPY"


def test_what_a_cut_leaves_out_or_an_editor_adds_is_no_other_figure() -> None:
    longer = TEXT + " Four others were taken to Tavir, where 30 beds are free."

    assert _compare(longer, TEXT).kind == "EDITED_COPY"
    assert _compare(TEXT, longer).kind == "EDITED_COPY"


def test_other_reports_of_the_same_event_are_no_copies() -> None:
    other = "Four people died when a drone struck a minibus on the road to Tavir, hospitals say."

    assert _compare(TEXT, other).kind == "UNRELATED"


def test_a_shared_third_is_said_but_makes_no_copy() -> None:
    verdict = _compare(" ".join(_sentences(1)), " ".join([*_sentences(1)[:8], *_sentences(2)[:13]]))

    assert verdict.kind == "PARTIAL_OVERLAP"
    assert verdict.share < 0.45


def test_a_few_shared_quotations_make_no_copy() -> None:
    one = STATEMENT + " ".join(_sentences(1)[:3])
    other = STATEMENT + " ".join(_sentences(2)[:3])

    assert _compare(one, other).kind == "PARTIAL_OVERLAP"
    assert _compare(STATEMENT, STATEMENT + TEXT).kind == "EDITED_COPY"


def test_furniture_is_not_the_reports_own() -> None:
    closing = " ".join(_sentences(9)[:6])
    one = " ".join([*_sentences(1)[:4], closing])
    other = " ".join([*_sentences(2)[:4], closing])
    furniture = frozenset(sentence_keys(prepare(closing)))

    assert _compare(one, other).kind == "EDITED_COPY"
    assert compare(_text(one), _text(other), furniture=furniture).kind != "EDITED_COPY"
    # A text that is nothing but furniture is still the same text.
    assert compare(_text(closing), _text(closing + " Ends."), furniture=furniture).share > 0.9


def test_within_an_outlet_and_over_days_only_whole_sentences_count() -> None:
    words = " ".join(_sentences(1)).split()
    edited = " ".join("other" if n % 6 == 5 else word for n, word in enumerate(words))
    text = _text(" ".join(words), "Coast Herald", FRIDAY)

    assert compare(text, _text(edited, "Delta Post", SATURDAY)).kind == "EDITED_COPY"
    assert compare(text, _text(edited, "Coast Herald", SATURDAY)).kind == "PARTIAL_OVERLAP"
    assert compare(text, _text(edited, "Delta Post", LATER)).kind == "PARTIAL_OVERLAP"
    assert compare(text, _text(edited)).kind == "EDITED_COPY"  # neither outlet nor day is known


def test_reasons_name_the_agency() -> None:
    wire = TextToRelate("", TEXT, outlet="Meridian Wire", credit="Meridian Wire")
    copy = TextToRelate("", TEXT + " Ends.", outlet="Coast Herald", credit="Meridian Wire")
    again = TextToRelate("", TEXT + " So far.", outlet="Delta Post", credit="Meridian Wire")
    without = TextToRelate("", TEXT, outlet="Delta Post")

    def codes(earlier: TextToRelate, later: TextToRelate) -> set[ReasonCode]:
        return {reason.code for reason in compare(earlier, later).reasons}

    assert ReasonCode.CREDITS_ORIGIN in codes(wire, copy)
    assert ReasonCode.SAME_CREDIT in codes(copy, again)
    assert ReasonCode.CREDIT in codes(without, copy)


def test_text_without_words_is_like_nothing() -> None:
    assert compare(_text(""), _text("")).kind == "UNRELATED"
    assert compare(_text("..."), _text(TEXT)).kind == "UNRELATED"


def test_accents_and_other_scripts_are_words_too() -> None:
    plain = _text("قتل سبعة مدنيين في غارة على السوق")
    pointed = _text("قُتِل سبعة مدنيين في غارة على السوق")

    assert words_of("Éclair à Süd") == ["eclair", "a", "sud"]
    assert compare(plain, pointed).kind == "VERBATIM_COPY"
    assert prepare("One two.\x1eThree four. \x1e").sentences == (
        ["one", "two"],
        ["three", "four"],
    )


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "hostile",
    [
        "9" * 1_000_000,
        '"' * 300_000,
        "“" * 300_000,
        ". " * 300_000,
        " " * 1_000_000,
        "\n" * 1_000_000,
        "(Reuters" * 100_000,
        "a " * 300_000,
        "killed 8 " * 60_000,
    ],
)
def test_hostile_texts_end_soon(hostile: str) -> None:
    text = _text(f"{hostile} {TEXT}")

    assert compare(_text(TEXT), text).kind
    assert compare(text, _text(f"{TEXT} {hostile}.")).kind
    assert sign(text.prepared).bands
    assert agency_credit(text.text) in {"", "Reuters"}


@given(st.text(max_size=300), st.text(max_size=300))
def test_containment_is_a_share_and_symmetric(first: str, second: str) -> None:
    a, b = prepare(first), prepare(second)

    assert 0.0 <= containment(a, b) <= 1.0
    assert containment(a, b) == containment(b, a)
    verdict = compare(_text(first), _text(second))
    assert 0.0 <= verdict.share <= 1.0
    assert len(a.lengths) == len(a.sentences) == len(a.keys) == len(a.quoted)
    assert a.lengths.sum() == a.size
