"""Tables of the volunteer registry."""

from app.volunteers.models.teams import MemberRole, Membership, MemberState, Team
from app.volunteers.models.totals import HoursMonth, RegistryMonth, TeamMonth, VolunteerTotal
from app.volunteers.models.volunteers import (
    Category,
    Consent,
    ConsentKind,
    DocumentKind,
    Enrolment,
    PublishScope,
    SignInCode,
    Volunteer,
    VolunteerRefreshToken,
    VolunteerStay,
)

__all__ = [
    "Category",
    "Consent",
    "ConsentKind",
    "DocumentKind",
    "Enrolment",
    "HoursMonth",
    "MemberRole",
    "MemberState",
    "Membership",
    "PublishScope",
    "RegistryMonth",
    "SignInCode",
    "Team",
    "TeamMonth",
    "Volunteer",
    "VolunteerRefreshToken",
    "VolunteerStay",
    "VolunteerTotal",
]
