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
from app.disclosure.models.governance.posts import COUNCIL_POSTS, Appointment, Officer, PostKind

__all__ = [
    "COUNCIL_POSTS",
    "Appointment",
    "ChangeMatter",
    "ChangeRegistration",
    "Charter",
    "CouncilBody",
    "CouncilElection",
    "CouncilTerm",
    "ElectionKind",
    "Officer",
    "PostKind",
    "PreElectionAudit",
]
