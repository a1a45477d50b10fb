"""Tables of payments: disbursements ordered from one channel, and what the bank says became of them."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.projects.models.disbursements import Disbursement
from app.projects.models.payees import PayeeAccount


class PaymentOutcome(enum.StrEnum):
    """What became of an ordered payment."""

    paid = "paid"
    failed = "failed"


class ResultProblem(enum.StrEnum):
    """Why a row of a bank's results is nobody's payment."""

    unknown = "unknown"
    twice = "twice"
    amount_differs = "amount_differs"
    outcome_unread = "outcome_unread"
    decided_before = "decided_before"


class PaymentOrder(Record, Base):
    """An order to pay from one channel: a file for its bank, or cash handed over."""

    __tablename__ = "payment_orders"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        CheckConstraint("item_count >= 1 and amount >= 1", name="items"),
        Index("payment_orders_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    item_count: Mapped[int]
    amount: Mapped[int]
    ordered_by: Mapped[str]


class PaymentItem(Record, Base):
    """One payment of an order, booked when it was ordered; a failed one is reversed and ordered anew."""

    __tablename__ = "payment_items"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        # The referee of paying twice: a disbursement has one payment that has not failed.
        Index(
            "payment_items_standing_idx",
            "disbursement_id",
            unique=True,
            postgresql_where=text("outcome is distinct from 'failed'"),
        ),
        CheckConstraint("num_nulls(outcome, outcome_on) in (0, 2)", name="outcome"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey(PaymentOrder.id))
    number: Mapped[int]
    disbursement_id: Mapped[UUID] = mapped_column(ForeignKey(Disbursement.id))
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    payee_account_id: Mapped[UUID | None] = mapped_column(ForeignKey(PayeeAccount.id), default=None)
    outcome: Mapped[PaymentOutcome | None] = mapped_column(default=None)
    outcome_on: Mapped[date | None] = mapped_column(default=None)


class PaymentResult(Record, Base):
    """A bank's file of results for an order, known again by its content: it has an effect once."""

    __tablename__ = "payment_results"
    __table_args__ = (UniqueConstraint("order_id", "file_mac"),)

    order_id: Mapped[UUID] = mapped_column(ForeignKey(PaymentOrder.id))
    file_mac: Mapped[bytes] = mapped_column(repr=False)
    paid_count: Mapped[int]
    failed_count: Mapped[int]
    known_count: Mapped[int]
    actor: Mapped[str]


class PaymentResultRow(Record, Base):
    """A row of a bank's results that is none of the order's payments, or says something else of one."""

    __tablename__ = "payment_result_rows"
    __table_args__ = (UniqueConstraint("result_id", "line"),)

    result_id: Mapped[UUID] = mapped_column(ForeignKey(PaymentResult.id))
    line: Mapped[int]
    problem: Mapped[ResultProblem]
    reference: Mapped[str | None] = mapped_column(default=None)
