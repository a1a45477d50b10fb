"""Leftover money and decisions about it as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.kit.fields import Body, MoneyOut, Words, shown
from app.projects.models import LeftoverDecision, LeftoverState, LeftoverUse, Project
from app.projects.schemas.budgets import examples
from app.projects.schemas.register.examples import PROJECT


class LeftoverIn(Body):
    """What is to become of a project's leftover money, and on which ground."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LEFTOVER_IN))

    use: LeftoverUse
    ground: Words
    target_project_id: UUID | None = None

    def as_decision(self, project: Project, by: str) -> LeftoverDecision:
        """Return the same as a row; how much it is about is the rules' to say."""
        return LeftoverDecision(project_id=project.id, amount=0, asked_by=by, **dict(self))


class LeftoverDecisionOut(BaseModel):
    """A decision about leftover money."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LEFTOVER_OUT))

    id: UUID
    project_id: UUID
    amount: MoneyOut
    use: LeftoverUse
    ground: str
    target_project_id: UUID | None
    state: LeftoverState
    decided_on: date | None
    asked_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: LeftoverDecision) -> Self:
        """Return a decision as JSON shows it."""
        names = (
            *("id", "project_id", "use", "ground", "target_project_id"),
            *("state", "decided_on", "asked_by", "created_at"),
        )
        return cls(amount=MoneyOut.of(row.amount), **{name: getattr(row, name) for name in names})


class LeftoverOfFund(BaseModel):
    """What one fund planned for the project and still holds."""

    fund_id: UUID
    amount: MoneyOut


class LeftoverOut(BaseModel):
    """How much of a project's money is left over, fund by fund, and how much of it nobody has decided."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "project_id": PROJECT,
                "amount": examples.yuan(15000),
                "undecided": examples.yuan(15000),
                "funds": [{"fund_id": examples.FUND, "amount": examples.yuan(15000)}],
            }
        )
    )

    project_id: UUID
    amount: MoneyOut
    undecided: MoneyOut
    funds: list[LeftoverOfFund]

    @classmethod
    def of(cls, project_id: UUID, by_fund: Mapping[UUID, int], undecided: int) -> Self:
        """Return what is left over as JSON shows it."""
        return cls(
            project_id=project_id,
            amount=MoneyOut.of(sum(by_fund.values())),
            undecided=MoneyOut.of(undecided),
            funds=[LeftoverOfFund(fund_id=one, amount=MoneyOut.of(by_fund[one])) for one in sorted(by_fund)],
        )
