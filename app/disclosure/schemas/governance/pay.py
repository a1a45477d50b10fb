"""Pay, totals of staff and standards as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import (
    ExpenseStandard,
    PayList,
    StaffTotal,
    StandardKind,
)
from app.disclosure.schemas.governance import related_examples as examples
from app.disclosure.schemas.governance.councils import Documents
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, shown

Year = Annotated[int, Field(strict=True, ge=2016, le=2999)]
People = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class PayLineIn(Body):
    """What the holder of a post was paid in the year."""

    post: Line = Field(description="The post, and no name.")
    amount: MoneyIn


class PayListIn(Body):
    """The five highest pays of a year, the highest first."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PAY_IN))

    organization_id: UUID
    year: Year
    lines: list[PayLineIn] = Field(min_length=1, max_length=5)

    def as_list(self, by: str) -> PayList:
        """Return the same as a row, which is given its version when it is kept."""
        lines: list[dict[str, Any]] = [
            {"post": one.post, "amount_minor": one.amount.amount} for one in self.lines
        ]
        return PayList(
            organization_id=self.organization_id, year=self.year, version=0, lines=lines, recorded_by=by
        )


class PayLineOut(BaseModel):
    """What the holder of a post was paid in the year."""

    post: str
    amount: MoneyOut


class PayListOut(BaseModel):
    """The five highest pays of a year by post."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PAY))

    id: UUID
    organization_id: UUID
    year: int
    version: int = Field(description="The highest of a year counts.")
    lines: list[PayLineOut]
    created_at: datetime

    @classmethod
    def of(cls, one: PayList) -> Self:
        """Return a year's list as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "lines"}
        lines = [
            PayLineOut(post=line["post"], amount=MoneyOut.of(line["amount_minor"])) for line in one.lines
        ]
        return cls(lines=lines, **told)


class StaffTotalIn(Body):
    """How many worked for you in a year, and what all of them together were paid."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TOTAL_IN))

    organization_id: UUID
    year: Year
    headcount: People
    full_time_count: People
    pay: MoneyIn
    benefits: MoneyIn

    def as_total(self, by: str) -> StaffTotal:
        """Return the same as a row, which is given its version when it is kept."""
        return StaffTotal(
            organization_id=self.organization_id,
            year=self.year,
            version=0,
            headcount=self.headcount,
            full_time_count=self.full_time_count,
            pay_minor=self.pay.amount,
            benefits_minor=self.benefits.amount,
            recorded_by=by,
        )


class StaffTotalOut(BaseModel):
    """How many worked for an organization in a year, and what all of them together were paid."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TOTAL))

    id: UUID
    organization_id: UUID
    year: int
    version: int = Field(description="The highest of a year counts.")
    headcount: int
    full_time_count: int
    pay: MoneyOut
    benefits: MoneyOut
    created_at: datetime

    @classmethod
    def of(cls, one: StaffTotal) -> Self:
        """Return a year's totals as JSON shows them."""
        told = {name: getattr(one, name) for name in cls.model_fields if name not in {"pay", "benefits"}}
        return cls(pay=MoneyOut.of(one.pay_minor), benefits=MoneyOut.of(one.benefits_minor), **told)


class StandardLineIn(Body):
    """How much of something may be spent."""

    item: Line
    per: Line = Field(description="A person, a night, a vehicle and year.")
    amount: MoneyIn


class ExpenseStandardIn(Body):
    """A version of a standard for travel, vehicles, reception or training."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STANDARD_IN))

    organization_id: UUID
    kind: StandardKind
    title: Line
    adopted_by: Line
    adopted_on: Day
    effective_from: Day
    lines: list[StandardLineIn] = Field(min_length=1, max_length=100)
    documents: Documents = Field(default_factory=list[UUID])

    def as_standard(self, by: str) -> ExpenseStandard:
        """Return the same as a row."""
        said = {name: value for name, value in dict(self).items() if name not in {"documents", "lines"}}
        lines: list[dict[str, Any]] = [
            {"item": one.item, "per": one.per, "amount_minor": one.amount.amount} for one in self.lines
        ]
        return ExpenseStandard(lines=lines, recorded_by=by, **said)


class StandardLineOut(BaseModel):
    """How much of something may be spent."""

    item: str
    per: str
    amount: MoneyOut


class ExpenseStandardOut(BaseModel):
    """A version of a standard, and where its documents are read."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STANDARD))

    id: UUID
    organization_id: UUID
    kind: StandardKind
    title: str
    adopted_by: str
    adopted_on: date
    effective_from: date
    lines: list[StandardLineOut]
    documents: list[str] = Field(description="Addresses of the copies for everybody.")

    @classmethod
    def of(cls, one: ExpenseStandard, files: Sequence[UUID]) -> Self:
        """Return a standard as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name not in {"lines", "documents"}}
        lines = [
            StandardLineOut(item=line["item"], per=line["per"], amount=MoneyOut.of(line["amount_minor"]))
            for line in one.lines
        ]
        return cls(lines=lines, documents=[f"/v1/attachments/{file}/public-copy" for file in files], **told)
