"""The life cycle of a review task."""

from __future__ import annotations

from django.db.models import TextChoices


class TaskState(TextChoices):
    """What people do with an article, from the queue on."""

    QUEUED = "QUEUED", "waiting"
    LEASED = "LEASED", "being reviewed"
    IRRELEVANT = "IRRELEVANT", "irrelevant"
    DUPLICATE = "DUPLICATE", "duplicate"
    CODED = "CODED", "done"


class WaitsFor(TextChoices):
    """Why a task that is in the queue is not given out as the next one; "" = it is."""

    TRANSLATION = "TRANSLATION", "needs translation"
    SPLIT = "SPLIT", "needs a split"
    LATER = "LATER", "deferred"


#: What a person goes through, in the order of a task's life; what was set aside after what waits.
SHELVES: tuple[TaskState | WaitsFor, ...] = (
    TaskState.QUEUED,
    TaskState.LEASED,
    *WaitsFor,
    TaskState.IRRELEVANT,
    TaskState.DUPLICATE,
    TaskState.CODED,
)

#: The whole life cycle of a task; the trigger enforces the same tuple.
TASK_TRANSITIONS: tuple[tuple[TaskState, TaskState], ...] = (
    (TaskState.QUEUED, TaskState.LEASED),
    (TaskState.LEASED, TaskState.QUEUED),
    (TaskState.LEASED, TaskState.IRRELEVANT),
    (TaskState.LEASED, TaskState.DUPLICATE),
    (TaskState.LEASED, TaskState.CODED),
    (TaskState.IRRELEVANT, TaskState.QUEUED),
    (TaskState.DUPLICATE, TaskState.QUEUED),
    (TaskState.CODED, TaskState.QUEUED),
)

#: States in which nobody has to do anything any more.
CLOSED_STATES: tuple[TaskState, ...] = (
    TaskState.IRRELEVANT,
    TaskState.DUPLICATE,
    TaskState.CODED,
)


class CodingState(TextChoices):
    """How far the blind second coding of a task has come."""

    OPEN = "OPEN", "waits for a second coder"
    TAKEN = "TAKEN", "being coded a second time"
    DONE = "DONE", "coded twice"


#: The whole life cycle of a second coding; the trigger enforces the same tuple.
CODING_TRANSITIONS: tuple[tuple[CodingState, CodingState], ...] = (
    (CodingState.OPEN, CodingState.TAKEN),
    (CodingState.TAKEN, CodingState.OPEN),
    (CodingState.TAKEN, CodingState.DONE),
)


class Coder(TextChoices):
    """Whose coding a row belongs to."""

    FIRST = "FIRST", "first coding"
    SECOND = "SECOND", "second coding"


class Resolved(TextChoices):
    """Which of two codings that differ is right, in a coordinator's judgement."""

    FIRST = "FIRST", "the first coding is right"
    SECOND = "SECOND", "the second coding is right"
    NEITHER = "NEITHER", "neither is right"


class Assigned(TextChoices):
    """Whose tasks a filter of the queue shows; "" = everybody's."""

    ME = "ME", "I look after it"
    SOMEBODY = "SOMEBODY", "somebody looks after it"
    NOBODY = "NOBODY", "nobody looks after it"
