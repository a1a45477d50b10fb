"""What shows that money reached its beneficiaries, or came back, as JSON."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.models import BankLine
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown, wrong
from app.projects.disbursements.signing import Signer
from app.projects.models import (
    Disbursement,
    DisbursementReturn,
    PayeeReport,
    PayeeReportState,
    SignedList,
    SignedRow,
)
from app.projects.schemas.disbursements import examples
from app.projects.schemas.disbursements.payees import VEILED, Attachments

ROWS_MAX = 2_000


class DisbursementArrivalIn(Body):
    """That goods were handed over or an asset accepted for money that a payee passes on."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ARRIVAL_IN))

    kind: Literal["goods_handed_over", "asset_accepted"]
    arrived_on: Day
    amount: MoneyIn
    note: Line
    attachment_ids: Attachments = Field(min_length=1)


class SignedRowIn(Body):
    """One who signed, for how much, and as whom they count: with neither id, as somebody only counted."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LIST_IN["rows"][0]))

    name: Line
    amount: MoneyIn
    beneficiary_id: UUID | None = Field(default=None, description="Who it is: a benefit is recorded.")
    benefit_id: UUID | None = Field(default=None, description="For which help, if it is recorded already.")

    @model_validator(mode="after")
    def _counts_once(self) -> Self:
        if self.beneficiary_id is not None and self.benefit_id is not None:
            raise wrong(
                "a benefit knows whose it is: name the one or the other",
                "受益记录已注明受益人：二者取一",
            )
        return self


class SignedListIn(Body):
    """A list that beneficiaries signed: one file, many rows. The names go into the vault."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LIST_IN))

    signed_on: Day
    attachment_id: UUID
    rows: list[SignedRowIn] = Field(min_length=1, max_length=ROWS_MAX)

    def signers(self) -> list[Signer]:
        """Return the same in the words of the rules."""
        return [
            Signer(
                name=row.name,
                amount=row.amount.amount,
                beneficiary_id=row.beneficiary_id,
                benefit_id=row.benefit_id,
            )
            for row in self.rows
        ]


class SignedListOut(BaseModel):
    """A signed list: how many signed, and for how much together."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LIST))

    id: UUID
    disbursement_id: UUID
    signed_on: date
    row_count: int
    identified_count: int = Field(description="People whose document is known, each once.")
    counted_count: int = Field(description="Rows of people who are only counted; never added to the former.")
    amount: MoneyOut
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: SignedList) -> Self:
        """Return a list as JSON shows it."""
        names = cls.model_fields.keys() - {"amount"}
        return cls(amount=MoneyOut.of(row.amount), **{name: getattr(row, name) for name in names})


class SignedRowOut(BaseModel):
    """One who signed; the name is null once the person was erased."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"number": 1, "name": "某村民", "amount": examples.PART, "benefit_id": examples.OTHER}
        )
    )

    number: int
    name: str | None
    amount: MoneyOut
    benefit_id: UUID | None

    @classmethod
    def of(cls, row: SignedRow, name: str | None) -> Self:
        """Return a row as JSON shows it."""
        amount = MoneyOut.of(row.amount)
        return cls(number=row.number, name=name, amount=amount, benefit_id=row.benefit_id)


class PayeeReportIn(Body):
    """What a payee reports of the money it was paid."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REPORT_IN))

    reached: MoneyIn | None = Field(default=None, description="How much more has reached those it is for.")
    reported_on: Day
    content: Words
    attachment_ids: Attachments = Field(default_factory=list[UUID])

    def as_report(self, disbursement: Disbursement, by: str) -> PayeeReport:
        """Return the same as a row; its number is the rules' to say."""
        return PayeeReport(
            disbursement_id=disbursement.id,
            number=1,
            reached_minor=self.reached.amount if self.reached else 0,
            reported_on=self.reported_on,
            content=self.content,
            submitted_by=by,
        )


class PayeeReportDecisionIn(Body):
    """Why a report is accepted or declined."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "与签收表一致"}))

    reason: Words | None = None


class PayeeReportOut(BaseModel):
    """A payee's report, and whether it was accepted."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REPORT))

    id: UUID
    disbursement_id: UUID
    number: int
    reached: MoneyOut
    reported_on: date
    content: str
    state: PayeeReportState
    submitted_by: str
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str | None = Field(description=VEILED)
    created_at: datetime

    @classmethod
    def of(cls, row: PayeeReport, decision_reason: str | None = None) -> Self:
        """Return a report as JSON shows it, with why it was decided so to whoever may read it."""
        told = {name: getattr(row, name) for name in cls.model_fields.keys() - {"reached", "decision_reason"}}
        return cls(reached=MoneyOut.of(row.reached_minor), decision_reason=decision_reason, **told)


class DisbursementReturnIn(Body):
    """Money that a payee gave back."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RETURN_IN))

    channel_id: UUID = Field(description="The bank account or cash box that it came into.")
    amount: MoneyIn
    returned_on: Day
    reason: Words


class DisbursementReturnOut(BaseModel):
    """Money that a payee gave back, and the entry that booked it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RETURN))

    id: UUID
    disbursement_id: UUID
    amount: MoneyOut
    returned_on: date
    reason: str | None = Field(description=VEILED)
    entry_id: UUID
    recorded_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: DisbursementReturn, reason: str | None) -> Self:
        """Return it as JSON shows it, with why to whoever may read it."""
        told = {name: getattr(row, name) for name in cls.model_fields.keys() - {"amount", "reason"}}
        return cls(amount=MoneyOut.of(row.amount), reason=reason, **told)


class LineReturnIn(Body):
    """Of which disbursement a bank's line is money that came back, and why it did."""

    model_config = ConfigDict(
        json_schema_extra=shown({"disbursement_id": examples.DISBURSEMENT, "reason": "两户已脱困，退回结余"})
    )

    disbursement_id: UUID
    reason: Words


class LineReturnOut(BaseModel):
    """A bank's line that is returned money, with the entry that booked it."""

    model_config = ConfigDict(
        json_schema_extra=shown({"line_id": examples.OTHER, "entry_id": examples.ENTRY})
    )

    line_id: UUID
    entry_id: UUID | None

    @classmethod
    def of(cls, line: BankLine) -> Self:
        """Return a line as JSON."""
        return cls(line_id=line.id, entry_id=line.entry_id)
