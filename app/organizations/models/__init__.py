"""Tables of organizations and access."""

from app.organizations.models.accesses import Access, AccessKind
from app.organizations.models.approvals import (
    STEPS_MAX,
    Approval,
    ApprovalDecision,
    ApprovalState,
    ApprovalStep,
    Verdict,
)
from app.organizations.models.deputyships import Deputyship
from app.organizations.models.grants import SEPARATE, Delegation, Grant, Role
from app.organizations.models.handovers import Handover, HandoverItem, HandoverSignature, HandoverState
from app.organizations.models.keys import ApiKey, KeyKind, Scope
from app.organizations.models.logins import Login, RefreshToken
from app.organizations.models.notifications import Notification
from app.organizations.models.organizations import LegalForm, Organization, Tier
from app.organizations.models.platforms import Platform, PlatformKind, PlatformSecret, SecretPurpose
from app.organizations.models.policies import ApprovalPolicy, ApprovalTier
from app.organizations.models.populations import RegionPopulation
from app.organizations.models.regions import Region, RegionDating, RegionLevel
from app.organizations.models.second_factors import FactorDemand, RecoveryCode, SecondFactor
from app.organizations.models.staff import PasswordReset, Staff
from app.organizations.models.visitors import IdentityKind, Visit, Visitor, VisitorCode, VisitorIdentity

__all__ = [
    "SEPARATE",
    "STEPS_MAX",
    "Access",
    "AccessKind",
    "ApiKey",
    "Approval",
    "ApprovalDecision",
    "ApprovalPolicy",
    "ApprovalState",
    "ApprovalStep",
    "ApprovalTier",
    "Delegation",
    "Deputyship",
    "FactorDemand",
    "Grant",
    "Handover",
    "HandoverItem",
    "HandoverSignature",
    "HandoverState",
    "IdentityKind",
    "KeyKind",
    "LegalForm",
    "Login",
    "Notification",
    "Organization",
    "PasswordReset",
    "Platform",
    "PlatformKind",
    "PlatformSecret",
    "RecoveryCode",
    "RefreshToken",
    "Region",
    "RegionDating",
    "RegionLevel",
    "RegionPopulation",
    "Role",
    "Scope",
    "SecondFactor",
    "SecretPurpose",
    "Staff",
    "Tier",
    "Verdict",
    "Visit",
    "Visitor",
    "VisitorCode",
    "VisitorIdentity",
]
