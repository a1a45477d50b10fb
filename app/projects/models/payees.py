"""Tables of payees: their bank details, who is related to them, and the agreements they are paid by."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.projects.models.register import Project


class PayeeAccountState(enum.StrEnum):
    """Whether bank details may be paid to; those that a later confirmation replaced stay on record."""

    proposed = "proposed"
    confirmed = "confirmed"
    declined = "declined"
    replaced = "replaced"


class PayeeAccount(Record, Base):
    """Where a payee is paid. Holder, number and bank are in the vault under the payee's own id."""

    __tablename__ = "payee_accounts"
    __table_args__ = (
        UniqueConstraint("id", "counterparty_id"),
        # The database keeps the two people apart, whatever a rule forgets.
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("num_nulls(decided_by, decided_at) in (0, 2)", name="decided"),
        CheckConstraint("(state = 'proposed') = (decided_by is null)", name="state"),
        Index(
            "payee_accounts_confirmed_idx",
            "counterparty_id",
            unique=True,
            postgresql_where=text("state = 'confirmed'"),
        ),
        Index(
            "payee_accounts_proposed_idx",
            "counterparty_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("payee_accounts_number_idx", "organization_id", "number_index"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    counterparty_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    number_last: Mapped[str]
    number_index: Mapped[bytes] = mapped_column(repr=False)
    proposed_by: Mapped[str]
    state: Mapped[PayeeAccountState] = mapped_column(default=PayeeAccountState.proposed)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)


class PayeeRelation(Record, Base):
    """That a person who works here is related to a payee, and so keeps away from what is paid to it."""

    __tablename__ = "payee_relations"
    __table_args__ = (
        UniqueConstraint("counterparty_id", "staff_id"),
        Index("payee_relations_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    counterparty_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    declared_by: Mapped[str]


class PayeeAgreement(Record, Base):
    """By which agreement a payee is paid for a project: from when until when, how much, reports or not."""

    __tablename__ = "payee_agreements"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "project_id", "counterparty_id"),
        ForeignKeyConstraint(["project_id", "organization_id"], [Project.id, Project.organization_id]),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("valid_to >= valid_from", name="valid"),
        CheckConstraint("cap_minor between 1 and 1000000000000000", name="cap"),
        CheckConstraint("num_nulls(ended_on, ended_by) in (0, 2)", name="ended"),
        Index("payee_agreements_project_id_idx", "project_id", "id"),
    )

    organization_id: Mapped[UUID]
    project_id: Mapped[UUID]
    counterparty_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    purpose: Mapped[str]
    signed_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    reports_due: Mapped[bool]
    made_by: Mapped[str]
    cap_minor: Mapped[int | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ended_by: Mapped[str | None] = mapped_column(default=None)
