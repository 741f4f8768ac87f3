"""The tables of records of private persons."""

from tracker.restricted.models.access import AccessGrant
from tracker.restricted.models.consent import Consent
from tracker.restricted.models.person import PrivatePerson

__all__ = ["AccessGrant", "Consent", "PrivatePerson"]
