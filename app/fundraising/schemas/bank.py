"""Bank lines that are gifts or settlements, as JSON."""

from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.models import BankLine, MerchantTerms
from app.accounting.parties import terms
from app.fundraising.banking.bank_gifts import BankGift
from app.fundraising.gifts import Giver
from app.fundraising.models import Campaign
from app.fundraising.schemas import examples
from app.fundraising.schemas.donations import GiverIn
from app.fundraising.schemas.purposes import PurposeIn
from app.kit.fields import Body, MoneyIn, MoneyOut, Words, wrong

_LINE = "01997d5d-ac96-774b-bcce-b302099a8022"
_MERCHANT = "01997d5d-ac96-774b-bcce-b302099a8003"


class BankDonationIn(PurposeIn):
    """That a line is a gift: for a campaign, or without one for the general fund.

    Without a giver it is who the bank says has paid, or who the remark says has given.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"campaign_id": "01890a5d-ac96-774b-bcce-b302099a8057"}]}
    )

    campaign_id: UUID | None = None
    giver: GiverIn | None = None
    message: Words | None = None

    @model_validator(mode="after")
    def _designates_in_a_campaign(self) -> Self:
        if self.campaign_id is None and (self.designation or self.allocations):
            raise wrong("the general fund has no designations", "一般基金不分指定用途")
        return self

    def as_gift(self, line_id: UUID, campaign: Campaign | None) -> BankGift:
        """Return the same in the words of the rules."""
        giver = Giver(**dict(self.giver)) if self.giver else None
        return BankGift(
            line_id=line_id, campaign=campaign, wanted=self.wanted(), giver=giver, message=self.message
        )


class BankDonationsIn(Body):
    """Lines that are gifts for one campaign, or for the general fund, each from who has paid it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"line_ids": [_LINE], "campaign_id": "01890a5d-ac96-774b-bcce-b302099a8057"}]
        }
    )

    line_ids: list[UUID] = Field(min_length=1, max_length=200)
    campaign_id: UUID | None = None


class BankDonationOut(BaseModel):
    """What became of one line of a batch: its gift, or the code of the refusal."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "line_id": _LINE,
                "outcome": "posted",
                "donation_id": "01997d5d-ac96-774b-bcce-b302099a8005",
                "refused": None,
            }
        )
    )

    line_id: UUID
    outcome: str | None
    donation_id: UUID | None
    refused: str | None


class BankDonationsOut(BaseModel):
    """What became of a batch, in its order."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "outcomes": [
                    {"line_id": _LINE, "outcome": None, "donation_id": None, "refused": "line-decided"}
                ]
            }
        )
    )

    outcomes: list[BankDonationOut]


class SettlementIn(Body):
    """That a line is a platform's payout: from which merchant account, and the fee that was kept."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown({"channel_id": _MERCHANT, "fee": {"amount": 300, "currency": "CNY"}})
    )

    channel_id: UUID
    fee: MoneyIn | None = None


class SettlementOut(BaseModel):
    """A payout as it was booked."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "line_id": _LINE,
                "channel_id": _MERCHANT,
                "net": {"amount": 49700, "currency": "CNY"},
                "fee": {"amount": 300, "currency": "CNY"},
                "gross": {"amount": 50000, "currency": "CNY"},
                "expected_fee": {"amount": 300, "currency": "CNY"},
                "agreed_account": True,
                "entry_id": "01997d5d-ac96-774b-bcce-b302099a8006",
            }
        )
    )

    line_id: UUID
    channel_id: UUID
    net: MoneyOut
    fee: MoneyOut
    gross: MoneyOut
    expected_fee: MoneyOut | None = Field(description="By the terms in force that day, if any are recorded.")
    agreed_account: bool | None = Field(description="Whether it came to the bank account of the terms.")
    entry_id: UUID | None

    @classmethod
    def of(cls, line: BankLine, merchant_id: UUID, fee: int, agreed: MerchantTerms | None) -> Self:
        """Return a payout as JSON shows it, beside what was agreed."""
        return cls(
            expected_fee=None if agreed is None else MoneyOut.of(terms.fee(agreed, line.amount + fee)),
            agreed_account=agreed and agreed.settlement_channel_id == line.channel_id,
            line_id=line.id,
            channel_id=merchant_id,
            net=MoneyOut.of(line.amount),
            fee=MoneyOut.of(fee),
            gross=MoneyOut.of(line.amount + fee),
            entry_id=line.entry_id,
        )
