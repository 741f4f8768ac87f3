"""``.venv``: when it is built anew, and what is said where it can't be."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import sys
from pathlib import Path

import pytest

from tracker.embedded import environment_build
from tracker.embedded.environment_build import DEVELOPMENT, RUNTIME, ensure_environment
from tracker.embedded.errors import UnableToStart


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with two locks and no packages."""
    (tmp_path / RUNTIME).write_text("one==1 --hash=sha256:00\n", encoding="utf-8")
    (tmp_path / DEVELOPMENT).write_text("one==1\ntwo==2\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The locks that were asked for; nothing is really built."""
    locks: list[str] = []
    monkeypatch.setattr(environment_build, "_build", lambda _checkout, lock: locks.append(lock))
    return locks


def install(checkout: Path, *locks: str) -> None:
    (checkout / ".venv/bin").mkdir(parents=True, exist_ok=True)
    (checkout / ".venv/bin/python").touch()
    marker = {name: hashlib.sha256((checkout / name).read_bytes()).hexdigest() for name in locks}
    (checkout / ".venv" / environment_build.MARKER).write_text(json.dumps(marker), "utf-8")


def test_bare_checkout_gets_what_the_command_needs(checkout: Path, built: list[str]) -> None:
    ensure_environment(checkout, lock=RUNTIME)
    ensure_environment(checkout, lock=DEVELOPMENT)

    assert built == [RUNTIME, DEVELOPMENT]


def test_current_packages_are_left_alone(checkout: Path, built: list[str]) -> None:
    install(checkout, RUNTIME, DEVELOPMENT)

    ensure_environment(checkout, lock=RUNTIME)
    ensure_environment(checkout, lock=DEVELOPMENT)

    assert built == []


def test_tests_need_more_than_the_runtime(checkout: Path, built: list[str]) -> None:
    install(checkout, RUNTIME)

    ensure_environment(checkout, lock=RUNTIME)
    ensure_environment(checkout, lock=DEVELOPMENT)

    assert built == [DEVELOPMENT]


def test_a_new_lock_builds_anew_and_keeps_the_tools(checkout: Path, built: list[str]) -> None:
    install(checkout, RUNTIME, DEVELOPMENT)
    (checkout / RUNTIME).write_text("one==2\n", encoding="utf-8")

    ensure_environment(checkout, lock=RUNTIME)

    assert built == [DEVELOPMENT]


def test_an_environment_without_its_python_is_built_anew(checkout: Path, built: list[str]) -> None:
    install(checkout, RUNTIME)
    (checkout / ".venv/bin/python").unlink()

    ensure_environment(checkout, lock=RUNTIME)

    assert built == [RUNTIME]


def test_missing_lock_says_that_the_checkout_is_not_whole(tmp_path: Path) -> None:
    with pytest.raises(UnableToStart, match=r"requirements\.txt is missing"):
        ensure_environment(tmp_path, lock=RUNTIME)


def test_python_without_venv_names_the_package(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else known(name)
    )

    with pytest.raises(UnableToStart, match="install the package python3-venv"):
        ensure_environment(checkout, lock=RUNTIME)
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("system", "libc", "machine", "sentence"),
    [
        ("darwin", "", "arm64", "Linux with glibc"),
        ("linux", "", "x86_64", "Linux with glibc"),
        ("linux", "glibc", "riscv64", "not on riscv64"),
    ],
)
def test_other_machines_are_refused(
    monkeypatch: pytest.MonkeyPatch, system: str, libc: str, machine: str, sentence: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "libc_ver", lambda: (libc, ""))
    monkeypatch.setattr(platform, "machine", lambda: machine)

    with pytest.raises(UnableToStart, match=sentence):
        environment_build.refuse_unknown_machine()


def test_scripts_name_the_folder_they_end_in(tmp_path: Path) -> None:
    staged, final = tmp_path / ".venv.new", tmp_path / ".venv"
    (staged / "bin").mkdir(parents=True)
    script, program = staged / "bin/celery", staged / "bin/ruff"
    script.write_text(f"#!{staged}/bin/python\nimport celery\n", encoding="utf-8")
    program.write_bytes(b"\x7fELF\0" + str(staged).encode())
    (staged / "bin/python").symlink_to("/usr/bin/env")

    environment_build._point_scripts(staged, final)

    assert script.read_text(encoding="utf-8") == f"#!{final}/bin/python\nimport celery\n"
    assert str(staged).encode() in program.read_bytes()


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        (["Could not install packages: [Errno 28] No space left on device"], "disk is full"),
        (["SSL: CERTIFICATE_VERIFY_FAILED"], "ca-certificates"),
        (["THESE PACKAGES DO NOT MATCH THE HASHES"], "pip says: THESE PACKAGES"),
        ([], "pip says: nothing"),
    ],
)
def test_what_pip_says_becomes_one_sentence(errors: list[str], sentence: str) -> None:
    assert sentence in environment_build._why_pip_failed(errors)


def test_bootstrap_imports_nothing_but_the_standard_library() -> None:
    """What runs before the packages exist: everything but the two modules that seal backups."""
    checkout = Path(environment_build.__file__).parents[2]
    inside = {"sealing.py", "archive.py", "django.py"}
    allowed = set(sys.stdlib_module_names) | {"tracker"}
    for path in (checkout / "tracker/embedded").rglob("*.py"):
        if path.name in inside:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]):
                assert words[1].partition(".")[0] in allowed, f"{path.name}: {line}"
    assert (checkout / "tracker/__init__.py").read_text(encoding="utf-8").count("import") == 0
