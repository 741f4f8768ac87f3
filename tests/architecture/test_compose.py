"""compose.yaml and Dockerfile agree with the settings, queues and roles they rely on.

Nothing here starts a container: what the files promise each other is read and compared.
"""

from __future__ import annotations

import ast
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import resolve

from tracker.core.database_roles import APP_ROLE
from tracker.core.jobs import QUEUES
from tracker.core.queue_settings import TASK_TIME_LIMIT
from tracker.embedded.commands import django as django_command

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("migrate", "web", "worker", "beat")
#: Read before the typed environment: which settings, and the owner's role for `migrate`.
BESIDE_THE_TYPED = {"DJANGO_SETTINGS_MODULE", "MIGRATE_DATABASE_URL"}


def _variables() -> dict[str, bool]:
    """Each variable that the typed environment reads, and whether it has a default."""
    tree = ast.parse((ROOT / "tracker/settings/environment.py").read_text(encoding="utf-8"))
    return {
        call.args[0].value: bool(call.args[1:] or call.keywords)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"read", "read_bool"}
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def _given(service: str) -> set[str]:
    """What the service sets, by the name that the settings read."""
    return {name.removesuffix("_FILE") for name in SERVICES[service]["environment"]}


def _argument(service: str, name: str) -> str:
    found = [part for part in SERVICES[service]["command"] if part.startswith(f"--{name}=")]
    return str(found[0]).removeprefix(f"--{name}=")


def test_environment_is_found() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "BROKER_URL", "LOG_FORMAT"} <= set(_variables())


@pytest.mark.parametrize("service", OURS)
def test_every_variable_that_is_set_is_read(service: str) -> None:
    assert _given(service) <= set(_variables()) | BESIDE_THE_TYPED


@pytest.mark.parametrize("service", OURS)
def test_every_variable_without_a_default_is_set(service: str) -> None:
    block = re.findall(r"^ENV ((?:.*\\\n)*.*)$", DOCKERFILE, re.MULTILINE)[0]
    in_the_image = set(re.findall(r"(\w+)=", block))
    required = {name for name, has_default in _variables().items() if not has_default}

    assert required <= _given(service) | in_the_image


@pytest.mark.parametrize("service", OURS)
def test_every_secret_comes_from_a_mounted_file(service: str) -> None:
    environment = SERVICES[service]["environment"]
    files = {path for name, path in environment.items() if name.endswith("_FILE")}

    assert files == {f"/run/secrets/{name}" for name in SERVICES[service]["secrets"]}
    assert not {"SECRET_KEY", "DATABASE_URL", "MIGRATE_DATABASE_URL", "BROKER_URL"} & set(
        environment
    )


def test_only_the_migrating_job_holds_the_owner() -> None:
    holders = {
        name
        for name in OURS
        if {"migrate_database_url", "tracker_owner_password"} & set(SERVICES[name]["secrets"])
    }

    assert holders == {"migrate"}


def test_migrating_takes_the_owner_from_the_mounted_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    (tmp_path / "owner").write_text("postgres://tracker_owner:x@postgres/tracker\n")
    monkeypatch.setattr(django_command, "execute_from_command_line", asked.append)
    monkeypatch.delenv("MIGRATE_DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://tracker_app:y@postgres/tracker")
    monkeypatch.setenv("MIGRATE_DATABASE_URL_FILE", str(tmp_path / "owner"))

    django_command.main(SERVICES["migrate"]["command"][1:])

    assert asked == [["manage.py", "migrate", "--no-input"]]
    assert os.environ["DATABASE_URL"] == "postgres://tracker_owner:x@postgres/tracker"


def test_every_secret_used_is_declared_and_every_one_declared_is_used() -> None:
    used = {
        secret if isinstance(secret, str) else secret["source"]
        for service in SERVICES.values()
        for secret in service.get("secrets", [])
    }

    assert used == set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", ["postgres", "rabbitmq"])
def test_image_of_a_server_is_pinned_to_a_patch(name: str) -> None:
    assert re.fullmatch(rf"{name}:\d+\.\d+(\.\d+)?(-[a-z]+)?", SERVICES[name]["image"])


def test_database_server_is_new_enough() -> None:
    assert int(SERVICES["postgres"]["image"].split(":")[1].split(".")[0]) >= 15


def test_image_of_the_tracker_is_pinned_and_runs_as_nobody_special() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)

    assert bases
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-[a-z]+", base) for base in bases)
    assert users == ["tracker"]
    assert DOCKERFILE.index("USER tracker") < DOCKERFILE.index("\nCMD")
    assert "--require-hashes" in DOCKERFILE


def test_files_that_the_image_copies_exist_and_are_let_in() -> None:
    let_in = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in line.split()
    }

    assert copied == let_in
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_worker_consumes_every_queue() -> None:
    assert _argument("worker", "queues").split(",") == list(QUEUES)


def test_worker_is_not_cut_off_in_its_longest_task() -> None:
    grace = int(SERVICES["worker"]["stop_grace_period"].removesuffix("s"))

    assert grace > TASK_TIME_LIMIT


def test_work_begins_only_after_the_migration() -> None:
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


def test_web_and_workers_share_the_captures() -> None:
    root = SERVICES["web"]["environment"]["CAPTURE_ROOT"]

    for name in ("web", "worker"):
        assert f"captures:{root}" in SERVICES[name]["volumes"]
        assert SERVICES[name]["environment"]["CAPTURE_ROOT"] == root
    assert f"--owner=tracker --group=tracker --mode=0750 {root}" in DOCKERFILE


def test_the_web_alone_reaches_the_keys_of_private_persons() -> None:
    root = SERVICES["web"]["environment"]["RESTRICTED_KEY_ROOT"]
    holders = [name for name, one in SERVICES.items() if "keys:" in str(one.get("volumes"))]

    assert holders == ["web"]
    assert f"keys:{root}" in SERVICES["web"]["volumes"]
    assert "RESTRICTED_KEY_ROOT" not in SERVICES["worker"]["environment"]
    assert f"--owner=tracker --group=tracker --mode=0700 {root}" in DOCKERFILE


def test_nothing_but_the_web_page_is_reachable_and_only_from_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:${WEB_PORT:-8000}:8000"]}
    assert "--bind=0.0.0.0:8000" in DOCKERFILE
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "rabbitmq"):
        assert SERVICES[name]["networks"] == ["inside"]


@pytest.mark.parametrize("service", OURS)
def test_own_containers_give_up_what_they_do_not_need(service: str) -> None:
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]


def test_health_is_asked_at_pages_that_exist() -> None:
    assert SERVICES["web"]["healthcheck"]["test"][-1] == "readyz"
    assert 'healthcheck.py", "healthz"' in DOCKERFILE
    assert resolve("/healthz") != resolve("/readyz")


def test_example_environment_names_what_compose_asks_for() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    asked = set(
        re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
    )

    assert named == asked


def test_roles_of_the_database_are_the_ones_that_get_rights() -> None:
    script = (ROOT / "compose" / "create-roles.sh").read_text(encoding="utf-8")

    assert re.findall(r"CREATE ROLE (\w+) LOGIN", script) == ["tracker_owner", APP_ROLE]
    assert "SUPERUSER" not in script


def test_arguments_of_the_image_are_a_list() -> None:
    commands = re.findall(r"^CMD (\[.*?\])$", DOCKERFILE, re.MULTILINE | re.DOTALL)

    assert [json.loads(command.replace("\\\n", ""))[0] for command in commands] == ["gunicorn"]
