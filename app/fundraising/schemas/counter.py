"""Many gifts at the counter at once, as JSON."""

from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.gifts import OutcomeKind
from app.fundraising.models import Donation
from app.fundraising.schemas import examples
from app.fundraising.schemas.donations import GiftIn
from app.kit.fields import Body, MoneyOut
from app.kit.http.bulk_items import ITEMS_MAX, BatchOut


class GiftsIn(Body):
    """Gifts that reached a campaign at the counter or in the bank, up to 200 at once."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"gifts": [examples.GIFT_IN]}))

    gifts: list[GiftIn] = Field(min_length=1, max_length=ITEMS_MAX)


class TakenOut(BaseModel):
    """A gift of many, without its giver: the answer may be stored and speaks of several people."""

    id: UUID
    their_id: str
    lookup_code: str
    amount: MoneyOut
    outcome: OutcomeKind

    @classmethod
    def of(cls, donation: Donation, outcome: OutcomeKind) -> Self:
        """Return what became of a gift."""
        return cls(
            id=donation.id,
            their_id=donation.their_id,
            lookup_code=donation.lookup_code,
            amount=MoneyOut.of(donation.amount),
            outcome=outcome,
        )


class TakenBatchOut(BatchOut[TakenOut]):
    """What became of each gift."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.TAKEN))
