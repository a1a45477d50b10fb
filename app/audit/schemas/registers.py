"""Accounts, funds and trial balances as auditors hear them."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.audit.schemas import examples
from app.fundraising.banking.platform_money import Standing
from app.kit.fields import Day, Line, MoneyOut, shown, wrong
from app.kit.http.pages import PageQuery
from app.ledger.balances import Basis, Row
from app.ledger.figures.registers import AccountRow, FundRow


class TrialBalanceQuery(BaseModel):
    """Which trial balance."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(default=None, description="End of this day, by `booked_on`; all if absent.")
    since: Day | None = Field(default=None, description="What was booked before is in `opening`.")
    basis: Basis = Field(
        default=Basis.entity,
        description="`entity`: it alone; `consolidated`: it and all below, transfers eliminated.",
    )
    as_of_index: int | None = Field(
        default=None, ge=0, le=10**15, description="Over the first so many leaves: the same bytes for ever."
    )
    level: Annotated[str, Field(pattern="^(account|code)$")] = Field(
        default="account", description="Leaf accounts, or added up by statutory code."
    )

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        by_day = self.as_of is not None or self.since is not None or self.basis is not Basis.entity
        if self.as_of_index is not None and by_day:
            raise wrong(
                "as_of_index goes with no day and with the entity basis alone",
                "as_of_index 不能与日期并用，且仅适用于单体口径",
            )
        return self


class TrialBalanceLine(BaseModel):
    """A line of a trial balance: `balance` = `opening` + `debit` - `credit`; a credit balance is negative."""

    chart: str
    code: str = Field(examples=["1009"])
    name: str = Field(examples=["Other monetary funds"])
    name_zh: str = Field(examples=["其他货币资金"])
    label: str = Field(examples=["1009/sandbox"])
    account_id: UUID | None
    organization_id: UUID | None
    opening: MoneyOut
    debit: MoneyOut
    credit: MoneyOut
    balance: MoneyOut

    @classmethod
    def of(cls, row: Row) -> "TrialBalanceLine":
        """Return a line as JSON says it."""
        amounts = {
            name: MoneyOut.of(getattr(row, name)) for name in ("opening", "debit", "credit", "balance")
        }
        return cls.model_validate({**{name: getattr(row, name) for name in _LINE}, **amounts})


_LINE = ("chart", "code", "name", "name_zh", "label", "account_id", "organization_id")


class TrialBalanceOut(BaseModel):
    """A trial balance: debits equal credits, and the balances sum to zero."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRIAL_BALANCE))

    organization_id: UUID
    organization_code: str
    basis: Basis
    since: date | None
    as_of: date | None
    as_of_index: int | None = Field(default=None, description="How many leaves of the log it covers.")
    digest: str | None = Field(default=None, description="By index: its leaf under the log's daily root.")
    demo: bool
    lines: list[TrialBalanceLine]
    debit: MoneyOut
    credit: MoneyOut
    balance: MoneyOut


class RegisterQuery(PageQuery):
    """Which accounts or funds."""

    q: Line | None = Field(default=None, description="Part of the label, code or title.")
    as_of: Day | None = Field(
        default=None, description="End of this day, by `booked_on`; absent: now, or the end of your mandate."
    )


class AccountOut(BaseModel):
    """A leaf account with its dimensions and what was ever debited and credited to it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.ACCOUNT))

    id: UUID
    chart: str
    code: str
    name: str
    name_zh: str
    label: str
    fund_id: UUID | None
    channel_id: UUID | None
    project_id: UUID | None
    counterparty_id: UUID | None
    debit: MoneyOut
    credit: MoneyOut
    balance: MoneyOut

    @classmethod
    def of(cls, row: AccountRow) -> "AccountOut":
        """Return an account as JSON says it."""
        amounts = {name: MoneyOut.of(getattr(row, name)) for name in ("debit", "credit", "balance")}
        return cls.model_validate({**{name: getattr(row, name) for name in _ACCOUNT}, **amounts})


_ACCOUNT = (
    *("id", "chart", "code", "name", "name_zh", "label"),
    *("fund_id", "channel_id", "project_id", "counterparty_id"),
)


class FundOut(BaseModel):
    """A fund with its two counters, what is left, and what it owes because facts cost more than it held."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FUND))

    id: UUID
    code: str
    title: str
    restricted: bool
    general: bool
    usable_from: date | None
    usable_until: date | None
    received: MoneyOut
    spent: MoneyOut
    left: MoneyOut
    due: MoneyOut
    settled: MoneyOut | None = Field(description="Of `left`, what is in the bank or in cash.")
    unsettled: MoneyOut | None = Field(
        description="Of `left`, what platforms have not paid out yet: presumed first in, first out by day;"
        " null where several funds share what is held and totals can't tell whose it is, and as of a day."
    )

    @classmethod
    def of(cls, row: FundRow, standing: Standing | None) -> "FundOut":
        """Return a fund as JSON says it."""
        parts = {name: standing and getattr(standing, name) for name in ("settled", "unsettled")}
        told = {name: None if part is None else MoneyOut.of(part) for name, part in parts.items()}
        amounts = {name: MoneyOut.of(getattr(row, name)) for name in ("received", "spent", "left", "due")}
        return cls.model_validate({**{name: getattr(row, name) for name in _FUND}, **amounts, **told})


_FUND = ("id", "code", "title", "restricted", "general", "usable_from", "usable_until")
