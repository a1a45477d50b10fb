"""What accounting says and hears of opening balances over HTTP."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import OpeningSheet
from app.accounting.openings import Balance, Opening
from app.kit.fields import Body, Code, Day, MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Organization

BALANCES_MAX = 5_000
_FUND = "01997d5d-ac96-774b-bcce-b302099a800a"
_BANK = "01997d5d-ac96-774b-bcce-b302099a8003"
_STAFF = "01997d5d-ac96-774b-bcce-b302099a8005"

Signed = Annotated[int, Field(strict=True, ge=-AMOUNT_MINOR_MAX, le=AMOUNT_MINOR_MAX)]


class OpeningMoney(Body):
    """What stands on an account, in fen: a debit is positive, a credit negative."""

    amount: Signed
    currency: Annotated[str, Field(pattern="^CNY$")]


class OpeningBalanceIn(Body):
    """What stands on one account. Net assets (3101, 3102) may be one sum each for all their funds."""

    code: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    balance: OpeningMoney
    sub: Code | None = None
    fund_id: UUID | None = Field(default=None, description="Of assets that a fund's money became.")
    channel_id: UUID | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None


class UnspentIn(Body):
    """What a fund holds unspent: its donors are not itemised."""

    fund_id: UUID
    unspent: OpeningMoney


class OpeningSheetIn(Body):
    """All that stood in the books at the beginning of a day, before they were kept here."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "opened_on": "2026-07-01",
                "balances": [
                    {
                        "code": "1002",
                        "balance": {"amount": 1200000, "currency": "CNY"},
                        "channel_id": _BANK,
                    },
                    {"code": "3102", "balance": {"amount": -1200000, "currency": "CNY"}},
                ],
                "unspent": [{"fund_id": _FUND, "unspent": {"amount": 1200000, "currency": "CNY"}}],
            }
        )
    )

    opened_on: Day
    balances: list[OpeningBalanceIn] = Field(min_length=1, max_length=BALANCES_MAX)
    unspent: list[UnspentIn] = Field(default=[], max_length=BALANCES_MAX)

    def as_opening(self, organization: Organization, chart: str) -> Opening:
        """Return the same in the words of the books."""
        return Opening(
            organization_id=organization.id,
            chart=chart,
            on=self.opened_on,
            balances=[
                Balance(amount=one.balance.amount, **one.model_dump(exclude={"balance"}))
                for one in self.balances
            ],
            unspent={one.fund_id: one.unspent.amount for one in self.unspent},
        )


class OpeningBalanceOut(BaseModel):
    """What stands on one account, a debit positive."""

    code: str
    balance: MoneyOut
    sub: str | None
    fund_id: UUID | None
    channel_id: UUID | None
    project_id: UUID | None
    counterparty_id: UUID | None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "OpeningBalanceOut":
        """Return a balance as JSON says it."""
        return cls.model_validate({**said, "balance": MoneyOut.of(said["amount"])})


class UnspentOut(BaseModel):
    """What a fund holds unspent."""

    fund_id: UUID
    unspent: MoneyOut


class OpeningSheetOut(BaseModel):
    """Opening balances; they are in the books when a second person has looked them over."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8021",
                "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
                "chart": "2026",
                "opened_on": "2026-07-01",
                "made_by": _STAFF,
                "created_at": "2026-07-01T02:00:00Z",
                "reviewed_by": None,
                "reviewed_at": None,
                "entry_ids": None,
                "balances": [
                    {
                        "code": "1002",
                        "balance": {"amount": 1200000, "currency": "CNY"},
                        "sub": None,
                        "fund_id": None,
                        "channel_id": _BANK,
                        "project_id": None,
                        "counterparty_id": None,
                    }
                ],
                "unspent": [{"fund_id": _FUND, "unspent": {"amount": 1200000, "currency": "CNY"}}],
            }
        )
    )

    id: UUID
    organization_id: UUID
    chart: str
    opened_on: date
    made_by: UUID
    created_at: datetime
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    entry_ids: list[UUID] | None
    balances: list[OpeningBalanceOut]
    unspent: list[UnspentOut]

    @classmethod
    def of(cls, sheet: OpeningSheet) -> "OpeningSheetOut":
        """Return a sheet as JSON says it."""
        return cls(
            id=sheet.id,
            organization_id=sheet.organization_id,
            chart=sheet.chart,
            opened_on=sheet.opened_on,
            made_by=sheet.made_by,
            created_at=sheet.created_at,
            reviewed_by=sheet.reviewed_by,
            reviewed_at=sheet.reviewed_at,
            entry_ids=sheet.entry_ids,
            balances=[OpeningBalanceOut.of(one) for one in sheet.balances],
            unspent=[
                UnspentOut(fund_id=UUID(fund_id), unspent=MoneyOut.of(amount))
                for fund_id, amount in sheet.unspent.items()
            ],
        )


class OpeningQuery(PageQuery):
    """Which opening balances."""

    reviewed: bool | None = None
