"""Tables of handing out (发放): to whom goods went, from which lots, and what shows that they came there."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.goods.lots import COUNT_MAX
from app.kit.database import Base, Record


class RecipientKind(enum.StrEnum):
    """Whether goods went to an organization or to a person."""

    organization = "organization"
    person = "person"


class GoodsHandout(Record, Base):
    """Goods given to whom they are meant for; a person's name is in the vault, under the hand-out's id."""

    __tablename__ = "goods_handouts"
    __table_args__ = (
        UniqueConstraint("organization_id", "reference"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("(recipient_kind = 'person') = (recipient is null)", name="recipient"),
        CheckConstraint("(value_minor > 0) = (entry_id is not null)", name="booked"),
        CheckConstraint("value_minor >= 0", name="value"),
        CheckConstraint("num_nulls(signed_on, signed_recorded_by) in (0, 2)", name="signed"),
        CheckConstraint("signed_on >= handed_on", name="signed_on"),
        CheckConstraint("num_nulls(reversed_on, reversed_by) in (0, 2)", name="reversed"),
        # What a recipient has signed for has reached them: it is not taken back.
        CheckConstraint("reversed_on is null or signed_on is null", name="one_end"),
        CheckConstraint(
            "(reversal_entry_id is not null) = (reversed_on is not null and entry_id is not null)",
            name="reversal",
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    reference: Mapped[str]
    handed_on: Mapped[date]
    recipient_kind: Mapped[RecipientKind]
    recipient: Mapped[str | None]
    value_minor: Mapped[int]
    actor: Mapped[str]
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    counterparty_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    signed_on: Mapped[date | None] = mapped_column(default=None)
    signed_recorded_by: Mapped[str | None] = mapped_column(default=None)
    reversed_on: Mapped[date | None] = mapped_column(default=None)
    reversed_by: Mapped[str | None] = mapped_column(default=None)
    reversal_entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)


class GoodsHandoutLine(Record, Base):
    """A part of a lot that was handed out, with what it was worth in the books."""

    __tablename__ = "goods_handout_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["handout_id", "organization_id"], ["goods_handouts.id", "goods_handouts.organization_id"]
        ),
        UniqueConstraint("handout_id", "lot_id"),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        CheckConstraint("value_minor >= 0", name="value"),
        Index("goods_handout_lines_lot_id_idx", "lot_id"),
    )

    organization_id: Mapped[UUID]
    handout_id: Mapped[UUID]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("goods_lots.id"))
    count: Mapped[int]
    value_minor: Mapped[int]
