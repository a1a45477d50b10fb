"""Versions of a project's budget as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown
from app.projects.budgets.actuals import Compared
from app.projects.budgets.versions import NewBudgetLine
from app.projects.models import BudgetVersionState, CostKind, ProjectBudget, ProjectBudgetLine
from app.projects.schemas.budgets import examples


class ProjectBudgetLineIn(Body):
    """What is planned to be spent in a year on one kind of cost; without a fund it is money of others."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LINE))

    year: int = Field(ge=1990, le=2999, strict=True)
    kind: CostKind
    amount: MoneyIn
    fund_id: UUID | None = None
    note: Line | None = None

    def as_line(self) -> NewBudgetLine:
        """Return the same in the words of the rules."""
        return NewBudgetLine(
            year=self.year,
            kind=self.kind,
            amount=self.amount.amount,
            fund_id=self.fund_id,
            note=self.note,
        )


class ProjectBudgetIn(Body):
    """A version of a project's budget, with the reason why it is as it is."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BUDGET_IN))

    reason: Words
    lines: list[ProjectBudgetLineIn] = Field(min_length=1, max_length=200)

    def as_lines(self) -> list[NewBudgetLine]:
        """Return the lines in the words of the rules."""
        return [one.as_line() for one in self.lines]


class ProjectBudgetLineOut(BaseModel):
    """A line of a budget."""

    year: int
    kind: CostKind
    fund_id: UUID | None
    amount: MoneyOut
    note: str | None

    @classmethod
    def of(cls, line: ProjectBudgetLine) -> Self:
        """Return a line as JSON shows it."""
        return cls(
            year=line.year,
            kind=line.kind,
            fund_id=line.fund_id,
            amount=MoneyOut.of(line.amount),
            note=line.note,
        )


class ProjectBudgetOut(BaseModel):
    """A version of a project's budget."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.BUDGET_OUT))

    id: UUID
    project_id: UUID
    number: int
    state: BudgetVersionState
    reason: str
    made_by: str
    created_at: datetime


class ProjectBudgetDetail(ProjectBudgetOut):
    """A version of a project's budget with its lines."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            examples.BUDGET_OUT | {"total": examples.yuan(60000), "lines": [examples.LINE]}
        )
    )

    total: MoneyOut
    lines: list[ProjectBudgetLineOut]

    @classmethod
    def whole(cls, budget: ProjectBudget, lines: Sequence[ProjectBudgetLine]) -> Self:
        """Return a version with its lines."""
        return cls(
            total=MoneyOut.of(sum(line.amount for line in lines)),
            lines=[ProjectBudgetLineOut.of(line) for line in lines],
            **dict(ProjectBudgetOut.model_validate(budget)),
        )


class ComparisonQuery(BaseModel):
    """Until when to count what was spent."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(default=None, description="The end of this day in the books; now, if absent.")


class ComparedLine(BaseModel):
    """What was planned and spent in a year on one kind of cost out of one fund."""

    year: int
    kind: CostKind | None = Field(description="Null where the books do not tell it.")
    fund_id: UUID | None
    planned: MoneyOut
    spent: MoneyOut
    left: MoneyOut
    over: bool
    note: str | None


class BudgetComparison(BaseModel):
    """A project's budget beside what the books say was spent, to the fen."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COMPARISON))

    project_id: UUID
    budget_id: UUID | None = Field(description="The version that holds; null while there is none.")
    as_of: date | None
    planned: MoneyOut
    spent: MoneyOut
    left: MoneyOut
    lines: list[ComparedLine]

    @classmethod
    def of(
        cls, project_id: UUID, budget: ProjectBudget | None, as_of: date | None, lines: Sequence[Compared]
    ) -> Self:
        """Return compared lines with their sums."""
        planned, spent = sum(one.planned for one in lines), sum(one.spent for one in lines)
        return cls(
            project_id=project_id,
            budget_id=budget and budget.id,
            as_of=as_of,
            planned=MoneyOut.of(planned),
            spent=MoneyOut.of(spent),
            left=MoneyOut.of(planned - spent),
            lines=[
                ComparedLine(
                    year=one.year,
                    kind=one.kind,
                    fund_id=one.fund_id,
                    planned=MoneyOut.of(one.planned),
                    spent=MoneyOut.of(one.spent),
                    left=MoneyOut.of(one.left),
                    over=one.left < 0,
                    note=one.note,
                )
                for one in lines
            ],
        )
