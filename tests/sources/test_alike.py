"""Which names are offered as one source in two spellings."""

from __future__ import annotations

import pytest

from tracker.sources.rules.alike import spelled_alike


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Nahr Rescue Service", "The Nahr Rescue Service"),
        ("Nahr Rescue Service", "Nahr Rescue Servise"),
        ("Al-Mazra'a Radio", "El Mazraah Radio"),
        ("Idlib Media Office", "Idleb Media Office"),
        ("إذاعة النهر", "اذاعة النهر"),
    ],
)
def test_spellings_of_one_name_are_offered(name: str, other: str) -> None:
    assert spelled_alike(name, [other, "Coast Herald"]) == [other]
    assert spelled_alike(other, ["Coast Herald", name]) == [name]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Northern Radio", "Southern Radio"),
        ("Health Ministry", "Defence Ministry"),
        ("BBC", "NBC"),
        ("Coast Herald", "Delta Post"),
    ],
)
def test_other_names_are_not(name: str, other: str) -> None:
    assert spelled_alike(name, [other]) == []


def test_the_most_alike_comes_first_and_itself_never() -> None:
    names = ["Nahr Rescue Servise", "Nahr Rescue Service", "nahr rescue service"]

    assert spelled_alike("Nahr Rescue Service", names) == [
        "nahr rescue service",
        "Nahr Rescue Servise",
    ]
