"""Payees as JSON: their bank details, who is related to them, and the agreements they are paid by."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.kit.clock import today
from app.kit.fields import Body, Code, Day, Flag, Line, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery
from app.projects.disbursements import agreements
from app.projects.disbursements.accounts import Details
from app.projects.models import PayeeAccount, PayeeAccountState, PayeeAgreement, PayeeRelation, Project
from app.projects.schemas.disbursements import examples

Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z -]{5,39}$")]
VEILED = "Null where the payee is a person and you may not read about such, and once they are erased."
Attachments = Annotated[list[UUID], Field(max_length=20)]


class PayeeAccountIn(Body):
    """Where a payee shall be paid from now on, and why that is so."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ACCOUNT_IN))

    holder: Line
    number: Number
    bank: Line
    branch: Line | None = None
    reason: Line

    def details(self) -> Details:
        """Return what goes into the vault."""
        return Details(holder=self.holder, number=self.number, bank=self.bank, branch=self.branch)


class PayeeAccountOut(BaseModel):
    """Bank details, of which only the last digits are shown."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ACCOUNT))

    id: UUID
    organization_id: UUID
    counterparty_id: UUID
    number_last: str
    state: PayeeAccountState
    reason: str | None = Field(description=VEILED)
    proposed_by: str
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, row: PayeeAccount, reason: str | None) -> Self:
        """Return details as a list shows them, with why to whoever may read it."""
        return cls(**_told(row, reason))


def _told(row: PayeeAccount, reason: str | None) -> dict[str, Any]:
    names = PayeeAccountOut.model_fields.keys() - {"reason"}
    return {name: getattr(row, name) for name in names} | {"reason": reason}


class PayeeAccountDetail(PayeeAccountOut):
    """Bank details in clear, for whoever has to compare them; null where the payee was erased."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            examples.ACCOUNT
            | {name: examples.ACCOUNT_IN[name] for name in ("holder", "number", "bank", "branch")}
        )
    )

    holder: str | None
    number: str | None
    bank: str | None
    branch: str | None

    @classmethod
    def whole(cls, account: PayeeAccount, details: Details | None, reason: str | None) -> Self:
        """Return details as the second person reads them."""
        names = ("holder", "number", "bank", "branch")
        told: dict[str, Any] = {name: getattr(details, name, None) for name in names}
        return cls(**_told(account, reason), **told)


class PayeeRelationIn(Body):
    """That a person of the staff is related to the payee, and how."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RELATION_IN))

    staff_id: UUID
    relation: Line

    def as_relation(self, organization_id: UUID, counterparty_id: UUID, by: str) -> PayeeRelation:
        """Return the same as a row."""
        return PayeeRelation(
            organization_id=organization_id,
            counterparty_id=counterparty_id,
            staff_id=self.staff_id,
            declared_by=by,
        )


class PayeeRelationOut(BaseModel):
    """Who is related to a payee, and keeps away from what is paid to it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.RELATION))

    id: UUID
    organization_id: UUID
    counterparty_id: UUID
    staff_id: UUID
    relation: str | None = Field(description=VEILED)
    declared_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: PayeeRelation, how: str | None) -> Self:
        """Return a relation as its reader may see it."""
        names = cls.model_fields.keys() - {"relation"}
        return cls(**{name: getattr(row, name) for name in names}, relation=how)


class PayeeAgreementIn(Body):
    """An agreement by which a payee is paid for a project."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AGREEMENT_IN))

    project_id: UUID
    counterparty_id: UUID
    code: Code
    purpose: Words
    signed_on: Day
    valid_from: Day
    valid_to: Day
    reports_due: Flag = Field(description="Whether the next payment asks for an accepted report on the last.")
    cap: MoneyIn | None = Field(default=None, description="At most so much is paid by it.")
    attachment_ids: Attachments = Field(default_factory=list[UUID], description="What was signed.")

    def as_agreement(self, project: Project, by: str) -> PayeeAgreement:
        """Return the same as a row."""
        names = ("counterparty_id", "code", "purpose", "signed_on", "valid_from", "valid_to", "reports_due")
        return PayeeAgreement(
            organization_id=project.organization_id,
            project_id=project.id,
            made_by=by,
            cap_minor=self.cap.amount if self.cap else None,
            **{name: getattr(self, name) for name in names},
        )


class PayeeAgreementEndIn(Body):
    """Why an agreement ends before its time."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "合作方资质注销"}))

    reason: Words


class PayeeAgreementQuery(PageQuery):
    """Which agreements to list."""

    organization_id: UUID | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None


class PayeeAgreementOut(BaseModel):
    """An agreement by which a payee is paid, and whether it is in force today."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AGREEMENT_OUT))

    id: UUID
    organization_id: UUID
    project_id: UUID
    counterparty_id: UUID
    code: str
    purpose: str
    signed_on: date
    valid_from: date
    valid_to: date
    reports_due: bool
    cap: MoneyOut | None
    in_force: bool
    made_by: str
    ended_on: date | None
    end_reason: str | None = Field(description=VEILED)
    created_at: datetime

    @classmethod
    def of(cls, row: PayeeAgreement, end_reason: str | None = None) -> Self:
        """Return an agreement as JSON shows it, with why it ended to whoever may read it."""
        names = cls.model_fields.keys() - {"cap", "in_force", "end_reason"}
        return cls(
            end_reason=end_reason,
            cap=None if row.cap_minor is None else MoneyOut.of(row.cap_minor),
            in_force=agreements.in_force(row, today()),
            **{name: getattr(row, name) for name in names},
        )
