"""Who does something: a person, a partner's key or a machine run, by id and alias."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.core.errors import NotAllowed


class ActorKind(StrEnum):
    """What kind of actor an audit line names."""

    PERSON = "PERSON"
    PARTNER_KEY = "PARTNER_KEY"
    MACHINE = "MACHINE"
    ANONYMOUS = "ANONYMOUS"


class Role(StrEnum):
    """What a person may be; each one's rights stand in ``tracker.accounts.permissions``."""

    VIEWER = "VIEWER"
    RESEARCHER = "RESEARCHER"
    REVIEWER = "REVIEWER"
    COORDINATOR = "COORDINATOR"
    ADMINISTRATOR = "ADMINISTRATOR"


@dataclass(frozen=True, slots=True)
class Actor:
    """Passed into every service. ``role`` is None for machines, partners and the signed-out."""

    kind: ActorKind
    id: int | None
    alias: str
    role: Role | None = None

    @property
    def is_person(self) -> bool:
        """Only people decide; machines propose."""
        return self.kind is ActorKind.PERSON

    @property
    def person_id(self) -> int:
        """The id of the person who acts. Raises NotAllowed for everybody else."""
        if self.kind is not ActorKind.PERSON or self.id is None:
            raise NotAllowed("Only a signed-in person can do this.")
        return self.id


def machine(alias: str) -> Actor:
    """The actor of a worker, a command or a sweep, named by what it does."""
    return Actor(kind=ActorKind.MACHINE, id=None, alias=alias)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS, id=None, alias="signed out")
