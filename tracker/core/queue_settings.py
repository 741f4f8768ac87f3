"""Celery's settings: late acknowledgement, bounded redelivery, nothing kept in the broker."""

from __future__ import annotations

from typing import Any

from tracker.core.jobs import AGAIN_LASTS, QUEUES, ROUTES, Job

#: Seconds. Above the longest task and its wait, below the patience of a person.
TASK_TIME_LIMIT = 60
VISIBILITY_TIMEOUT = 120
SWEEP_EVERY = 5.0
#: Each gives every host one address at most, so this bounds the wait between two of a host.
SWEEP_FETCHES_EVERY = 2.0
SEAL_EVERY = 2.0
LOOK_EVERY = 30.0
#: Days run out, not minutes.
REMIND_EVERY = 600.0
COMPLETE_EVERY = 30.0
CHECK_EVERY = 120.0
STAMP_EVERY = 30.0
_GIVE_UP_AT_ONCE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def _every(seconds: float, job: Job) -> dict[str, Any]:
    """A task of beat; one that waited for workers until it was sent anew is dropped unread."""
    lasts = max(seconds, AGAIN_LASTS)
    return {"task": job.value, "schedule": seconds, "options": {"expires": lasts}}


def celery_settings(broker_url: str) -> dict[str, Any]:
    """Settings for ``celery.config_from_object``, fitted to the broker's kind."""
    settings: dict[str, Any] = {
        "broker_url": broker_url,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_connection_timeout": 4,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        "task_time_limit": TASK_TIME_LIMIT,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_publish_retry": False,
        "worker_hijack_root_logger": False,
        "task_routes": {job.value: {"queue": queue} for job, queue in ROUTES.items()},
        "task_create_missing_queues": True,
        "task_default_queue": QUEUES[-1],
        "beat_schedule": {
            "sweep-articles": _every(SWEEP_EVERY, Job.SWEEP_ARTICLES),
            "sweep-fetches": _every(SWEEP_FETCHES_EVERY, Job.SWEEP_FETCHES),
            "sweep-feeds": _every(SWEEP_EVERY, Job.SWEEP_FEEDS),
            "sweep-leases": _every(SWEEP_EVERY, Job.SWEEP_LEASES),
            "seal-audit": _every(SEAL_EVERY, Job.SEAL_AUDIT),
            "look-at-stages": _every(LOOK_EVERY, Job.LOOK_AT_STAGES),
            "look-at-requests": _every(REMIND_EVERY, Job.LOOK_AT_REQUESTS),
            "complete-marks": _every(COMPLETE_EVERY, Job.COMPLETE_MARKS),
            "check-captures": _every(CHECK_EVERY, Job.CHECK_CAPTURES),
            "stamp-captures": _every(STAMP_EVERY, Job.STAMP_CAPTURES),
        },
    }
    # Sending gives up at once: a decision must not wait for a broker that is down.
    settings["broker_transport_options"] = dict(_GIVE_UP_AT_ONCE)
    if broker_url.startswith(("redis", "rediss")):
        settings["broker_transport_options"] |= {
            "visibility_timeout": VISIBILITY_TIMEOUT,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
        }
    if broker_url.startswith("amqp"):
        settings |= {
            "task_default_queue_type": "quorum",
            "task_default_exchange_type": "topic",
            "task_create_missing_queue_type": "quorum",
            "task_create_missing_queue_exchange_type": "topic",
            "worker_detect_quorum_queues": True,
        }
    return settings
