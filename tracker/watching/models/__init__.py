"""The tables of watching."""

from tracker.watching.models.alarm import Alarm
from tracker.watching.models.pulse import StageMinute, WorkerHeartbeat

__all__ = ["Alarm", "StageMinute", "WorkerHeartbeat"]
