"""What may go away by itself, and how often a hint is repeated before the sweep takes over."""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError

#: For ``shared_task``: the row stays the queue, so giving up here loses nothing.
RETRIED: dict[str, Any] = {
    "autoretry_for": (
        OperationalError,
        InterfaceError,
        BrokerError,
        ConnectionError,
        TimeoutError,
    ),
    "retry_backoff": True,
    "retry_backoff_max": 30,
    "retry_jitter": True,
    "max_retries": 5,
    "ignore_result": True,
}
