"""Tables of the volunteer registry."""

from app.volunteers.models.activities import (
    Activity,
    ActivityState,
    InsuredPerson,
    Need,
    Policy,
    SignUp,
    SignUpState,
)
from app.volunteers.models.certificates import Certificate, CertificateSerial, CertificateState, StarRule
from app.volunteers.models.experiences import Commendation, Evaluation, Qualification, Side, Training
from app.volunteers.models.notices import NoticeKind, VolunteerNotice
from app.volunteers.models.records import (
    CheckIn,
    CheckMethod,
    RecordCorrection,
    RecordObjection,
    RecordSource,
    RecordState,
    TimeRecord,
)
from app.volunteers.models.requests import CertificateRequestState, RequestedCertificate
from app.volunteers.models.teams import MemberRole, Membership, MemberState, Team
from app.volunteers.models.totals import HoursMonth, RegistryMonth, TeamMonth, VolunteerTotal
from app.volunteers.models.volunteers import (
    Category,
    Consent,
    ConsentKind,
    Enrolment,
    PublishScope,
    SignInCode,
    Volunteer,
    VolunteerRefreshToken,
    VolunteerStay,
)

__all__ = [
    "Activity",
    "ActivityState",
    "Category",
    "Certificate",
    "CertificateRequestState",
    "CertificateSerial",
    "CertificateState",
    "CheckIn",
    "CheckMethod",
    "Commendation",
    "Consent",
    "ConsentKind",
    "Enrolment",
    "Evaluation",
    "HoursMonth",
    "InsuredPerson",
    "MemberRole",
    "MemberState",
    "Membership",
    "Need",
    "NoticeKind",
    "Policy",
    "PublishScope",
    "Qualification",
    "RecordCorrection",
    "RecordObjection",
    "RecordSource",
    "RecordState",
    "RegistryMonth",
    "RequestedCertificate",
    "Side",
    "SignInCode",
    "SignUp",
    "SignUpState",
    "StarRule",
    "Team",
    "TeamMonth",
    "TimeRecord",
    "Training",
    "Volunteer",
    "VolunteerNotice",
    "VolunteerRefreshToken",
    "VolunteerStay",
    "VolunteerTotal",
]
