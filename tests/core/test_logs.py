"""Logs hold ids and never content."""

from __future__ import annotations

import json
import logging
import logging.config

import pytest
import structlog
from django.conf import settings

from tracker.core.logs import FORBIDDEN_KEYS, drop_content, logging_config


@pytest.mark.parametrize("key", sorted(FORBIDDEN_KEYS))
def test_what_could_name_a_person_is_cut_out(key: str) -> None:
    event = drop_content(None, "info", {"event": "x", key: "Aunt Mara", "article_id": 7})

    assert "Aunt Mara" not in str(event)
    assert event["article_id"] == 7


def test_a_line_is_one_json_object_without_content(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        logging.config.dictConfig(logging_config(log_format="json"))
        structlog.get_logger("tests").warning("claim_kept", claim_id=4, quote="seven people")
        line = json.loads(capsys.readouterr().err.strip().splitlines()[-1])
    finally:
        logging.config.dictConfig(logging_config(log_format="console"))

    assert (line["event"], line["claim_id"], line["level"]) == ("claim_kept", 4, "warning")
    assert line["quote"] == "[withheld]"


def test_the_settings_are_in_force() -> None:
    assert settings.LOGGING_CONFIG == "logging.config.dictConfig"
    assert logging.getLogger("django.request").level == logging.ERROR
