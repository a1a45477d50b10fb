"""Co-funding shares as JSON."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, MoneyOut, shown
from app.kit.money import AMOUNT_MINOR_MAX
from app.projects.budgets.shares import NewShare
from app.projects.models import FundingShare, ShareSource
from app.projects.schemas.budgets import examples


class ShareMoney(Body):
    """An amount that may be nothing yet."""

    amount: int = Field(strict=True, ge=0, le=AMOUNT_MINOR_MAX, examples=[3000000])
    currency: Literal["CNY"]


class ShareIn(Body):
    """What one source bears: as planned, and as far as it has come."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SHARES_IN["shares"][0]))

    source: ShareSource
    planned: ShareMoney
    received: ShareMoney | None = None


class SharesIn(Body):
    """Who bears which part, in place of what was told before."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SHARES_IN))

    shares: list[ShareIn] = Field(max_length=6)

    def as_shares(self) -> list[NewShare]:
        """Return the same in the words of the rules."""
        return [
            NewShare(
                source=one.source,
                planned_minor=one.planned.amount,
                received_minor=one.received.amount if one.received else 0,
            )
            for one in self.shares
        ]


class ShareOut(BaseModel):
    """What one source bears."""

    source: ShareSource
    planned: MoneyOut
    received: MoneyOut


class SharesOut(BaseModel):
    """Who bears which part of the cost, with the sums."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            examples.SHARES_IN | {"planned": examples.yuan(60000), "received": examples.yuan(42000)}
        )
    )

    planned: MoneyOut
    received: MoneyOut
    shares: list[ShareOut]

    @classmethod
    def of(cls, rows: Sequence[FundingShare]) -> Self:
        """Return shares with their sums."""
        return cls(
            planned=MoneyOut.of(sum(one.planned_minor for one in rows)),
            received=MoneyOut.of(sum(one.received_minor for one in rows)),
            shares=[
                ShareOut(
                    source=one.source,
                    planned=MoneyOut.of(one.planned_minor),
                    received=MoneyOut.of(one.received_minor),
                )
                for one in rows
            ],
        )
