"""API keys: how machines say who they are."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization
from app.organizations.models.platforms import Platform


class KeyKind(enum.StrEnum):
    """Whose machine it is."""

    auditor = "auditor"
    service = "service"
    partner = "partner"


class Scope(enum.StrEnum):
    """A door that a key opens; what lies behind it stands in permissions.py."""

    audit = "audit"
    partner = "partner"
    organizations = "organizations"
    accounting = "accounting"
    fundraising = "fundraising"
    projects = "projects"
    volunteers = "volunteers"
    disclosure = "disclosure"
    platforms = "platforms"
    front_end = "front_end"


_SCOPES = ", ".join(f"'{scope}'" for scope in Scope)


class ApiKey(Record, Base):
    """A key with its mandate, one member or one platform. Only its hash is kept."""

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("num_nulls(organization_id, platform_id) = 1", name="mandate"),
        CheckConstraint("(kind = 'partner') = (platform_id is not null)", name="partner"),
        CheckConstraint(f"scopes <@ array[{_SCOPES}] and cardinality(scopes) > 0", name="scopes"),
        CheckConstraint(
            "case kind when 'auditor' then scopes = array['audit']"
            " when 'partner' then scopes = array['partner']"
            " else not scopes && array['audit', 'partner'] end",
            name="kind_scopes",
        ),
        CheckConstraint("(revoked_at is null) = (revoked_by is null)", name="revoked"),
        CheckConstraint(
            "(first_year is null) = (last_year is null) and (first_year is null or kind = 'auditor')"
            " and first_year <= last_year and first_year >= 1900 and last_year <= 2999",
            name="years",
        ),
        Index("api_keys_organization_id_idx", "organization_id"),
        Index("api_keys_platform_id_idx", "platform_id"),
    )

    prefix: Mapped[str] = mapped_column(unique=True)
    secret_hash: Mapped[bytes] = mapped_column(repr=False)
    kind: Mapped[KeyKind]
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    expires_at: Mapped[datetime]
    made_by: Mapped[str]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organization.id), default=None)
    platform_id: Mapped[UUID | None] = mapped_column(ForeignKey(Platform.id), default=None)
    first_year: Mapped[int | None] = mapped_column(SmallInteger, default=None)
    last_year: Mapped[int | None] = mapped_column(SmallInteger, default=None)
    last_used_on: Mapped[date | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[str | None] = mapped_column(default=None)
