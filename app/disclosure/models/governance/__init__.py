"""Tables of governance: who decides, carries out and supervises, by which charter."""

from app.disclosure.models.governance.councils import (
    ChangeMatter,
    ChangeRegistration,
    Charter,
    CouncilBody,
    CouncilElection,
    CouncilTerm,
    ElectionKind,
    PreElectionAudit,
)
from app.disclosure.models.governance.pay import (
    PUBLISHED_STANDARDS,
    ExpenseStandard,
    OrganizationUnit,
    PayList,
    StaffTotal,
    StandardKind,
    UnitKind,
)
from app.disclosure.models.governance.posts import COUNCIL_POSTS, Appointment, Officer, PostKind
from app.disclosure.models.governance.related import (
    CouncilRecusal,
    PartyKind,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
)

__all__ = [
    "COUNCIL_POSTS",
    "PUBLISHED_STANDARDS",
    "Appointment",
    "ChangeMatter",
    "ChangeRegistration",
    "Charter",
    "CouncilBody",
    "CouncilElection",
    "CouncilRecusal",
    "CouncilTerm",
    "ElectionKind",
    "ExpenseStandard",
    "Officer",
    "OrganizationUnit",
    "PartyKind",
    "PayList",
    "PostKind",
    "PreElectionAudit",
    "RelatedEvent",
    "RelatedEventKind",
    "RelatedParty",
    "RelationKind",
    "StaffTotal",
    "StandardKind",
    "UnitKind",
]
