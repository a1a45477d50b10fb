"""A village fund's book, requests, statements and inspections as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown
from app.projects.claims.drawdowns import Source
from app.projects.models import (
    BookKind,
    CostKind,
    Project,
    Village,
    VillageBookLine,
    VillageDrawdown,
    VillageInspection,
    VillageRequestState,
    VillageStatement,
)
from app.projects.schemas.villages import examples
from app.projects.villages import inspections
from app.projects.villages.books import Booked
from app.projects.villages.requests import Resolution

Heads = Annotated[int, Field(strict=True, ge=1, le=10_000)]


class BookLineIn(Body):
    """Money that came into a village's fund or left it; everybody reads the words, so they name nobody."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BOOK_IN))

    kind: BookKind
    booked_on: Day
    amount: MoneyIn
    words: Words
    request_id: UUID | None = Field(default=None, description="Whose money an expense spends.")

    def as_booked(self, by: str) -> Booked:
        """Return the same in the words of the rules."""
        spends = self.request_id if self.kind is BookKind.expense else None
        return Booked(
            kind=self.kind,
            on=self.booked_on,
            amount_minor=self.amount.amount,
            words=self.words,
            by=by,
            request_id=spends,
        )


class BookReversalIn(Body):
    """Why a line is taken back, and on which day."""

    model_config = ConfigDict(json_schema_extra=shown({"booked_on": "2026-02-15", "words": "金额有误，冲销"}))

    booked_on: Day
    words: Words


class VillageBookLineOut(BaseModel):
    """A line of a village's public book, with what the fund held after it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BOOK_LINE))

    id: UUID
    number: int
    kind: BookKind
    booked_on: date
    amount: MoneyOut
    balance: MoneyOut
    words: str
    request_id: UUID | None
    disbursement_id: UUID | None = Field(description="By which the county paid it, or had it back.")
    reverses_id: UUID | None

    @classmethod
    def of(cls, row: VillageBookLine) -> Self:
        """Return a line as JSON shows it."""
        return cls(**_told(row, cls, "amount", "balance"))


class VillageRequestIn(Body):
    """What a village asks for, and the resolution of its committee."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REQUEST_IN))

    amount: MoneyIn
    purpose: Words
    resolved_on: Day
    resolution: Line
    present_count: Heads
    for_count: Heads
    attachment_ids: Annotated[list[UUID], Field(max_length=50)] = Field(
        default_factory=list[UUID], description="The minutes, and who signed them."
    )

    def as_resolution(self) -> Resolution:
        """Return the same in the words of the rules."""
        said: dict[str, Any] = dict(self)
        return Resolution(amount_minor=said.pop("amount").amount, **said)


class VillageRefusalIn(Body):
    """Why a request is refused."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "用途不符合基金章程"}))

    reason: Words


class VillageDisbursementIn(Body):
    """Out of which fund, for which project and by which agreement an approved request is paid."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DISBURSEMENT_IN))

    project_id: UUID
    fund_id: UUID
    agreement_id: UUID = Field(description="Of the county with the village's collective.")
    cost: CostKind = CostKind.aid

    def as_source(self, project: Project) -> Source:
        """Return the same in the words of the rules."""
        return Source(project=project, fund_id=self.fund_id, agreement_id=self.agreement_id, cost=self.cost)


class VillageRequestOut(BaseModel):
    """A village's request, and what became of it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REQUEST_OUT))

    id: UUID
    number: int
    state: VillageRequestState
    amount: MoneyOut
    spent: MoneyOut = Field(description="By the lines of the book that name it.")
    purpose: str
    resolved_on: date
    resolution: str
    present_count: int
    for_count: int
    asked_by: str
    decided_by: str | None
    refusal_reason: str | None
    paid_on: date | None
    payment_reference: str | None
    attachment_ids: list[UUID]

    @classmethod
    def of(cls, row: VillageDrawdown, files: list[UUID]) -> Self:
        """Return a request as JSON shows it."""
        return cls(attachment_ids=files, **_told(row, cls, "amount", "spent", besides="attachment_ids"))


class VillageStatementIn(Body):
    """Of which quarter to publish the statement."""

    model_config = ConfigDict(json_schema_extra=shown({"year": 2026, "quarter": 1}))

    year: Annotated[int, Field(strict=True, ge=2000, le=2999)]
    quarter: Annotated[int, Field(strict=True, ge=1, le=4)]


class VillageStatementOut(BaseModel):
    """What a village's fund took in and spent in a quarter."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STATEMENT))

    id: UUID
    year: int
    quarter: int
    opening: MoneyOut
    income: MoneyOut
    expense: MoneyOut
    closing: MoneyOut
    received: MoneyOut = Field(description="Of the income, what the county paid.")
    given_back: MoneyOut = Field(description="Of the expense, what went back to the county.")
    line_count: int
    created_at: datetime

    @classmethod
    def of(cls, row: VillageStatement) -> Self:
        """Return a statement as JSON shows it."""
        money = ("opening", "income", "expense", "closing", "received", "given_back")
        return cls(**_told(row, cls, *money))


class VillageInspectionIn(Body):
    """What the county found, and by when it is to be set right."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INSPECTION_IN))

    inspected_on: Day
    findings: Words
    due_on: Day | None = None

    def as_inspection(self, village: Village, by: str) -> VillageInspection:
        """Return the same as a row."""
        return VillageInspection(village_id=village.id, inspected_by=by, **dict(self))


class VillageRemedyIn(Body):
    """How what was found has been set right, and when."""

    model_config = ConfigDict(json_schema_extra=shown({"remedied_on": "2026-04-02", "words": "已更新公示栏"}))

    remedied_on: Day
    words: Words


class VillageInspectionOut(BaseModel):
    """That the county looked at a village, and what became of what it found."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INSPECTION))

    id: UUID
    inspected_on: date
    findings: str
    inspected_by: str
    due_on: date | None
    remedied_on: date | None
    remedy: str | None
    late: bool

    @classmethod
    def of(cls, row: VillageInspection) -> Self:
        """Return an inspection as JSON shows it."""
        names = cls.model_fields.keys() - {"late"}
        told: dict[str, Any] = {name: getattr(row, name) for name in names}
        return cls(late=inspections.late(row), **told)


def _told(row: object, model: type[BaseModel], *money: str, besides: str = "") -> dict[str, Any]:
    names = model.model_fields.keys() - {*money, besides}
    told: dict[str, Any] = {name: getattr(row, name) for name in names}
    return told | {name: MoneyOut.of(getattr(row, f"{name}_minor")) for name in money}
