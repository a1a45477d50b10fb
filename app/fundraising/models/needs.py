"""Tables of needs and offers: what places lack, what is offered, and which of the two belong together."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.goods.lots import COUNT_MAX
from app.kit.database import Base, Record
from app.organizations.models import Region


class NeedState(enum.StrEnum):
    """Whether somebody still waits for it."""

    open = "open"
    met = "met"
    withdrawn = "withdrawn"


class CommunityNeed(Record, Base):
    """What a place lacks, told so that somebody can give it; it names no person.

    A quantity that reads as a number of a unit is counted; of the rest only people know how much it is.
    """

    __tablename__ = "community_needs"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("(state = 'met') = (met_by is not null)", name="met"),
        CheckConstraint("num_nulls(unit, count, left_count) in (0, 3)", name="counted"),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        # The referee of all who agree on the same pieces at once; the same stands with offers.
        CheckConstraint("left_count between 0 and count", name="left"),
        Index("community_needs_organization_id_idx", "organization_id", "id"),
        Index("community_needs_open_idx", "unit", "id", postgresql_where=text("state = 'open'")),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    region_code: Mapped[str] = mapped_column(ForeignKey(Region.code))
    title: Mapped[str]
    quantity: Mapped[str]
    actor: Mapped[str]
    state: Mapped[NeedState] = mapped_column(default=NeedState.open)
    met_by: Mapped[str | None] = mapped_column(default=None)
    unit: Mapped[str | None] = mapped_column(default=None)
    count: Mapped[int | None] = mapped_column(default=None)
    # Of what nobody has agreed to give yet.
    left_count: Mapped[int | None] = mapped_column(default=None)


class OfferState(enum.StrEnum):
    """Whether it may still be asked for."""

    open = "open"
    withdrawn = "withdrawn"


class GoodsOffer(Record, Base):
    """Goods that somebody would give, told by the member that knows them; who offers is not told on."""

    __tablename__ = "goods_offers"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        CheckConstraint("left_count between 0 and count", name="left"),
        Index("goods_offers_organization_id_idx", "organization_id", "id"),
        Index("goods_offers_open_idx", "unit", "id", postgresql_where=text("state = 'open'")),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    title: Mapped[str]
    unit: Mapped[str]
    count: Mapped[int]
    left_count: Mapped[int]
    actor: Mapped[str]
    # Where it may go; anywhere if none is named.
    region_code: Mapped[str | None] = mapped_column(ForeignKey(Region.code), default=None)
    open_until: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[OfferState] = mapped_column(default=OfferState.open)


class NeedMatchState(enum.StrEnum):
    """How far a match has come; `fallen_through` also frees what was agreed."""

    proposed = "proposed"
    agreed = "agreed"
    delivered = "delivered"
    declined = "declined"
    fallen_through = "fallen_through"


class NeedMatch(Record, Base):
    """That so many pieces of an offer shall meet a need, and which side has agreed to that."""

    __tablename__ = "need_matches"
    __table_args__ = (
        ForeignKeyConstraint(
            ["need_id", "need_organization_id"],
            [CommunityNeed.id, CommunityNeed.organization_id],
            name="need_matches_need_fkey",
        ),
        ForeignKeyConstraint(
            ["offer_id", "offer_organization_id"],
            [GoodsOffer.id, GoodsOffer.organization_id],
            name="need_matches_offer_fkey",
        ),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        CheckConstraint("num_nulls(need_agreed_by, need_agreed_at) in (0, 2)", name="need_agreed"),
        CheckConstraint("num_nulls(offer_agreed_by, offer_agreed_at) in (0, 2)", name="offer_agreed"),
        # Neither side speaks for the other.
        CheckConstraint(
            "state in ('declined', 'fallen_through')"
            " or (state = 'proposed') = (num_nulls(need_agreed_at, offer_agreed_at) > 0)",
            name="agreed",
        ),
        CheckConstraint("(state = 'delivered') = (delivered_on is not null)", name="delivered"),
        CheckConstraint(
            "(state in ('declined', 'fallen_through')) = (ended_by is not null)"
            " and num_nulls(ended_by, ended_reason) in (0, 2)",
            name="ended",
        ),
        Index(
            "need_matches_standing_idx",
            *("need_id", "offer_id"),
            unique=True,
            postgresql_where=text("state in ('proposed', 'agreed')"),
        ),
        Index("need_matches_need_organization_id_idx", "need_organization_id", "id"),
        Index("need_matches_offer_organization_id_idx", "offer_organization_id", "id"),
        Index("need_matches_offer_id_idx", "offer_id"),
    )

    need_id: Mapped[UUID]
    need_organization_id: Mapped[UUID]
    offer_id: Mapped[UUID]
    offer_organization_id: Mapped[UUID]
    count: Mapped[int]
    proposed_by: Mapped[str]
    state: Mapped[NeedMatchState] = mapped_column(default=NeedMatchState.proposed)
    need_agreed_by: Mapped[str | None] = mapped_column(default=None)
    need_agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    offer_agreed_by: Mapped[str | None] = mapped_column(default=None)
    offer_agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    delivered_on: Mapped[date | None] = mapped_column(default=None)
    ended_by: Mapped[str | None] = mapped_column(default=None)
    ended_reason: Mapped[str | None] = mapped_column(default=None)
