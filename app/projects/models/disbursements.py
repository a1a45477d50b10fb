"""Tables of disbursements: money asked for, decided, ordered and paid, each state with who and when."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.projects.models.payees import PayeeAccount, PayeeAgreement
from app.projects.models.register import Project


class DisbursementKind(enum.StrEnum):
    """What money is paid out for; it decides when the money has reached its beneficiary."""

    aid = "aid"
    purchase = "purchase"
    household_purchase = "household_purchase"
    works = "works"
    partner = "partner"
    collective = "collective"


class DisbursementState(enum.StrEnum):
    """How far a disbursement has come."""

    requested = "requested"
    approved = "approved"
    rejected = "rejected"
    withdrawn = "withdrawn"
    ordered = "ordered"
    failed = "failed"
    paid = "paid"
    confirmed = "confirmed"


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


def _values(states: type[DisbursementState]) -> list[str]:
    return [state.value for state in states]


def _named(name: str) -> Enum:
    return Enum(
        DisbursementState,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=_values,
    )


class Disbursement(Record, Base):
    """Money that a fund shall pay to somebody outside the federation for a project."""

    __tablename__ = "disbursements"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(["project_id", "organization_id"], [Project.id, Project.organization_id]),
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        ForeignKeyConstraint(
            ["agreement_id", "project_id", "counterparty_id"],
            [PayeeAgreement.id, PayeeAgreement.project_id, PayeeAgreement.counterparty_id],
            name="disbursements_agreement_fkey",
        ),
        CheckConstraint(f"amount between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("returned_minor between 0 and amount", name="returned"),
        # What is bought from poor households, and from how many of them, is known before it is paid.
        CheckConstraint(
            "(kind = 'household_purchase') = (item is not null and household_count is not null)"
            " and (item is null) = (household_count is null)",
            name="households",
        ),
        CheckConstraint("household_count >= 1", name="household_count"),
        CheckConstraint(
            "(posting_id is not null) = (state in ('ordered', 'paid', 'confirmed'))", name="posting"
        ),
        CheckConstraint("(state in ('paid', 'confirmed')) = (paid_on is not null)", name="paid"),
        CheckConstraint("(state = 'confirmed') = (confirmed_on is not null)", name="confirmed"),
        Index("disbursements_organization_id_idx", "organization_id", "id"),
        Index("disbursements_project_id_idx", "project_id", "id"),
        Index(
            "disbursements_agreement_id_idx",
            "agreement_id",
            postgresql_where=text("agreement_id is not null"),
        ),
    )

    organization_id: Mapped[UUID]
    project_id: Mapped[UUID]
    counterparty_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    fund_id: Mapped[UUID]
    code: Mapped[str]
    kind: Mapped[DisbursementKind]
    amount: Mapped[int]
    purpose: Mapped[str]
    requested_by: Mapped[str]
    agreement_id: Mapped[UUID | None] = mapped_column(default=None)
    item: Mapped[str | None] = mapped_column(default=None)
    household_count: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[DisbursementState] = mapped_column(default=DisbursementState.requested)
    posting_id: Mapped[UUID | None] = mapped_column(ForeignKey("postings.id"), default=None)
    paid_on: Mapped[date | None] = mapped_column(default=None)
    confirmed_on: Mapped[date | None] = mapped_column(default=None)
    returned_minor: Mapped[int] = mapped_column(default=0)


class DisbursementStep(Record, Base):
    """That a disbursement came into a state: who brought it there, and why."""

    __tablename__ = "disbursement_steps"
    __table_args__ = (
        # Of two who move a disbursement at once one writes the next number, the other is refused.
        UniqueConstraint("disbursement_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    disbursement_id: Mapped[UUID] = mapped_column(ForeignKey(Disbursement.id))
    number: Mapped[int]
    to_state: Mapped[DisbursementState]
    actor: Mapped[str]
    from_state: Mapped[DisbursementState | None] = mapped_column(_named("fromstate"), default=None)
    reason: Mapped[str | None] = mapped_column(default=None)


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
        CheckConstraint("failure is null or outcome = 'failed'", name="failure"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey(PaymentOrder.id))
    number: Mapped[int]
    disbursement_id: Mapped[UUID] = mapped_column(ForeignKey(Disbursement.id))
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    payee_account_id: Mapped[UUID | None] = mapped_column(ForeignKey(PayeeAccount.id), default=None)
    outcome: Mapped[PaymentOutcome | None] = mapped_column(default=None)
    outcome_on: Mapped[date | None] = mapped_column(default=None)
    failure: Mapped[str | None] = mapped_column(default=None)


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
