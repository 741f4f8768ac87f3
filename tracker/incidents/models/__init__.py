"""The tables of incidents."""

from tracker.incidents.models.aggregate import Aggregate, AggregateLink
from tracker.incidents.models.assessment import Assessment
from tracker.incidents.models.claim import Claim
from tracker.incidents.models.contribution import Contribution
from tracker.incidents.models.incident import Incident
from tracker.incidents.models.named import NamedFloor
from tracker.incidents.models.place import IncidentPlace
from tracker.incidents.models.position import IncidentParty, Position, StrikeEvidence
from tracker.incidents.models.reading import Reading
from tracker.incidents.models.recomputation import Recomputation
from tracker.incidents.models.request import PartyRequest, RequestStep
from tracker.incidents.models.restructuring import Restructuring, Undo

__all__ = [
    "Aggregate",
    "AggregateLink",
    "Assessment",
    "Claim",
    "Contribution",
    "Incident",
    "IncidentParty",
    "IncidentPlace",
    "NamedFloor",
    "PartyRequest",
    "Position",
    "Reading",
    "Recomputation",
    "RequestStep",
    "Restructuring",
    "StrikeEvidence",
    "Undo",
]
