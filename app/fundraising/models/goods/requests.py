"""Tables of asking: hand-outs that wait for an approval, and the goods that are set aside for them."""

import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.fundraising.models.goods.handouts import RecipientKind
from app.fundraising.models.goods.lots import COUNT_MAX
from app.kit.database import Base, Record


class GoodsRequestState(enum.StrEnum):
    """How a request stands; an approved one is handed out."""

    waiting = "waiting"
    approved = "approved"
    rejected = "rejected"
    withdrawn = "withdrawn"


class RequestedHandout(Record, Base):
    """A hand-out that others decide first; its goods are set aside until they have."""

    __tablename__ = "goods_requests"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        UniqueConstraint("approval_id"),
        UniqueConstraint("handout_id"),
        CheckConstraint("(recipient_kind = 'person') = (recipient is null)", name="recipient"),
        CheckConstraint("value_minor >= 0", name="value"),
        CheckConstraint("(state = 'approved') = (handout_id is not null)", name="handed_out"),
        CheckConstraint("handout_id = id", name="handout"),
        # A number is free again when what was asked for under it did not leave.
        Index(
            "goods_requests_reference_idx",
            *("organization_id", "reference"),
            unique=True,
            postgresql_where=text("state in ('waiting', 'approved')"),
        ),
        Index("goods_requests_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    approval_id: Mapped[UUID] = mapped_column(ForeignKey("approvals.id"))
    reference: Mapped[str]
    recipient_kind: Mapped[RecipientKind]
    recipient: Mapped[str | None]
    value_minor: Mapped[int]
    actor: Mapped[str]
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    counterparty_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    state: Mapped[GoodsRequestState] = mapped_column(default=GoodsRequestState.waiting)
    handout_id: Mapped[UUID | None] = mapped_column(ForeignKey("goods_handouts.id"), default=None)


class GoodsRequestLine(Record, Base):
    """A part of a lot that is set aside for a request, with what it is worth in the books."""

    __tablename__ = "goods_request_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "organization_id"], ["goods_requests.id", "goods_requests.organization_id"]
        ),
        UniqueConstraint("request_id", "lot_id"),
        CheckConstraint(f"count between 1 and {COUNT_MAX}", name="count"),
        CheckConstraint("value_minor >= 0", name="value"),
        Index("goods_request_lines_lot_id_idx", "lot_id"),
    )

    organization_id: Mapped[UUID]
    request_id: Mapped[UUID]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("goods_lots.id"))
    count: Mapped[int]
    value_minor: Mapped[int]
