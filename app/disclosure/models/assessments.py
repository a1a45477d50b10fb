"""Tables of impact assessments: what processing of personal data is for, what it risks, and what is done."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization


class Processing(enum.StrEnum):
    """A way in which this system processes personal data that asks for an assessment first (PIPL 55)."""

    donor_records = "donor_records"
    donor_publication = "donor_publication"
    beneficiary_records = "beneficiary_records"
    aid_case_health = "aid_case_health"
    payee_accounts = "payee_accounts"
    volunteer_records = "volunteer_records"
    complaint_texts = "complaint_texts"
    name_publication = "name_publication"


class ImpactAssessment(Record, Base):
    """An assessment, in force once somebody else has reviewed it, until a later one takes its place.

    It is kept: no right to delete it is granted to anybody (PIPL 56 asks for three years at least).
    """

    __tablename__ = "impact_assessments"
    __table_args__ = (
        CheckConstraint("(reviewed_by is null) = (reviewed_on is null)", name="reviewed"),
        CheckConstraint("reviewed_by <> recorded_by", name="reviewer"),
        CheckConstraint("superseded_on >= assessed_on", name="superseded"),
        # One is in force at a time, and one waits for its review: the later takes the place of the earlier.
        Index(
            "impact_assessments_in_force_idx",
            *("organization_id", "processing"),
            unique=True,
            postgresql_where=text("superseded_on is null and reviewed_by is not null"),
        ),
        Index("impact_assessments_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    processing: Mapped[Processing]
    purpose: Mapped[str]
    necessity: Mapped[str]
    risks: Mapped[str]
    measures: Mapped[str]
    assessed_on: Mapped[date]
    recorded_by: Mapped[str]
    reviewed_by: Mapped[str | None] = mapped_column(default=None)
    reviewed_on: Mapped[date | None] = mapped_column(default=None)
    superseded_on: Mapped[date | None] = mapped_column(default=None)
