"""Tables of where goods are kept: warehouses, and the funds that hold what they are worth."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class Warehouse(Record, Base):
    """A place where an organization keeps goods; closed, it takes in no more."""

    __tablename__ = "warehouses"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        # What lies in it points here with its organization: nothing lies in another member's warehouse.
        UniqueConstraint("id", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    name: Mapped[str]
    address: Mapped[str | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class GoodsFund(Base):
    """The fund that holds the value of a fund's goods: goods are never spent as if they were money."""

    __tablename__ = "goods_funds"
    __table_args__ = (CheckConstraint("fund_id <> stock_fund_id", name="two_funds"),)

    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    stock_fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"), unique=True)
