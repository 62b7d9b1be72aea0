"""People, their dated belonging to cells, and what changes it."""

from chibo.members.models.changes import (
    Departure,
    Exemption,
    FormerDetails,
    ProbationDecision,
    StandingChange,
    Suspension,
    TemporaryLeave,
    UnitPost,
)
from chibo.members.models.groups import GroupMember, PartyGroup
from chibo.members.models.people import Contact, Membership, Person, PersonQuerySet
from chibo.members.models.transfers import KnownTenant, Transfer, TransferQuerySet

__all__ = [
    "Contact",
    "Departure",
    "Exemption",
    "FormerDetails",
    "GroupMember",
    "KnownTenant",
    "Membership",
    "PartyGroup",
    "Person",
    "PersonQuerySet",
    "ProbationDecision",
    "StandingChange",
    "Suspension",
    "TemporaryLeave",
    "Transfer",
    "TransferQuerySet",
    "UnitPost",
]
