"""Agency mandates as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import AgencyMandate
from app.accounting.parties.mandates import MandateWay, Movement, Standing
from app.accounting.schemas import bank_examples as examples
from app.accounting.schemas.parties.counterparties import ID as COUNTERPARTY
from app.kit.fields import Body, Code, Day, Line, MoneyIn, MoneyOut, shown
from app.kit.http.pages import PageQuery

_BY = "staff:01997d5d-ac96-774b-bcce-b302099a8011"
_MANDATE = {
    "organization_id": examples.ORGANIZATION,
    "counterparty_id": COUNTERPARTY,
    "code": "DL-2026-001",
    "title": "某企业定向资助学生，委托本会转付",
    "document": "委托协议 2026-05-01",
    "signed_on": "2026-05-01",
}


class AgencyMandateIn(Body):
    """Whose money is handed on, to whom, and by which agreement."""

    model_config = ConfigDict(json_schema_extra=shown(_MANDATE))

    organization_id: UUID
    counterparty_id: UUID = Field(description="Who gave the money to be handed on.")
    code: Code = Field(description="Unique in the organization: the own sub-account of 2601.")
    title: Line
    document: Line = Field(description="The agreement that it rests on.")
    signed_on: Day

    def as_mandate(self, made_by: str) -> AgencyMandate:
        """Return the same in the words of the books."""
        return AgencyMandate(made_by=made_by, **dict(self))


class AgencyMandateQuery(PageQuery):
    """Which mandates to list."""

    organization_id: UUID | None = None
    counterparty_id: UUID | None = None
    ended: bool | None = None


class AgencyMandateOut(BaseModel):
    """A mandate, with what came in for it, what was handed on, and what that cost the organization."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _MANDATE
            | {
                "id": "01997d5d-ac96-774b-bcce-b302099a8052",
                "made_by": _BY,
                "created_at": "2026-05-08T02:30:00Z",
                "ended_at": None,
                "ended_by": None,
                "taken_in": examples.fen(500000),
                "handed_on": examples.fen(200000),
                "left": examples.fen(300000),
                "own_cost": examples.fen(1000),
            }
        )
    )

    id: UUID
    organization_id: UUID
    counterparty_id: UUID
    code: str
    title: str
    document: str
    signed_on: date
    made_by: str
    created_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    taken_in: MoneyOut
    handed_on: MoneyOut
    left: MoneyOut
    own_cost: MoneyOut

    @classmethod
    def of(cls, mandate: AgencyMandate, standing: Standing) -> Self:
        """Return a mandate as JSON shows it."""
        money = {"taken_in", "handed_on", "left", "own_cost"}
        facts: dict[str, Any] = {
            name: getattr(mandate, name) for name in cls.model_fields if name not in money
        }
        facts |= {name: MoneyOut.of(getattr(standing, name)) for name in money}
        return cls(**facts)


class AgencyMovementIn(Body):
    """Money of a mandate that came in, or is to be handed on; or our own cost of handing it on."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "direction": "out",
                "amount": examples.fen(200000),
                "channel_id": examples.CHANNEL,
                "happened_on": "2026-05-20",
                "summary": "转付助学款",
            }
        )
    )

    direction: MandateWay = Field(
        description="`cost` is borne by the general fund, never by the mandate's money."
    )
    amount: MoneyIn
    channel_id: UUID
    happened_on: Day
    summary: Line

    def movement(self) -> Movement:
        """Return the same in the words of the rules."""
        return Movement(
            way=self.direction,
            amount=self.amount.amount,
            channel_id=self.channel_id,
            happened_on=self.happened_on,
            summary=self.summary,
        )


class AgencyVoucherOut(BaseModel):
    """The draft that was written: it is submitted, reviewed and posted like every voucher."""

    model_config = ConfigDict(
        json_schema_extra=shown({"voucher_id": "01997d5d-ac96-774b-bcce-b302099a8053", "template": "J18-OUT"})
    )

    voucher_id: UUID
    template: str | None
