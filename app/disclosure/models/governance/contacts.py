"""Tables of how an organization is reached, and by which rules of its own it works."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.disclosure.models.governance.posts import Officer
from app.kit.database import Base, Record
from app.organizations.models import Organization


class PublicContact(Record, Base):
    """Where everybody reaches an organization from a day on; its contact person's name lies in the vault."""

    __tablename__ = "public_contacts"
    __table_args__ = (
        UniqueConstraint("organization_id", "effective_from", "version"),
        CheckConstraint("version >= 1", name="version"),
        ForeignKeyConstraint(["officer_id", "organization_id"], [Officer.id, Officer.organization_id]),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    effective_from: Mapped[date]
    version: Mapped[int]
    office: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    recorded_by: Mapped[str]
    email: Mapped[str | None] = mapped_column(default=None)
    officer_id: Mapped[UUID | None] = mapped_column(default=None)


class OfficialChannelKind(enum.StrEnum):
    """Through what an organization speaks in its own name."""

    website = "website"
    wechat_account = "wechat_account"
    mini_program = "mini_program"
    weibo = "weibo"
    video_account = "video_account"
    mobile_app = "mobile_app"
    other = "other"


class OfficialChannel(Record, Base):
    """A site or an account that an organization opened in its own name, from a day until a day."""

    __tablename__ = "official_channels"
    __table_args__ = (
        CheckConstraint("closed_on >= opened_on", name="closed"),
        ExcludeConstraint(
            ("organization_id", "="),
            ("kind", "="),
            ("address", "="),
            (text("daterange(opened_on, closed_on, '[]')"), "&&"),
            using="gist",
            name="official_channels_overlap_excl",
        ),
        Index("official_channels_organization_id_idx", "organization_id", "opened_on", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[OfficialChannelKind]
    name: Mapped[str]
    address: Mapped[str]
    opened_on: Mapped[date]
    recorded_by: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(default=None)


class SystemKind(enum.StrEnum):
    """What an internal system of rules is about; the first three are published by law."""

    disclosure = "disclosure"
    projects = "projects"
    finance_and_assets = "finance_and_assets"
    personnel = "personnel"
    volunteers = "volunteers"
    archives = "archives"
    other = "other"


PUBLISHED_SYSTEMS = (SystemKind.disclosure, SystemKind.projects, SystemKind.finance_and_assets)
"""Those that everybody may read (81号令 4): of disclosure, of projects, of finance and assets."""


class ManagementSystem(Record, Base):
    """An internal system (内部管理制度), from a day on until it is replaced or repealed."""

    __tablename__ = "management_systems"
    __table_args__ = (
        UniqueConstraint("organization_id", "title", "effective_from"),
        UniqueConstraint("id", "organization_id", "kind"),
        # One is replaced by one: of two at once the second is told.
        UniqueConstraint("replaces_id"),
        ForeignKeyConstraint(
            ["replaces_id", "organization_id", "kind"],
            [f"management_systems.{name}" for name in ("id", "organization_id", "kind")],
            name="management_systems_replaces_fkey",
        ),
        CheckConstraint("effective_from >= adopted_on", name="dates"),
        CheckConstraint("ends_on >= effective_from", name="ended"),
        Index("management_systems_organization_id_idx", "organization_id", "effective_from", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[SystemKind]
    title: Mapped[str]
    adopted_by: Mapped[str]
    adopted_on: Mapped[date]
    effective_from: Mapped[date]
    recorded_by: Mapped[str]
    replaces_id: Mapped[UUID | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)
