"""Tables of channels: where the money of an organization lies."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models import Staff


class ChannelKind(enum.StrEnum):
    """Where a channel's money lies: a merchant account (1009), a bank account (1002) or a cash box (1001)."""

    merchant = "merchant"
    bank = "bank"
    cash = "cash"


class Channel(Base):
    """A named place of one organization where gifts land, with the leaf accounts that it books to.

    Its account number is sealed in the vault under the channel's own id; here stand the last four digits and
    a blind index. `in_plans` says whether a campaign's filed plan may name it.
    """

    __tablename__ = "channels"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("platform_id is null or kind = 'merchant'", name="platform"),
        CheckConstraint("currency = 'CNY'", name="currency"),
        CheckConstraint("cash_limit_minor is null or kind = 'cash'", name="cash_limit"),
        UniqueConstraint("organization_id", "number_index"),
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
    bank_name: Mapped[str | None] = mapped_column(default=None)
    branch: Mapped[str | None] = mapped_column(default=None)
    number_last: Mapped[str | None] = mapped_column(default=None)
    number_index: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    currency: Mapped[str] = mapped_column(default="CNY")
    purpose: Mapped[str | None] = mapped_column(default=None)
    opened_on: Mapped[date | None] = mapped_column(default=None)
    in_plans: Mapped[bool] = mapped_column(default=False)
    cash_limit_minor: Mapped[int | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)


class Signatory(Record, Base):
    """That a person may sign for a channel's money, from when until when."""

    __tablename__ = "signatories"
    __table_args__ = (
        CheckConstraint("ended_at >= created_at", name="ended"),
        # One person signs once at a time; whoever signed before stays on record.
        Index(
            "signatories_signing_key",
            *("channel_id", "staff_id"),
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
    )

    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    named_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[str | None] = mapped_column(default=None)
