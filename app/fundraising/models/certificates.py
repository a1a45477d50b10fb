"""Tables of who may fundraise in public, where, and since when: certificates, platforms, emergencies."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Platform


class FundraisingCertificate(Record, Base):
    """An organization's certificate for public fundraising; it has one at a time."""

    __tablename__ = "fundraising_certificates"
    __table_args__ = (
        UniqueConstraint("organization_id", "number"),
        CheckConstraint("revoked_on >= issued_on", name="revoked"),
        CheckConstraint("(revoked_on is null) = (revoked_reason is null)", name="reason"),
        Index(
            "fundraising_certificates_live_idx",
            "organization_id",
            unique=True,
            postgresql_where=text("revoked_on is null"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    number: Mapped[str]
    authority: Mapped[str]
    issued_on: Mapped[date]
    recorded_by: Mapped[str]
    revoked_on: Mapped[date | None] = mapped_column(default=None)
    revoked_reason: Mapped[str | None] = mapped_column(default=None)
    revoked_by: Mapped[str | None] = mapped_column(default=None)


class StandingKind(enum.StrEnum):
    """What a platform is to the law: designated for fundraising, or a mere way to pay on an own page."""

    designated = "designated"
    payment_only = "payment_only"


class PlatformStanding(Record, Base):
    """As what a platform stands from when until when; never as two things on one day."""

    __tablename__ = "platform_standings"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="dates"),
        CheckConstraint("(kind = 'designated') = (batch is not null)", name="batch"),
        ExcludeConstraint(
            ("platform_id", "="),
            (text("daterange(valid_from, valid_to, '[]')"), "&&"),
            using="gist",
            name="platform_standings_overlap_excl",
        ),
    )

    platform_id: Mapped[UUID] = mapped_column(ForeignKey(Platform.id))
    kind: Mapped[StandingKind]
    valid_from: Mapped[date]
    actor: Mapped[str]
    batch: Mapped[str | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)


class Emergency(Record, Base):
    """A major emergency for which the response was opened, until the authority closes it."""

    __tablename__ = "emergencies"
    __table_args__ = (
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("closed_on >= opened_on", name="closed"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    response_level: Mapped[str]
    opened_on: Mapped[date]
    actor: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(default=None)
