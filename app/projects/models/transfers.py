"""Tables of transfers: money from one member of the federation to another, and what comes back of it."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.ledger.movements.transfers import Nature


class TransferState(enum.StrEnum):
    """How far a transfer has come; `accounted` and `settled` are steps of an advance."""

    requested = "requested"
    approved = "approved"
    rejected = "rejected"
    withdrawn = "withdrawn"
    sent = "sent"
    received = "received"
    accounted = "accounted"
    settled = "settled"


def _values(states: type[TransferState]) -> list[str]:
    return [state.value for state in states]


def _named(name: str) -> Enum:
    return Enum(
        TransferState,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=_values,
    )


class Transfer(Record, Base):
    """Money that one member sends to another; in both books it goes by this row's id."""

    __tablename__ = "transfers"
    __table_args__ = (
        UniqueConstraint("code"),
        ForeignKeyConstraint(["fund_id", "sender_id"], ["funds.id", "funds.organization_id"]),
        ForeignKeyConstraint(["receiver_fund_id", "receiver_id"], ["funds.id", "funds.organization_id"]),
        CheckConstraint("sender_id <> receiver_id", name="two_members"),
        CheckConstraint("(fund_id is null) = (nature = 'agency')", name="fund"),
        # Agency money is handed on by the agreement with whom it belongs to.
        ForeignKeyConstraint(
            ["mandate_id", "sender_id"],
            ["agency_mandates.id", "agency_mandates.organization_id"],
            name="transfers_mandate_fkey",
        ),
        CheckConstraint("mandate_id is null or nature = 'agency'", name="mandate"),
        ForeignKeyConstraint(
            ["receiver_mandate_id", "receiver_id"],
            ["agency_mandates.id", "agency_mandates.organization_id"],
            name="transfers_receiver_mandate_fkey",
        ),
        CheckConstraint("receiver_mandate_id is null or nature = 'agency'", name="receiver_mandate"),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("returned_minor between 0 and amount", name="returned"),
        CheckConstraint(
            "(state in ('sent', 'received', 'accounted', 'settled')) = (sent_on is not null)", name="sent"
        ),
        CheckConstraint(
            "(state in ('received', 'accounted', 'settled')) = (received_on is not null)", name="received"
        ),
        CheckConstraint("state not in ('accounted', 'settled') or nature = 'advance'", name="advance"),
        Index("transfers_sender_id_idx", "sender_id", "id"),
        Index("transfers_receiver_id_idx", "receiver_id", "id"),
    )

    sender_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    code: Mapped[str]
    nature: Mapped[Nature]
    amount: Mapped[int]
    purpose: Mapped[str]
    requested_by: Mapped[str]
    fund_id: Mapped[UUID | None] = mapped_column(default=None)
    mandate_id: Mapped[UUID | None] = mapped_column(default=None)
    receiver_fund_id: Mapped[UUID | None] = mapped_column(default=None)
    # By which of its own agreements the receiver hands agency money on.
    receiver_mandate_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[TransferState] = mapped_column(default=TransferState.requested)
    sent_on: Mapped[date | None] = mapped_column(default=None)
    received_on: Mapped[date | None] = mapped_column(default=None)
    account: Mapped[str | None] = mapped_column(default=None)
    returned_minor: Mapped[int] = mapped_column(default=0)


class TransferStep(Record, Base):
    """That a transfer came into a state: who of which side brought it there, and why."""

    __tablename__ = "transfer_steps"
    __table_args__ = (
        # Of two who move a transfer at once one writes the next number, the other is refused.
        UniqueConstraint("transfer_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey(Transfer.id))
    number: Mapped[int]
    to_state: Mapped[TransferState]
    actor: Mapped[str]
    from_state: Mapped[TransferState | None] = mapped_column(_named("fromstate"), default=None)
    reason: Mapped[str | None] = mapped_column(default=None)


class TransferReturn(Record, Base):
    """What the receiver gives back of a transfer; on its way until the sender has it."""

    __tablename__ = "transfer_returns"
    __table_args__ = (
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("num_nulls(received_on, received_by) in (0, 2)", name="received"),
        Index("transfer_returns_transfer_id_idx", "transfer_id", "id"),
    )

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey(Transfer.id))
    amount: Mapped[int]
    sent_on: Mapped[date]
    reason: Mapped[str]
    given_by: Mapped[str]
    received_on: Mapped[date | None] = mapped_column(default=None)
    received_by: Mapped[str | None] = mapped_column(default=None)
