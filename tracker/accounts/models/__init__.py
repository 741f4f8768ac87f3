"""The tables of accounts."""

from tracker.accounts.models.invitation import OneTimeLink
from tracker.accounts.models.partner import Organisation, PartnerKey
from tracker.accounts.models.person import Person

__all__ = ["OneTimeLink", "Organisation", "PartnerKey", "Person"]
