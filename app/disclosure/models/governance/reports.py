"""Tables of what annual reports ask for and no book tells: audit, cooperation abroad, costs above the cap."""

import enum
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization


class AuditOpinion(enum.StrEnum):
    """What an auditor says of accounts (CSA 1501, 1502)."""

    unqualified = "unqualified"
    qualified = "qualified"
    adverse = "adverse"
    disclaimer = "disclaimer"


class AnnualAudit(Record, Base):
    """The audit of a year's accounts, with its report as a file; a later version corrects an earlier one.

    The firm signs: the names of those who signed for it stand in the report, and nowhere here.
    """

    __tablename__ = "annual_audits"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "version"),
        CheckConstraint("version >= 1", name="version"),
        # Accounts are audited when the year is over.
        CheckConstraint("extract(year from signed_on) > year", name="signed"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    year: Mapped[int]
    version: Mapped[int]
    firm: Mapped[str]
    report_no: Mapped[str]
    opinion: Mapped[AuditOpinion]
    signed_on: Mapped[date]
    recorded_by: Mapped[str]


class ForeignCooperation(Record, Base):
    """A year's cooperation with organizations and persons abroad; no line says that there was none.

    A later version corrects an earlier one.
    """

    __tablename__ = "foreign_cooperations"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("jsonb_array_length(lines) <= 100", name="lines"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    year: Mapped[int]
    version: Mapped[int]
    # Each with `partner` (an organization's name, null for a person), `place`, `matter`, `amount_minor`.
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    recorded_by: Mapped[str]


class ExceptionReport(Record, Base):
    """On which grounds administration cost more than its cap in a year, as the authority was told (ZC 14).

    A later version corrects an earlier one; without a line nothing is claimed.
    """

    __tablename__ = "exception_reports"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("jsonb_array_length(lines) <= 10", name="lines"),
        # Nobody tells of a year before it has begun.
        CheckConstraint("extract(year from reported_on) >= year", name="reported"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    year: Mapped[int]
    version: Mapped[int]
    authority: Mapped[str]
    reported_on: Mapped[date]
    # Each with `exception_id`, of the provisions of its year, and `explanation`, which is published.
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    recorded_by: Mapped[str]
