"""Tables of opening balances: as one person entered them, and who looked them over."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Staff


class OpeningSheet(Record, Base):
    """The balances with which books go live. They are booked when a second person has looked them over."""

    __tablename__ = "openings"
    __table_args__ = (
        CheckConstraint("made_by <> reviewed_by", name="two_people"),
        CheckConstraint("num_nulls(reviewed_by, reviewed_at, entry_ids) in (0, 3)", name="reviewed"),
        Index("openings_organization_id_idx", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    chart: Mapped[str]
    opened_on: Mapped[date]
    balances: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    unspent: Mapped[dict[str, int]] = mapped_column(JSONB)
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    entry_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid()), default=None)
