"""Tables of campaigns: appeals for money, their designations, and the totals that pages read."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.certificates import Emergency
from app.kit.database import Base, Record


class CampaignState(enum.StrEnum):
    """The life of a campaign."""

    draft = "draft"
    open = "open"
    closed = "closed"


class CampaignKind(enum.StrEnum):
    """Whom a campaign asks: the public, an invited circle; or one of before the law that judges them now."""

    public = "public"
    targeted = "targeted"
    historical = "historical"


class Campaign(Record, Base):
    """An appeal for money with one filing. Its code is on paper and in leaves, so it never changes."""

    __tablename__ = "campaigns"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("target_minor between 1 and 1000000000000000", name="target"),
        CheckConstraint("(state = 'draft') = (opened_at is null)", name="opened"),
        CheckConstraint("(state = 'closed') = (closed_at is not null)", name="closed"),
        # The rules for plans hold from this day on: what began before is loaded, not judged.
        CheckConstraint("kind <> 'historical' or starts_on < date '2024-09-05'", name="historical"),
        Index("campaigns_organization_id_idx", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    purpose: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    target_minor: Mapped[int | None] = mapped_column(default=None)
    filing_no: Mapped[str | None] = mapped_column(default=None, unique=True)
    state: Mapped[CampaignState] = mapped_column(default=CampaignState.draft)
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    kind: Mapped[CampaignKind] = mapped_column(default=CampaignKind.public)
    # Through its campaign a gift belongs to an emergency.
    emergency_id: Mapped[UUID | None] = mapped_column(ForeignKey(Emergency.id), default=None, index=True)
    version: Mapped[int] = mapped_column(default=1)


class Designation(Record, Base):
    """A use of a campaign's money that a donor may choose, with the fund that keeps it and its accounts."""

    __tablename__ = "designations"
    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        Index("designations_default_idx", "campaign_id", unique=True, postgresql_where=text("is_default")),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    code: Mapped[str]
    title: Mapped[str]
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"), unique=True)
    income_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    is_default: Mapped[bool] = mapped_column(default=False)


class CampaignDay(Base):
    """What a campaign received and gave back through one channel on one day (of `occurred_at`)."""

    __tablename__ = "campaign_days"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), primary_key=True)
    raised: Mapped[int]
    gift_count: Mapped[int]
    refunded: Mapped[int]
    refund_count: Mapped[int]


class CampaignDonor(Base):
    """That a gift of an identified donor stands in a campaign, or several do."""

    __tablename__ = "campaign_donors"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    donor_id: Mapped[UUID] = mapped_column(ForeignKey("donors.id"), primary_key=True)


class CampaignTotal(Base):
    """How many identified donors a campaign has, each once."""

    __tablename__ = "campaign_totals"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    donor_count: Mapped[int]
