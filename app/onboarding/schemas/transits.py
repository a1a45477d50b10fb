"""Money on its way as JSON: what it was, and what has arrived of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, MoneyIn, MoneyOut, shown
from app.onboarding.arrivals import Arrived
from app.onboarding.models import CarriedTransit, TransitArrival

_ARRIVAL: dict[str, Any] = {
    "channel_id": "01997d5d-ac96-774b-bcce-b302099a8012",
    "amount": {"amount": 497000, "currency": "CNY"},
    "fee": {"amount": 3000, "currency": "CNY"},
    "arrived_on": "2026-07-06",
}
ARRIVED = _ARRIVAL | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8032",
    "number": 1,
    "entry_id": "01997d5d-ac96-774b-bcce-b302099a8033",
    "actor": "staff:01997d5d-ac96-774b-bcce-b302099a8005",
    "created_at": "2026-07-06T02:00:00Z",
}


class TransitArrivalIn(Body):
    """What reached an account of money that was on its way when the books went live."""

    model_config = ConfigDict(json_schema_extra=shown(_ARRIVAL))

    channel_id: UUID = Field(description="The account that it reached.")
    amount: MoneyIn
    fee: MoneyIn | None = Field(default=None, description="What was kept of it before it was paid out.")
    arrived_on: Day

    def arrived(self) -> Arrived:
        """Return the same in the words of the rules."""
        return Arrived(
            channel_id=self.channel_id,
            amount=self.amount.amount,
            arrived_on=self.arrived_on,
            fee=self.fee.amount if self.fee else 0,
        )


class TransitArrivalOut(BaseModel):
    """That some of it has arrived, and the entry by which it was booked."""

    model_config = ConfigDict(json_schema_extra=shown(ARRIVED))

    id: UUID
    number: int
    channel_id: UUID
    amount: MoneyOut
    fee: MoneyOut
    arrived_on: date
    entry_id: UUID
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, arrival: TransitArrival) -> "TransitArrivalOut":
        """Return an arrival as JSON says it."""
        facts = {name: getattr(arrival, name) for name in cls.model_fields if name not in {"amount", "fee"}}
        return cls(amount=MoneyOut.of(arrival.amount), fee=MoneyOut.of(arrival.fee), **facts)


class CarriedTransitOut(BaseModel):
    """Money that was on its way when the books went live, and what has arrived of it."""

    number: int
    words: str
    amount: MoneyOut
    expected_on: date | None
    left: MoneyOut
    arrivals: list[TransitArrivalOut]

    @classmethod
    def of(cls, transit: CarriedTransit, arrived: Sequence[TransitArrival]) -> "CarriedTransitOut":
        """Return what was on its way as JSON says it."""
        return cls(
            number=transit.number,
            words=transit.words,
            amount=MoneyOut.of(transit.amount),
            expected_on=transit.expected_on,
            left=MoneyOut.of(transit.amount - transit.arrived_minor),
            arrivals=[TransitArrivalOut.of(one) for one in arrived if one.number == transit.number],
        )
