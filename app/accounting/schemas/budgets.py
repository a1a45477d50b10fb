"""Yearly budgets as JSON."""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.budgets.comparison import Compared
from app.accounting.budgets.versions import NewBudgetLine
from app.accounting.models import BudgetState, YearBudget
from app.accounting.schemas.vouchers import examples
from app.kit.fields import Body, Line, MoneyIn, MoneyOut, Words
from app.kit.http.pages import PageQuery

_LINES = [{"code": "5301", "amount": examples.fen(10000000), "title": "管理费用"}]
_VERSION = {
    "organization_id": examples.ORGANIZATION,
    "year": 2026,
    "number": 1,
    "state": "approved",
    "reason": "2026年度预算",
    "made_by": f"staff:{examples.PERSON}",
    "approved_by": "staff:01997d5d-ac96-774b-bcce-b302099a8014",
    "approved_at": "2026-01-10T02:30:00Z",
    "created_at": "2026-01-05T02:30:00Z",
}
_COMPARED = {
    "code": "5301",
    "name_zh": "管理费用",
    "name": "Administrative expense",
    "project_id": None,
    "title": "管理费用",
    "budget": examples.fen(10000000),
    "actual": examples.fen(800000),
    "left": examples.fen(9200000),
    "over_budget": False,
}


class BudgetLineIn(Body):
    """What an account may come to in the year, for one project or for all that has no line."""

    code: Annotated[str, Field(pattern=r"^[45][0-9]{3}$", examples=["5301"])]
    amount: MoneyIn
    title: Line | None = None
    project_id: UUID | None = None

    def as_line(self) -> NewBudgetLine:
        """Return the same in the words of the rules."""
        return NewBudgetLine(
            code=self.code, amount=self.amount.amount, title=self.title, project_id=self.project_id
        )


class BudgetChanges(Body):
    """What a version says from now on."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"reason": "2026年度预算", "lines": _LINES}))

    reason: Words
    lines: list[BudgetLineIn] = Field(min_length=1, max_length=500)

    def as_lines(self) -> list[NewBudgetLine]:
        """Return the lines in the words of the rules."""
        return [line.as_line() for line in self.lines]


class BudgetIn(BudgetChanges):
    """The next version of a year's budget."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown({"year": 2026, "reason": "2026年度预算", "lines": _LINES})
    )

    year: int = Field(strict=True, ge=2000, le=2999)


class Compare(enum.StrEnum):
    """What a budget is shown beside."""

    actuals = "actuals"


class BudgetQuery(BaseModel):
    """Which version to read, and beside what."""

    model_config = ConfigDict(extra="forbid")

    number: int | None = Field(
        default=None, ge=1, le=32000, description="A version; else the one that holds."
    )
    compare: Compare | None = None


class BudgetListQuery(PageQuery):
    """Which versions to list."""

    year: int | None = Field(default=None, ge=2000, le=2999)
    state: BudgetState | None = None


class BudgetOut(BaseModel):
    """A version of a yearly budget."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=examples.shown(_VERSION))

    organization_id: UUID
    year: int
    number: int
    state: BudgetState
    reason: str
    made_by: str
    approved_by: str | None
    approved_at: datetime | None
    created_at: datetime


class BudgetLineOut(BaseModel):
    """A line; with `compare=actuals` beside what the books say."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_COMPARED))

    code: str
    name_zh: str
    name: str
    project_id: UUID | None
    title: str | None
    budget: MoneyOut
    actual: MoneyOut | None
    left: MoneyOut | None
    over_budget: bool | None

    @classmethod
    def of(cls, one: Compared, *, compared: bool) -> Self:
        """Return a line as JSON shows it."""
        return cls(
            code=one.account.code,
            name_zh=one.account.name_zh,
            name=one.account.name,
            project_id=one.project_id,
            title=one.title,
            budget=MoneyOut.of(one.budget),
            actual=MoneyOut.of(one.actual) if compared else None,
            left=MoneyOut.of(one.left) if compared else None,
            over_budget=one.over if compared else None,
        )


class BudgetDetail(BudgetOut):
    """A version with its lines."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_VERSION | {"lines": [_COMPARED]}))

    lines: list[BudgetLineOut]

    @classmethod
    def whole(cls, budget: YearBudget, lines: Sequence[Compared], *, compared: bool) -> Self:
        """Return a version as JSON shows it whole."""
        return cls(
            **dict(BudgetOut.model_validate(budget)),
            lines=[BudgetLineOut.of(line, compared=compared) for line in lines],
        )
