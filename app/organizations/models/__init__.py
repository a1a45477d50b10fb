"""Tables of organizations and access."""

from app.organizations.models.grants import Delegation, Grant, Role
from app.organizations.models.keys import ApiKey, KeyKind, Scope
from app.organizations.models.logins import Login, RefreshToken
from app.organizations.models.organizations import LegalForm, Organization, Tier
from app.organizations.models.platforms import Platform, PlatformSecret
from app.organizations.models.regions import Region, RegionLevel
from app.organizations.models.staff import PasswordReset, Staff

__all__ = [
    "ApiKey",
    "Delegation",
    "Grant",
    "KeyKind",
    "LegalForm",
    "Login",
    "Organization",
    "PasswordReset",
    "Platform",
    "PlatformSecret",
    "RefreshToken",
    "Region",
    "RegionLevel",
    "Role",
    "Scope",
    "Staff",
    "Tier",
]
