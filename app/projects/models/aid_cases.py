"""Tables of aid cases: who asks for help in an illness, who works on it, who looked and asked again."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class AidCaseState(enum.StrEnum):
    """The life of an aid case."""

    applied = "applied"
    verified = "verified"
    approved = "approved"
    noticed = "noticed"
    payable = "payable"
    paid = "paid"
    refused = "refused"
    appealed = "appealed"
    withdrawn = "withdrawn"


class AidTask(enum.StrEnum):
    """What somebody has to do with a case."""

    handle = "handle"
    verify = "verify"
    decide = "decide"


_AMOUNT = "between 1 and 1000000000000000"
_SPENT = "between 0 and 1000000000000000"


class AidCase(Record, Base):
    """An application for help in one illness or event. What it says of the person lies in the vault."""

    __tablename__ = "aid_cases"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("id", "project_id"),
        UniqueConstraint("payment_reference"),
        ForeignKeyConstraint(
            ["project_id", "organization_id"],
            ["projects.id", "projects.organization_id"],
            name="aid_cases_project_fkey",
        ),
        ForeignKeyConstraint(
            ["beneficiary_id", "organization_id"],
            ["beneficiary_enrolments.beneficiary_id", "beneficiary_enrolments.organization_id"],
            name="aid_cases_beneficiary_fkey",
        ),
        CheckConstraint(f"asked_minor {_AMOUNT}", name="asked"),
        CheckConstraint(
            f"cost_minor {_SPENT} and insured_minor {_SPENT} and other_aid_minor {_SPENT}", name="costs"
        ),
        # Nobody is given more than what the illness cost them, or more than they asked for.
        CheckConstraint(
            "amount_minor <= least(asked_minor, cost_minor - insured_minor - other_aid_minor)", name="need"
        ),
        CheckConstraint(f"amount_minor {_AMOUNT}", name="amount"),
        CheckConstraint(
            "(state in ('approved', 'noticed', 'payable', 'paid')) = (amount_minor is not null)",
            name="decided",
        ),
        CheckConstraint("(state = 'paid') = (paid_on is not null)", name="paid"),
        CheckConstraint("(paid_on is null) = (payment_reference is null)", name="payment"),
        CheckConstraint("(checked_at is null) = (checked_by is null)", name="checked"),
        Index("aid_cases_organization_id_idx", "organization_id", "id"),
        Index("aid_cases_beneficiary_id_idx", "beneficiary_id"),
    )

    project_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    beneficiary_id: Mapped[UUID]
    number: Mapped[str]
    # The illness or event, which later cases of the same one share.
    episode_id: Mapped[UUID]
    applied_on: Mapped[date]
    asked_minor: Mapped[int]
    cost_minor: Mapped[int]
    insured_minor: Mapped[int]
    other_aid_minor: Mapped[int]
    state: Mapped[AidCaseState] = mapped_column(default=AidCaseState.applied)
    amount_minor: Mapped[int | None] = mapped_column(default=None)
    # When it was last looked whether somebody else helps already.
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    checked_by: Mapped[str | None] = mapped_column(default=None)
    paid_on: Mapped[date | None] = mapped_column(default=None)
    payment_reference: Mapped[str | None] = mapped_column(default=None)


class AidCasePerson(Record, Base):
    """That somebody works on a case, and therefore sees it, until they step back from it."""

    __tablename__ = "aid_case_people"
    __table_args__ = (UniqueConstraint("case_id", "person"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(AidCase.id))
    person: Mapped[str]
    task: Mapped[AidTask]
    added_by: Mapped[str]
    recused_at: Mapped[datetime | None] = mapped_column(default=None)


class AidVerification(Record, Base):
    """That somebody looked whether an application is true; what they found lies in the vault."""

    __tablename__ = "aid_verifications"
    __table_args__ = (
        # Two look, and they are two people.
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("case_id", "verified_by"),
        CheckConstraint("number in (1, 2)", name="number"),
        ForeignKeyConstraint(
            ["case_id", "verified_by"],
            ["aid_case_people.case_id", "aid_case_people.person"],
            name="aid_verifications_person_fkey",
        ),
    )

    case_id: Mapped[UUID]
    number: Mapped[int]
    verified_by: Mapped[str]
    verified_on: Mapped[date]
    way: Mapped[str]
    supported: Mapped[bool]


class AidCaseStep(Record, Base):
    """That a case came into a state: who brought it there, and when."""

    __tablename__ = "aid_case_steps"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(AidCase.id))
    number: Mapped[int]
    state: Mapped[AidCaseState]
    actor: Mapped[str]


class AidFollowUp(Record, Base):
    """That somebody asked how a person fared after they were helped; what they heard lies in the vault."""

    __tablename__ = "aid_follow_ups"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(AidCase.id))
    number: Mapped[int]
    asked_on: Mapped[date]
    way: Mapped[str]
    recorded_by: Mapped[str]
