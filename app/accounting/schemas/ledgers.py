"""What accounting says of account balances and the general ledger over HTTP."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.books.ledgers import BalanceRow, Days
from app.accounting.schemas import book_examples
from app.kit.fields import Day, MoneyOut, shown
from app.ledger.ledgers.general_ledger import MonthRow
from app.organizations.models import Organization

From = Annotated[Day | None, Field(alias="from", description="By `booked_on`; absent: the year's beginning.")]
To = Annotated[Day | None, Field(alias="to", description="To the end of this day; today if absent.")]
AccountCode = Annotated[str, Field(pattern=r"^[0-9]{4}$", examples=["1009"])]


class LedgerQuery(BaseModel):
    """From which day to which."""

    model_config = ConfigDict(extra="forbid")

    since: From = None
    until: To = None


class BalancesQuery(LedgerQuery):
    """Which account balances."""

    level: Literal["code", "account"] = Field(
        default="code", description="Statutory codes, or with the leaf accounts below each."
    )


class GeneralQuery(LedgerQuery):
    """Which months of the general ledger; of a month that is named by any day in it, all of it."""

    code: AccountCode | None = None


class LedgerOut(BaseModel):
    """Whose ledger, and of which days."""

    model_config = ConfigDict(populate_by_name=True)

    organization_id: UUID
    organization_code: str
    since: date = Field(alias="from")
    until: date = Field(alias="to")
    demo: bool


class BalanceOut(BaseModel):
    """What stood, moved and stands on an account; a credit balance is negative."""

    chart: str
    code: str
    name: str
    name_zh: str
    level: int
    label: str
    opening: MoneyOut
    debit: MoneyOut
    credit: MoneyOut
    closing: MoneyOut

    @classmethod
    def of(cls, line: BalanceRow) -> "BalanceOut":
        """Return a line as JSON says it."""
        row = line.row
        return cls(
            chart=row.chart,
            code=row.code,
            name=row.name,
            name_zh=row.name_zh,
            level=line.level,
            label=row.label,
            opening=MoneyOut.of(row.opening),
            debit=MoneyOut.of(row.debit),
            credit=MoneyOut.of(row.credit),
            closing=MoneyOut.of(row.balance),
        )


class BalancesOut(LedgerOut):
    """The account balances (科目余额表): debits equal credits."""

    model_config = ConfigDict(populate_by_name=True, json_schema_extra=shown(book_examples.BALANCES))

    lines: list[BalanceOut]
    debit: MoneyOut
    credit: MoneyOut

    @classmethod
    def of(cls, organization: Organization, days: Days, lines: list[BalanceRow]) -> "BalancesOut":
        """Return account balances as JSON says them."""
        codes = [line.row for line in lines if line.level == 1]
        return cls(
            **_head(organization, days),
            lines=[BalanceOut.of(line) for line in lines],
            debit=MoneyOut.of(sum(row.debit for row in codes)),
            credit=MoneyOut.of(sum(row.credit for row in codes)),
        )


class MonthOut(BaseModel):
    """One account in one month, with the year so far."""

    chart: str
    code: str
    name: str
    name_zh: str
    month: date
    opening: MoneyOut
    debit: MoneyOut
    credit: MoneyOut
    closing: MoneyOut
    year_debit: MoneyOut
    year_credit: MoneyOut

    @classmethod
    def of(cls, row: MonthRow) -> "MonthOut":
        """Return a month as JSON says it."""
        return cls(
            chart=row.chart,
            code=row.code,
            name=row.name,
            name_zh=row.name_zh,
            month=row.month,
            opening=MoneyOut.of(row.opening),
            debit=MoneyOut.of(row.debit),
            credit=MoneyOut.of(row.credit),
            closing=MoneyOut.of(row.balance),
            year_debit=MoneyOut.of(row.year_debit),
            year_credit=MoneyOut.of(row.year_credit),
        )


class GeneralOut(LedgerOut):
    """The general ledger (总账): every statutory account month by month."""

    model_config = ConfigDict(populate_by_name=True, json_schema_extra=shown(book_examples.GENERAL))

    lines: list[MonthOut]

    @classmethod
    def of(cls, organization: Organization, days: Days, rows: Sequence[MonthRow]) -> "GeneralOut":
        """Return a general ledger as JSON says it."""
        return cls(**_head(organization, days), lines=[MonthOut.of(row) for row in rows])


def _head(organization: Organization, days: Days) -> dict[str, Any]:
    return {
        "organization_id": organization.id,
        "organization_code": organization.code,
        "since": days.since,
        "until": days.until,
        "demo": organization.demo,
    }
