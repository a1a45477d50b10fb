"""Gifts and traces as the public reads them, as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.gifts import PublicGift, Refunded
from app.disclosure.names import Naming
from app.disclosure.schemas import examples
from app.disclosure.schemas.campaigns import OrganizationSaid
from app.disclosure.traces import GiftTrace, Part, Whereabouts
from app.fundraising.models import DonationState
from app.kit.fields import Body, Line, MoneyIn, MoneyOut, shown
from app.kit.http.pages import Page
from app.ledger.tracing import TraceBasis
from app.transparency.receipts import FORMAT, Receipt
from app.webhooks.schemas import Text


class PublicGiftOut(BaseModel):
    """A gift as the public reads it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.GIFT))

    donated_at: datetime
    name: str = Field(description="In full with consent, masked without, `匿名` for who stays unnamed.")
    naming: Naming
    amount: MoneyOut | None = Field(description="Absent if the giver hides it.")
    refunded: MoneyOut | None = Field(description="Absent with the amount; `refund` is always told.")
    refund: Refunded
    state: DonationState
    message: str | None
    channel: str

    @classmethod
    def of(cls, gift: PublicGift, language: str) -> Self:
        """Return a gift as JSON shows it."""
        return cls(
            donated_at=gift.donated_at,
            name=gift.giver.label(language),
            naming=gift.giver.naming,
            amount=None if gift.amount is None else MoneyOut.of(gift.amount),
            refunded=None if gift.refunded is None else MoneyOut.of(gift.refunded),
            refund=gift.refund,
            state=gift.state,
            message=gift.message,
            channel=gift.channel.name,
        )


class PublicGiftPage(Page[PublicGiftOut]):
    """Gifts of one campaign."""

    demo: bool


class OrderIn(Body):
    """A gift as the donor's bill shows it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "platform": "tencent",
                    "donation_id": "T-20260501-000001",
                    "amount": {"amount": 5000, "currency": "CNY"},
                }
            ]
        }
    )

    platform: Line = Field(description="The platform's slug.")
    donation_id: Text = Field(description="The order number on the bill: any that the platform told us.")
    amount: MoneyIn


class CampaignSaid(BaseModel):
    """A campaign, by name."""

    code: str
    title: str


class FundSaid(BaseModel):
    """A fund of an organization."""

    code: str
    title: str | None


class PartOut(BaseModel):
    """A part of a gift: where it is, and whether we know so by purpose or by first in, first out."""

    kind: Whereabouts
    amount: MoneyOut
    basis: TraceBasis
    organization: OrganizationSaid
    fund: FundSaid | None
    project_code: str | None
    counterparty_code: str | None
    entry_id: UUID | None
    booked_on: date | None
    arrived: MoneyOut = Field(description="What of it has reached the final beneficiary.")
    depth: int = Field(description="How many organizations it passed to get there.")

    @classmethod
    def of(cls, part: Part) -> Self:
        """Return a part as JSON shows it."""
        fund = FundSaid(code=part.fund_code, title=part.fund_title) if part.fund_code else None
        return cls(
            kind=part.kind,
            amount=MoneyOut.of(part.amount),
            basis=part.basis,
            organization=OrganizationSaid(code=part.organization_code, name=part.organization_name),
            fund=fund,
            project_code=part.project_code,
            counterparty_code=part.counterparty_code,
            entry_id=part.entry_id,
            booked_on=part.booked_on,
            arrived=MoneyOut.of(part.arrived),
            depth=part.depth,
        )


class TraceOut(BaseModel):
    """A gift and where every fen of it is; the places, of all parts of the answer, add up to its amount."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRACE))

    lookup_code: str
    amount: MoneyOut
    refunded: MoneyOut
    state: DonationState
    donated_at: datetime
    organization: OrganizationSaid
    campaign: CampaignSaid | None
    entry_id: UUID
    booked_on: date
    places: list[PartOut]
    complete: bool = Field(description="Whether this tells the whole gift to the end of each way.")
    next_from: MoneyOut | None = Field(
        description="From which fen on to ask for the rest of so many places; null at the end."
    )
    demo: bool

    @classmethod
    def of(cls, trace: GiftTrace) -> Self:
        """Return a trace as JSON shows it."""
        gift, campaign, owner = trace.donation, trace.campaign, trace.organization
        return cls(
            lookup_code=gift.lookup_code,
            amount=MoneyOut.of(gift.amount),
            refunded=MoneyOut.of(gift.refunded),
            state=gift.state,
            donated_at=gift.donated_at,
            organization=OrganizationSaid(code=owner.code, name=owner.name),
            campaign=CampaignSaid(code=campaign.code, title=campaign.title) if campaign else None,
            entry_id=gift.entry_id,
            booked_on=trace.booked_on,
            places=[PartOut.of(part) for part in trace.parts],
            complete=trace.complete,
            next_from=None if trace.next_start is None else MoneyOut.of(trace.next_start),
            demo=owner.demo,
        )


class OpenedOut(BaseModel):
    """A field in the clear, and the salt with which its commitment is computed again."""

    value: str
    salt: str


class ReceiptFileOut(BaseModel):
    """A receipt file: `zhengxinlu receipt verify` checks it without asking anybody."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECEIPT_FILE))

    format: str
    leaf: str = Field(description="The leaf of the public log, to the byte: RFC 8785 JSON.")
    opened: dict[str, OpenedOut]
    proof: str = Field(description="C2SP tlog-proof, with the signed checkpoint.")
    vkeys: list[str]

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        """Return a receipt as its file."""
        opened = {
            name: OpenedOut(value=one.value, salt=one.salt.hex()) for name, one in receipt.opened.items()
        }
        return cls(
            format=FORMAT,
            leaf=receipt.leaf.decode(),
            opened=opened,
            proof=receipt.proof,
            vkeys=list(receipt.vkeys),
        )
