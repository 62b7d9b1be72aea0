"""The tree of organisations, and the acts that change it."""

from chibo.orgs.models.acts import Succession, TreeAct, TreeActBody, TreeRecord
from chibo.orgs.models.tree import (
    Category,
    Kind,
    OrgAncestor,
    Organisation,
    OrganisationCode,
    OrganisationName,
    OrganisationQuerySet,
    Term,
)

__all__ = [
    "Category",
    "Kind",
    "OrgAncestor",
    "Organisation",
    "OrganisationCode",
    "OrganisationName",
    "OrganisationQuerySet",
    "Succession",
    "Term",
    "TreeAct",
    "TreeActBody",
    "TreeRecord",
]
