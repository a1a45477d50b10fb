"""Cash sessions and deposits as JSON."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.cash.deposits import Slip
from app.accounting.cash.sessions import Opening
from app.accounting.models import CashDeposit, CashSession, CashSessionKind, CashSessionState
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, PastMoment, shown, wrong
from app.kit.http.pages import PageQuery

_BY = "staff:01997d5d-ac96-774b-bcce-b302099a8011"
_SECOND = "01997d5d-ac96-774b-bcce-b302099a8012"
SESSION = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8031",
    "organization_id": examples.ORGANIZATION,
    "channel_id": examples.CHANNEL,
    "kind": "counter",
    "state": "counted",
    "taken_on": "2026-05-01",
    "opened_by": _BY,
    "opened_with": None,
    "created_at": "2026-05-01T01:00:00Z",
    "box_number": None,
    "bag_number": None,
    "gift_count": 2,
    "expected": examples.fen(15000),
    "counted": examples.fen(14900),
    "difference": examples.fen(-100),
    "denominations": {"10000": 1, "5000": 0, "100": 49},
    "counted_by": _BY,
    "counted_with": _SECOND,
    "counted_at": "2026-05-01T09:00:00Z",
    "reason": None,
    "decided_by": None,
    "entry_id": None,
}
_SLIP = {
    "box_id": "01997d5d-ac96-774b-bcce-b302099a8003",
    "bank_id": "01997d5d-ac96-774b-bcce-b302099a8004",
    "slip_number": "JK-20260501-01",
    "amount": examples.fen(15000),
}
Pieces = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class CashSessionIn(Body):
    """A session on a cash box: gifts one by one at the counter, or a donation box that is emptied."""

    model_config = ConfigDict(json_schema_extra=shown({"channel_id": examples.CHANNEL, "kind": "counter"}))

    channel_id: UUID
    kind: CashSessionKind = CashSessionKind.counter
    taken_on: Day | None = Field(default=None, description="The day of the cash, if it was not today.")
    second_id: UUID | None = Field(
        default=None, description="Who opens it with you; a donation box is never opened by one person."
    )
    box_number: Line | None = Field(default=None, description="The donation box's number.")
    bag_number: Line | None = Field(default=None, description="The sealed bag that its money came in.")

    @model_validator(mode="after")
    def _has_its_box(self) -> Self:
        if (self.kind is CashSessionKind.box) != (self.box_number is not None):
            raise wrong("a donation box has a number, a counter has none", "捐款箱须有编号，柜台没有编号")
        return self

    def opening(self) -> Opening:
        """Return the same in the words of the rules."""
        return Opening(
            kind=self.kind,
            taken_on=self.taken_on,
            second=self.second_id,
            box_number=self.box_number,
            bag_number=self.bag_number,
        )


class CountIn(Body):
    """What two people have counted: how many notes and coins of each value in fen."""

    model_config = ConfigDict(
        json_schema_extra=shown({"second_id": _SECOND, "denominations": {"10000": 1, "100": 50}})
    )

    second_id: UUID = Field(description="The other person who counted, of the same staff.")
    denominations: dict[Annotated[int, Field(ge=1, le=1_000_000)], Pieces] = Field(max_length=30)


class DifferenceIn(Body):
    """Why count and sum differ, as far as it is known."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "找零差错"}))

    reason: Line


class CashSessionQuery(PageQuery):
    """Which sessions to list."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None
    state: CashSessionState | None = None


class CashSessionOut(BaseModel):
    """A session on a cash box, with its count beside its sum."""

    model_config = ConfigDict(json_schema_extra=shown(SESSION))

    id: UUID
    organization_id: UUID
    channel_id: UUID
    kind: CashSessionKind
    state: CashSessionState
    taken_on: date
    opened_by: str
    opened_with: UUID | None
    created_at: datetime
    box_number: str | None
    bag_number: str | None
    gift_count: int
    expected: MoneyOut
    counted: MoneyOut | None
    difference: MoneyOut | None
    denominations: dict[str, int] | None
    counted_by: str | None
    counted_with: UUID | None
    counted_at: datetime | None
    reason: str | None
    decided_by: str | None
    entry_id: UUID | None

    @classmethod
    def of(cls, one: CashSession) -> Self:
        """Return a cash session as JSON shows it."""
        money = {"expected", "counted", "difference"}
        counted = one.counted_minor
        return cls(
            **{name: getattr(one, name) for name in cls.model_fields if name not in money},
            expected=MoneyOut.of(one.expected_minor),
            counted=None if counted is None else MoneyOut.of(counted),
            difference=None if counted is None else MoneyOut.of(counted - one.expected_minor),
        )


class DepositIn(Body):
    """Cash that was taken to the bank, as its slip says."""

    model_config = ConfigDict(json_schema_extra=shown(_SLIP | {"deposited_at": "2026-05-01T16:00:00+08:00"}))

    box_id: UUID
    bank_id: UUID
    slip_number: Line
    amount: MoneyIn
    deposited_at: PastMoment

    def slip(self) -> Slip:
        """Return the same in the words of the rules."""
        return Slip(number=self.slip_number, amount=self.amount.amount, deposited_at=self.deposited_at)


class DepositQuery(PageQuery):
    """Which deposits to list."""

    organization_id: UUID | None = None


class DepositOut(BaseModel):
    """Cash that was taken to the bank."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _SLIP
            | {
                "id": "01997d5d-ac96-774b-bcce-b302099a8032",
                "deposited_on": "2026-05-01",
                "actor": _BY,
                "entry_id": examples.ENTRY,
            }
        )
    )

    id: UUID
    box_id: UUID
    bank_id: UUID
    slip_number: str
    amount: MoneyOut
    deposited_on: date
    actor: str
    entry_id: UUID

    @classmethod
    def of(cls, deposit: CashDeposit) -> Self:
        """Return a deposit as JSON shows it."""
        facts = {name: getattr(deposit, name) for name in cls.model_fields if name != "amount"}
        return cls(amount=MoneyOut.of(deposit.amount), **facts)
