"""Cash gifts as JSON."""

from typing import Self
from uuid import UUID

from pydantic import ConfigDict, model_validator

from app.fundraising.banking.cash_gifts import CashGift
from app.fundraising.gifts import Giver
from app.fundraising.models import Campaign
from app.fundraising.schemas import examples
from app.fundraising.schemas.donations import GiverIn
from app.fundraising.schemas.purposes import PurposeIn
from app.kit.fields import Line, MoneyIn, Words, wrong

_CAMPAIGN = "01890a5d-ac96-774b-bcce-b302099a8057"


class BoxGiftIn(PurposeIn):
    """For what the money of a donation box was given: a campaign, or nothing in particular."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"campaign_id": _CAMPAIGN}))

    campaign_id: UUID | None = None

    @model_validator(mode="after")
    def _designates_in_a_campaign(self) -> Self:
        if self.campaign_id is None and (self.designation or self.allocations):
            raise wrong("the general fund has no designations", "一般基金不分指定用途")
        return self


class CashGiftIn(BoxGiftIn):
    """A gift in cash, with the number of the sheet that the giver signed."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "sheet_number": "0000123",
                "amount": {"amount": 10000, "currency": "CNY"},
                "campaign_id": _CAMPAIGN,
                "giver": {"name": "王小明"},
            }
        )
    )

    sheet_number: Line
    amount: MoneyIn
    giver: GiverIn = GiverIn()
    message: Words | None = None

    def as_gift(self, campaign: Campaign | None) -> CashGift:
        """Return the same in the words of the rules."""
        return CashGift(
            sheet_number=self.sheet_number,
            amount=self.amount.amount,
            campaign=campaign,
            wanted=self.wanted(),
            giver=Giver(**dict(self.giver)),
            message=self.message,
        )
