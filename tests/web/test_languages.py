"""English and Arabic: both directions, and a catalogue that is whole."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db.models import Choices

from tracker.extraction.relevance_features import SAYINGS
from tracker.imports import choices as import_choices
from tracker.incidents import choices as incident_choices
from tracker.places import choices as place_choices
from tracker.restricted import choices as restricted_choices
from tracker.sources import choices as source_choices
from tracker.verification import choices as task_choices
from tracker.watching.choices import AlarmKind
from tracker.web.vocabulary import WORDS
from tracker.web.vocabulary_lists import WORDS as LIST_WORDS
from tracker.web.vocabulary_relevance import WORDS as RELEVANCE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

ARABIC = Path(settings.LOCALE_PATHS[0]) / "ar" / "LC_MESSAGES"
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%%|\{\w*\}|<[^>]+>")


def _written() -> dict[str | tuple[str, int], str]:
    """The catalogue that people edit, in the form that gettext gives the compiled one."""
    found: dict[str | tuple[str, int], str] = {}
    for block in (ARABIC / "django.po").read_text(encoding="utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            match = re.match(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
            if match:
                key = match[1]
                parts[key] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                parts[key] += ast.literal_eval(line)
        for name, words in parts.items():
            if name == "msgstr":
                found[parts["msgid"]] = words
            elif name.startswith("msgstr["):
                found[parts["msgid"], int(name[7])] = words
    return found


def _compiled() -> dict[str | tuple[str, int], str]:
    with (ARABIC / "django.mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]  # private, and the only way to read it whole


def test_compiled_catalogue_is_the_written_one() -> None:
    written, compiled = _written(), _compiled()

    assert {k: v for k, v in written.items() if k} == {k: v for k, v in compiled.items() if k}


def test_every_sentence_has_its_arabic() -> None:
    assert [words for words, arabic in _written().items() if not arabic] == []


def test_translations_keep_what_is_filled_in() -> None:
    for words, arabic in _written().items():
        if isinstance(words, str) and words:
            assert sorted(_PLACEHOLDER.findall(words)) == sorted(_PLACEHOLDER.findall(arabic)), (
                words
            )


def test_every_sentence_of_the_templates_is_in_the_catalogue() -> None:
    known = {words if isinstance(words, str) else words[0] for words in _written()}
    for template in (Path(settings.ROOT) / "tracker/web/templates").rglob("*.html"):
        for quote, words in re.findall(
            r"""\{% translate (["'])(.+?)\1""", template.read_text(encoding="utf-8")
        ):
            assert words in known, (template.name, quote, words)


@pytest.mark.parametrize(
    "module",
    [
        source_choices,
        incident_choices,
        task_choices,
        restricted_choices,
        import_choices,
        place_choices,
    ],
)
def test_words_of_every_stored_choice_are_in_the_vocabulary(module: object) -> None:
    known = {*WORDS, *LIST_WORDS}
    for vocabulary in vars(module).values():
        if isinstance(vocabulary, type) and issubclass(vocabulary, Choices):
            assert {str(words) for words in vocabulary.labels} <= known
    assert {str(words) for words in AlarmKind.labels} <= known


def test_reasons_of_relevance_are_in_the_vocabulary() -> None:
    assert sorted(RELEVANCE_WORDS) == sorted(words for pair in SAYINGS.values() for words in pair)


def test_language_switch_turns_the_page_round(viewer: Person, signed_in: SignedIn) -> None:
    client = signed_in(viewer)
    english = client.get("/").content.decode()

    switched = client.post("/language/", {"language": "ar", "next": "/sources/?kind=WIRE"})
    arabic = client.get("/").content.decode()

    assert '<html lang="en" dir="ltr"' in english
    assert "bootstrap.min.css" in english
    assert switched["Location"] == "/sources/?kind=WIRE"
    assert '<html lang="ar" dir="rtl"' in arabic
    assert "bootstrap.rtl.min.css" in arabic
    assert "مكتبي" in arabic
    assert ">English</button>" in arabic


def test_language_switch_never_leads_to_another_site(client: Client, db: None) -> None:
    response = client.post("/language/", {"language": "ar", "next": "https://evil.example/"})

    assert response["Location"] == "/"


def test_language_of_the_browser_counts_before_anybody_chose(client: Client, db: None) -> None:
    page = client.get("/account/login/", headers={"Accept-Language": "ar"}).content.decode()

    assert 'dir="rtl"' in page
    assert "تسجيل الدخول" in page


@pytest.mark.parametrize("number", [0, 1, 2, 3, 11, 100])
def test_every_arabic_plural_is_there(number: int) -> None:
    with (ARABIC / "django.mo").open("rb") as file:
        arabic = gettext.GNUTranslations(file)

    words = arabic.ngettext(
        "%(n)s article waits for a person.", "%(n)s articles wait for a person.", number
    )

    assert not words.isascii()
