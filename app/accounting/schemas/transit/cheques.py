"""Cheques as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.bank.cheques import NewCheque
from app.accounting.models import Cheque, ChequeDirection
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, shown, wrong
from app.kit.http.pages import PageQuery

_CHEQUE = {
    "direction": "drawn",
    "number": "30108912",
    "amount": examples.fen(180000),
    "written_on": "2026-05-28",
    "entry_id": examples.ENTRY,
}


class ChequeIn(Body):
    """A cheque that we drew, with the entry that paid it out; or one that we received: no money yet."""

    model_config = ConfigDict(json_schema_extra=shown(_CHEQUE))

    direction: ChequeDirection
    number: Line
    amount: MoneyIn
    written_on: Day
    entry_id: UUID | None = None

    @model_validator(mode="after")
    def _names_its_entry(self) -> Self:
        if (self.direction is ChequeDirection.drawn) is (self.entry_id is None):
            raise wrong(
                "a drawn cheque names its entry, a received one has none",
                "开出的支票须注明分录，收到的支票不注明",
            )
        return self

    def cheque(self) -> NewCheque:
        """Return the same in the words of the rules."""
        return NewCheque(
            direction=self.direction,
            number=self.number,
            amount=self.amount.amount,
            written_on=self.written_on,
            entry_id=self.entry_id,
        )


class PresentationIn(Body):
    """The bank's line by which a cheque was paid."""

    model_config = ConfigDict(json_schema_extra=shown({"line_id": examples.LINE_ID}))

    line_id: UUID


class ChequeQuery(PageQuery):
    """Which cheques to list. Outstanding are those that the bank has not paid and nobody gave up."""

    direction: ChequeDirection | None = None
    outstanding: bool | None = None


class ChequeOut(BaseModel):
    """A cheque, and whether the bank has paid it."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _CHEQUE
            | {
                "id": "01997d5d-ac96-774b-bcce-b302099a8061",
                "channel_id": examples.CHANNEL,
                "recorded_by": "staff:01997d5d-ac96-774b-bcce-b302099a8011",
                "created_at": "2026-05-28T02:30:00Z",
                "line_id": None,
                "presented_by": None,
                "cancelled_at": None,
                "cancelled_by": None,
                "cancelled_because": None,
            }
        )
    )

    id: UUID
    channel_id: UUID
    direction: ChequeDirection
    number: str
    amount: MoneyOut
    written_on: date
    entry_id: UUID | None
    recorded_by: str
    created_at: datetime
    line_id: UUID | None = Field(description="The bank's line by which it was paid.")
    presented_by: str | None
    cancelled_at: datetime | None
    cancelled_by: str | None
    cancelled_because: str | None

    @classmethod
    def of(cls, cheque: Cheque) -> Self:
        """Return a cheque as JSON shows it."""
        facts = {name: getattr(cheque, name) for name in cls.model_fields if name != "amount"}
        return cls(amount=MoneyOut.of(cheque.amount), **facts)
