"""Tables of orders: gifts that somebody is about to pay."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.donations import DonorKind
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX


class OrderState(enum.StrEnum):
    """Where an order stands. It is told from the gift under its number and from the clock, kept nowhere."""

    open = "open"
    paid = "paid"
    expired = "expired"


class DonationOrder(Record, Base):
    """What somebody means to give, under the number by which the payment platform will tell of the gift.

    It is no gift and no money. What was said with it is in the vault until the gift has taken it over.
    """

    __tablename__ = "donation_orders"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("expires_at > created_at", name="expires"),
        CheckConstraint("octet_length(secret_mac) = 32", name="secret"),
        Index("donation_orders_organization_id_id_idx", "organization_id", "id"),
        Index(
            "donation_orders_waiting_idx",
            "expires_at",
            postgresql_where=text("donation_id is null and forgotten_at is null"),
        ),
    )

    organization_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    number: Mapped[str] = mapped_column(unique=True)
    secret_mac: Mapped[bytes]
    amount: Mapped[int]
    terms_version: Mapped[str]
    expires_at: Mapped[datetime]
    person_id: Mapped[UUID]
    designation: Mapped[str | None] = mapped_column(default=None)
    donor_kind: Mapped[DonorKind] = mapped_column(default=DonorKind.individual)
    anonymous: Mapped[bool] = mapped_column(default=False)
    show_name: Mapped[bool] = mapped_column(default=False)
    show_amount: Mapped[bool] = mapped_column(default=True)
    show_message: Mapped[bool] = mapped_column(default=False)
    donation_id: Mapped[UUID | None] = mapped_column(ForeignKey("donations.id"), default=None, unique=True)
    forgotten_at: Mapped[datetime | None] = mapped_column(default=None)
