"""Tables of what donors ask for: documents on a gift, a copy of their data, their erasure."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.donations import Donation
from app.kit.database import Base, Record


class DonorRequestKind(enum.StrEnum):
    """What a donor may ask of an organization by law."""

    documents = "documents"
    export = "export"
    erasure = "erasure"


class DonorRequestState(enum.StrEnum):
    """Where a request stands."""

    open = "open"
    answered = "answered"
    done = "done"
    postponed = "postponed"
    refused = "refused"


class RetentionGround(enum.StrEnum):
    """Why an erasure has to wait, or is refused for now."""

    receipt_retention = "receipt_retention"
    receipt_underway = "receipt_underway"


class DonorWish(Record, Base):
    """What a donor asked of an organization. Their words and the answer's lie in the vault of the donor."""

    __tablename__ = "donor_requests"
    __table_args__ = (
        CheckConstraint("(kind = 'documents') = (donation_id is not null)", name="gift"),
        CheckConstraint("(donation_id is null) = (person_id is null)", name="person"),
        CheckConstraint("(closed_at is null) = (closed_by is null)", name="closed"),
        CheckConstraint("(state in ('open', 'postponed')) = (closed_at is null)", name="ended"),
        CheckConstraint("state not in ('open', 'postponed') or due_on is not null", name="due"),
        CheckConstraint("ground is not null or state not in ('postponed', 'refused')", name="ground"),
        Index(
            "donor_requests_documents_idx",
            "donation_id",
            unique=True,
            postgresql_where=text("kind = 'documents' and state = 'open'"),
        ),
        Index(
            "donor_requests_erasure_idx",
            *("organization_id", "visitor_id"),
            unique=True,
            postgresql_where=text("kind = 'erasure' and state = 'postponed'"),
        ),
        Index("donor_requests_organization_idx", "organization_id", "id"),
        Index("donor_requests_visitor_idx", "visitor_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("visitors.id"))
    kind: Mapped[DonorRequestKind]
    state: Mapped[DonorRequestState]
    due_on: Mapped[date | None] = mapped_column(default=None)
    donation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Donation.id), default=None)
    person_id: Mapped[UUID | None] = mapped_column(default=None)
    ground: Mapped[RetentionGround | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[str | None] = mapped_column(default=None)
