"""What each stage did in the last hours, as bars of a small plot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tracker.watching.choices import Stage
from tracker.watching.selectors.pulse import minutes_by_stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.watching.models import StageMinute

SPAN = timedelta(hours=2)
BARS = 60
_HEIGHT = 24
_MINUTES_A_BAR = int(SPAN.total_seconds() // 60) // BARS

LABELS = {
    Stage.FETCH: _("addresses fetched"),
    Stage.PARSE: _("articles read"),
    Stage.RELATE: _("articles compared"),
    Stage.EXTRACT: _("articles searched for claims"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the plot's own units: 100 wide, 24 high."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class StagePlot:
    """One stage over two hours, the latest at the end; ``peak`` is the tallest bar's number."""

    label: object
    bars: list[Bar]
    done: int
    failed: int
    retried: int
    last_minutes: int
    peak: int


def stage_plots(*, now: datetime) -> list[StagePlot]:
    """A plot for each stage, one query."""
    since = now - SPAN
    found = minutes_by_stage(since=since)
    return [_plot(stage, found[stage], since=since, now=now) for stage in Stage]


def _plot(
    stage: Stage, minutes: Sequence[StageMinute], *, since: datetime, now: datetime
) -> StagePlot:
    counts = [0] * BARS
    for row in minutes:
        place = int((row.minute - since).total_seconds() // 60) // _MINUTES_A_BAR
        counts[min(BARS - 1, max(0, place))] += row.done
    peak = max(counts)
    recent = now - timedelta(minutes=5)
    return StagePlot(
        label=LABELS[stage],
        bars=[_bar(place, count, peak) for place, count in enumerate(counts) if count],
        done=sum(row.done for row in minutes),
        failed=sum(row.failed for row in minutes),
        retried=sum(row.retried for row in minutes),
        last_minutes=sum(row.done for row in minutes if row.minute >= recent),
        peak=peak,
    )


def _bar(place: int, count: int, peak: int) -> Bar:
    height = round(_HEIGHT * count / peak, 2)
    width = 100 / BARS
    return Bar(round(place * width, 2), round(_HEIGHT - height, 2), round(width * 0.8, 2), height)
