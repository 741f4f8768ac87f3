"""Vocabularies of the records of private persons."""

from __future__ import annotations

from django.db.models import TextChoices

from tracker.incidents.choices import Outcome, SubjectStatus


class RecordKind(TextChoices):
    """What somebody has to do with an incident; only victims raise the floor of its range."""

    VICTIM = "VICTIM", "victim"
    WITNESS = "WITNESS", "witness"
    CONTACT = "CONTACT", "contact"


class Gender(TextChoices):
    """As said of or by the person; "" = not said. Sealed with the other values."""

    FEMALE = "FEMALE", "female"
    MALE = "MALE", "male"
    OTHER = "OTHER", "other"


class ConsentScope(TextChoices):
    """What a consent allows; without RECORD in force again, nothing of the person is kept."""

    RECORD = "RECORD", "to be recorded here"
    SHARE_WITH_JUSTICE = "SHARE_WITH_JUSTICE", "to be handed to courts and investigators"
    PUBLISH = "PUBLISH", "to be published"


class ConsentGiver(TextChoices):
    """Who gave it; the giver's name is sealed."""

    SELF = "SELF", "the person"
    GUARDIAN = "GUARDIAN", "a parent or guardian"
    RELATIVE = "RELATIVE", "a relative"
    REPRESENTATIVE = "REPRESENTATIVE", "a lawyer or other representative"


class AccessLevel(TextChoices):
    """How far a person's own right reaches; writing includes reading."""

    READ = "READ", "reads"
    WRITE = "WRITE", "reads and writes"


#: Under which outcome of a range a victim's own counts.
COUNTS_AS: dict[str, str] = {
    Outcome.KILLED.value: Outcome.KILLED.value,
    Outcome.DIED_OF_WOUNDS.value: Outcome.KILLED.value,
    Outcome.INJURED.value: Outcome.INJURED.value,
}
#: Whom the floor of civilians counts (methodology, section 8, rule 6).
COUNTED_STATUS = SubjectStatus.CIVILIAN
