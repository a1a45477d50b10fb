"""Merchant accounts with their terms, as JSON."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import Channel, MerchantTerms
from app.accounting.parties.terms import NewTerms
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Body, Day, MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.organizations.models import Platform

_ID = "01997d5d-ac96-774b-bcce-b302099a8004"
_TERMS = {
    "valid_from": "2026-01-01",
    "settlement_channel_id": examples.CHANNEL,
    "fee_rate_basis_points": 60,
    "settlement_days": 1,
}
_TERMS_OUT = _TERMS | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8054",
    "channel_id": _ID,
    "made_by": "staff:01997d5d-ac96-774b-bcce-b302099a8011",
    "created_at": "2026-01-05T02:30:00Z",
}


class MerchantTermsIn(Body):
    """What was agreed with a platform, from a day on."""

    model_config = ConfigDict(json_schema_extra=shown(_TERMS | {"merchant_number": "1900000109"}))

    valid_from: Day
    settlement_channel_id: UUID = Field(description="The bank account that it pays out to.")
    fee_rate_basis_points: Annotated[int, Field(strict=True, ge=0, le=10_000)] = Field(
        description="60 is 0.60 %."
    )
    settlement_days: Annotated[int, Field(strict=True, ge=0, le=366)] = Field(
        default=1, description="After how many days it pays out."
    )
    merchant_number: Annotated[str, Field(strict=True, pattern=r"^[0-9A-Za-z-]{4,40}$")] | None = Field(
        default=None, description="Kept sealed: its last four digits are all that is shown again."
    )

    def terms(self) -> NewTerms:
        """Return the same in the words of the rules."""
        return NewTerms(**dict(self))


class MerchantTermsQuery(PageQuery):
    """Which terms to list: all of the account."""


class MerchantTermsOut(BaseModel):
    """The terms of a merchant account from a day on."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_TERMS_OUT))

    id: UUID
    channel_id: UUID
    valid_from: date
    settlement_channel_id: UUID
    fee_rate_basis_points: int
    settlement_days: int
    made_by: str
    created_at: datetime


class MerchantQuery(PageQuery):
    """Which merchant accounts to list."""

    organization_id: UUID | None = None


class MerchantOut(BaseModel):
    """A platform's merchant account: its number's end, what lies there, and the terms in force today."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": _ID,
                "organization_id": examples.ORGANIZATION,
                "code": "tencent",
                "name": "腾讯公益商户号",
                "number_last": "0109",
                "platform_slug": "tencent",
                "platform_name": "腾讯公益",
                "balance": examples.fen(4000000),
                "terms": _TERMS_OUT,
            }
        )
    )

    id: UUID
    organization_id: UUID
    code: str
    name: str
    number_last: str | None
    platform_slug: str | None
    platform_name: str | None
    balance: MoneyOut
    terms: MerchantTermsOut | None

    @classmethod
    def of(
        cls, channel: Channel, platform: Platform | None, terms: MerchantTerms | None, balance: int
    ) -> Self:
        """Return a merchant account as JSON shows it."""
        return cls(
            id=channel.id,
            organization_id=channel.organization_id,
            code=channel.code,
            name=channel.name,
            number_last=channel.number_last,
            platform_slug=platform and platform.slug,
            platform_name=platform and platform.name,
            balance=MoneyOut.of(balance),
            terms=None if terms is None else MerchantTermsOut.model_validate(terms),
        )
