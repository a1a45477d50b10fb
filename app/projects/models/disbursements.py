"""Tables of disbursements: money asked for and decided, each state with who and when."""

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
from app.projects.models.budgets import CostKind
from app.projects.models.payees import PayeeAgreement
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


_STANDS = "state not in ('rejected', 'withdrawn') and returned_minor < amount"


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
        # An aid case is paid out of its own project, a village's request to that very village.
        ForeignKeyConstraint(
            ["aid_case_id", "project_id"],
            ["aid_cases.id", "aid_cases.project_id"],
            name="disbursements_aid_case_fkey",
        ),
        ForeignKeyConstraint(
            ["village_request_id", "counterparty_id"],
            ["village_requests.id", "village_requests.village_id"],
            name="disbursements_village_request_fkey",
        ),
        CheckConstraint("aid_case_id is null or kind = 'aid'", name="aid_case"),
        CheckConstraint("village_request_id is null or kind = 'collective'", name="village_request"),
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
        # One disbursement pays a case or a request, unless it came to nothing or all of it came back.
        Index(
            "disbursements_aid_case_id_idx",
            "aid_case_id",
            unique=True,
            postgresql_where=text(f"aid_case_id is not null and {_STANDS}"),
        ),
        Index(
            "disbursements_village_request_id_idx",
            "village_request_id",
            unique=True,
            postgresql_where=text(f"village_request_id is not null and {_STANDS}"),
        ),
    )

    organization_id: Mapped[UUID]
    project_id: Mapped[UUID]
    counterparty_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    fund_id: Mapped[UUID]
    code: Mapped[str]
    kind: Mapped[DisbursementKind]
    cost: Mapped[CostKind]
    amount: Mapped[int]
    purpose: Mapped[str]
    requested_by: Mapped[str]
    agreement_id: Mapped[UUID | None] = mapped_column(default=None)
    item: Mapped[str | None] = mapped_column(default=None)
    household_count: Mapped[int | None] = mapped_column(default=None)
    aid_case_id: Mapped[UUID | None] = mapped_column(default=None)
    village_request_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[DisbursementState] = mapped_column(default=DisbursementState.requested)
    posting_id: Mapped[UUID | None] = mapped_column(ForeignKey("postings.id"), default=None)
    paid_on: Mapped[date | None] = mapped_column(default=None)
    confirmed_on: Mapped[date | None] = mapped_column(default=None)
    returned_minor: Mapped[int] = mapped_column(default=0)


class DisbursementStep(Record, Base):
    """That a disbursement came into a state, and who brought it there; why lies in the vault."""

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
