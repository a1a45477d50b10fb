"""Tables of governance: who decides, carries out and supervises, by which charter."""

from app.disclosure.models.governance.contacts import (
    PUBLISHED_SYSTEMS,
    ManagementSystem,
    OfficialChannel,
    OfficialChannelKind,
    PublicContact,
    SystemKind,
)
from app.disclosure.models.governance.councils import (
    ChangeMatter,
    ChangeRegistration,
    Charter,
    CouncilBody,
    CouncilElection,
    CouncilTerm,
    CouncilTermAlert,
    ElectionKind,
    PreElectionAudit,
)
from app.disclosure.models.governance.dissolutions import Dissolution, DissolutionGround, RemainderBasis
from app.disclosure.models.governance.meetings import CouncilMeeting
from app.disclosure.models.governance.pay import (
    PUBLISHED_STANDARDS,
    ExpenseStandard,
    PayList,
    StaffTotal,
    StandardKind,
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
from app.disclosure.models.governance.reports import (
    AnnualAudit,
    AuditOpinion,
    ExceptionReport,
    ForeignCooperation,
)
from app.disclosure.models.governance.units import Bookkeeping, OrganizationUnit, UnitBooks, UnitKind

__all__ = [
    "COUNCIL_POSTS",
    "PUBLISHED_STANDARDS",
    "PUBLISHED_SYSTEMS",
    "AnnualAudit",
    "Appointment",
    "AuditOpinion",
    "Bookkeeping",
    "ChangeMatter",
    "ChangeRegistration",
    "Charter",
    "CouncilBody",
    "CouncilElection",
    "CouncilMeeting",
    "CouncilRecusal",
    "CouncilTerm",
    "CouncilTermAlert",
    "Dissolution",
    "DissolutionGround",
    "ElectionKind",
    "ExceptionReport",
    "ExpenseStandard",
    "ForeignCooperation",
    "ManagementSystem",
    "Officer",
    "OfficialChannel",
    "OfficialChannelKind",
    "OrganizationUnit",
    "PartyKind",
    "PayList",
    "PostKind",
    "PreElectionAudit",
    "PublicContact",
    "RelatedEvent",
    "RelatedEventKind",
    "RelatedParty",
    "RelationKind",
    "RemainderBasis",
    "StaffTotal",
    "StandardKind",
    "SystemKind",
    "UnitBooks",
    "UnitKind",
]
