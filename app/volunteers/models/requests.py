"""Table of requests for certificates: what a volunteer asked for, until when, and how it was answered."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class CertificateRequestState(enum.StrEnum):
    """The life of a request."""

    open = "open"
    issued = "issued"
    refused = "refused"
    withdrawn = "withdrawn"


class RequestedCertificate(Record, Base):
    """That a volunteer wants a certificate from an organization; one is open. Why not lies in the vault."""

    __tablename__ = "certificate_requests"
    __table_args__ = (
        # What a request ends in is a certificate of the same organization for the same person.
        ForeignKeyConstraint(
            ["certificate_id", "organization_id", "volunteer_id"],
            ["certificates.id", "certificates.organization_id", "certificates.volunteer_id"],
            name="certificate_requests_certificate_fkey",
        ),
        UniqueConstraint("certificate_id"),
        CheckConstraint("(state = 'open') = (answered_at is null)", name="answered"),
        CheckConstraint("num_nulls(answered_at, answered_by) in (0, 2)", name="answer"),
        CheckConstraint("(state = 'issued') = (certificate_id is not null)", name="issued"),
        CheckConstraint("served_on_to >= served_on_from", name="dates"),
        Index(
            "certificate_requests_open_idx",
            "organization_id",
            "volunteer_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("certificate_requests_volunteer_id_idx", "volunteer_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    due_on: Mapped[date]
    served_on_from: Mapped[date | None] = mapped_column(default=None)
    served_on_to: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[CertificateRequestState] = mapped_column(default=CertificateRequestState.open)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[str | None] = mapped_column(default=None)
    certificate_id: Mapped[UUID | None] = mapped_column(default=None)
