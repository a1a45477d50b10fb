"""Tables of charitable trusts and other lasting undertakings: named funds, love supermarkets."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Region


class TrustRole(enum.StrEnum):
    """What the organization that keeps the record is in a trust."""

    settlor = "settlor"
    trustee = "trustee"
    protector = "protector"


class CharitableTrust(Record, Base):
    """A charitable trust (慈善信托). A settlor who does not agree to be named is in the vault alone."""

    __tablename__ = "charitable_trusts"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint(f"property_minor between 1 and {AMOUNT_MINOR_MAX}", name="property"),
        CheckConstraint("ended_on >= signed_on", name="ended"),
        CheckConstraint("published_on >= signed_on", name="published"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    title: Mapped[str]
    role: Mapped[TrustRole]
    purpose: Mapped[str]
    beneficiary_scope: Mapped[str]
    property_minor: Mapped[int]
    signed_on: Mapped[date]
    settlor_public: Mapped[bool]
    actor: Mapped[str]
    protector: Mapped[str | None] = mapped_column(default=None)
    published_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)


class TrusteeKind(enum.StrEnum):
    """Who may be a trustee (Charity Law 47)."""

    charity = "charity"
    trust_company = "trust_company"


class Trusteeship(Record, Base):
    """Who is a trust's trustee from a day on, and when and how that was filed."""

    __tablename__ = "trusteeships"
    __table_args__ = (
        UniqueConstraint("trust_id", "starts_on"),
        CheckConstraint("filed_on >= starts_on", name="filed"),
        CheckConstraint("(filed_on is null) = (filing_no is null)", name="filing_no"),
    )

    trust_id: Mapped[UUID] = mapped_column(ForeignKey(CharitableTrust.id))
    trustee: Mapped[str]
    kind: Mapped[TrusteeKind]
    authority: Mapped[str]
    starts_on: Mapped[date]
    due_on: Mapped[date]
    actor: Mapped[str]
    filed_on: Mapped[date | None] = mapped_column(default=None)
    filing_no: Mapped[str | None] = mapped_column(unique=True, default=None)


class TrustReport(Record, Base):
    """What was reported of a trust for one year, to the authority and to everybody."""

    __tablename__ = "trust_reports"
    __table_args__ = (
        UniqueConstraint("trust_id", "year"),
        CheckConstraint("year between 2016 and 2999", name="year"),
        CheckConstraint(f"property_minor between 0 and {AMOUNT_MINOR_MAX}", name="property"),
        CheckConstraint(f"granted_minor between 0 and {AMOUNT_MINOR_MAX}", name="granted"),
    )

    trust_id: Mapped[UUID] = mapped_column(ForeignKey(CharitableTrust.id))
    year: Mapped[int]
    affairs: Mapped[str]
    property_minor: Mapped[int]
    granted_minor: Mapped[int]
    due_on: Mapped[date]
    reported_on: Mapped[date]
    published_on: Mapped[date]
    actor: Mapped[str]


class NamedFundKind(enum.StrEnum):
    """A fund that bears a donor's name, or a micro fund of a team or a village."""

    named = "named"
    micro = "micro"


class NamedFund(Record, Base):
    """A fund of the books that was founded by somebody, by an agreement if there is one."""

    __tablename__ = "named_funds"
    __table_args__ = (
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        UniqueConstraint("fund_id"),
    )

    organization_id: Mapped[UUID]
    fund_id: Mapped[UUID]
    kind: Mapped[NamedFundKind]
    purpose: Mapped[str]
    founded_on: Mapped[date]
    actor: Mapped[str]
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("donation_agreements.id"), default=None)


class LoveSupermarket(Record, Base):
    """A shop in which households fetch goods for points (爱心超市)."""

    __tablename__ = "love_supermarkets"
    __table_args__ = (
        UniqueConstraint("organization_id", "name"),
        CheckConstraint("household_count between 0 and 1000000", name="household_count"),
        CheckConstraint("closed_on >= opened_on", name="closed"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    name: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey(Region.code))
    address: Mapped[str]
    household_count: Mapped[int]
    opened_on: Mapped[date]
    actor: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(default=None)
