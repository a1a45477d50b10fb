"""Tables of channels: where the money of an organization lies."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base


class ChannelKind(enum.StrEnum):
    """Where a channel's money lies: a merchant account (1009), a bank account (1002) or a cash box (1001)."""

    merchant = "merchant"
    bank = "bank"
    cash = "cash"


class Channel(Base):
    """A named place of one organization where gifts land, with the leaf accounts that it books to."""

    __tablename__ = "channels"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("platform_id is null or kind = 'merchant'", name="platform"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[ChannelKind]
    chart: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    suspense_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    refunds_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    platform_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), unique=True, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
