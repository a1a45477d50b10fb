"""Tables of projects."""

from app.projects.models.beneficiaries import (
    Beneficiary,
    BeneficiaryConsent,
    BeneficiaryConsentKind,
    BeneficiaryEnrolment,
    BeneficiaryGroup,
    BeneficiaryScope,
    Household,
)
from app.projects.models.benefits import (
    Benefit,
    BenefitBasis,
    BenefitKind,
    BenefitMonth,
    HelpedMonth,
    HelpedSpan,
)
from app.projects.models.register import (
    AidStandard,
    AidStandardNotice,
    Programme,
    Project,
    ProjectCategory,
    ProjectPartner,
    ProjectState,
    ProjectStep,
)

__all__ = [
    "AidStandard",
    "AidStandardNotice",
    "Beneficiary",
    "BeneficiaryConsent",
    "BeneficiaryConsentKind",
    "BeneficiaryEnrolment",
    "BeneficiaryGroup",
    "BeneficiaryScope",
    "Benefit",
    "BenefitBasis",
    "BenefitKind",
    "BenefitMonth",
    "HelpedMonth",
    "HelpedSpan",
    "Household",
    "Programme",
    "Project",
    "ProjectCategory",
    "ProjectPartner",
    "ProjectState",
    "ProjectStep",
]
