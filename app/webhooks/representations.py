"""Representations: what operators and partners say and hear about platforms, and about their gifts."""

import zlib
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import Channel
from app.fundraising.models import Campaign, Designation, Donation, DonationState
from app.kit.fields import Body, Code, Line, Moment, MoneyOut, shown
from app.kit.http import versions
from app.kit.http.pages import PageQuery
from app.organizations.models import Platform, PlatformKind
from app.webhooks import examples
from app.webhooks.credentials import PaymentTermsOut, TermsIn

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", examples=["tencent"])]
Rate = Annotated[int, Field(strict=True, ge=1, le=100_000, description="Events a second.", examples=[2000])]


class MerchantAccountIn(Body):
    """The merchant account that an organization has with a platform."""

    code: Code = Field(description="Unique in the organization; it appears in published leaves, for ever.")
    name: Line


class PlatformIn(Body):
    """A platform, as one organization's merchant there."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "organization_id": "01890a5d-ac96-774b-bcce-b302099a8057",
                    "slug": "tencent",
                    "name": "腾讯公益",
                    "merchant_account": {"code": "tencent", "name": "腾讯公益商户号 1900001"},
                }
            ]
        },
    )

    organization_id: UUID
    slug: Slug
    name: Line
    merchant_account: MerchantAccountIn
    payment_terms: TermsIn | None = Field(
        default=None, description="Of WeChat Pay or Alipay, which sign otherwise than our contract says."
    )


class PlatformChange(Body):
    """What may be changed about a platform; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rate_per_second": 500}]})

    name: Line | None = None
    rate_per_second: Rate | None = None


class PlatformQuery(PageQuery):
    """Which platforms to list."""

    organization_id: UUID | None = None
    disabled: bool | None = None


class MerchantAccountOut(BaseModel):
    """The channel through which a platform's gifts come in."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: str
    name: str


class PlatformOut(BaseModel):
    """A platform."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PLATFORM))

    id: UUID
    slug: str
    kind: PlatformKind
    name: str
    organization_id: UUID
    merchant_account: MerchantAccountOut
    payment_terms: PaymentTermsOut | None
    rate_per_second: int
    disabled_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, platform: Platform, channel: Channel) -> "PlatformOut":
        """Return a platform with its merchant account."""
        account = MerchantAccountOut.model_validate(channel)
        return cls(
            id=platform.id,
            slug=platform.slug,
            kind=platform.kind,
            name=platform.name,
            organization_id=platform.organization_id,
            merchant_account=account,
            payment_terms=PaymentTermsOut.of(platform),
            rate_per_second=platform.rate_per_second,
            disabled_at=platform.disabled_at,
            created_at=platform.created_at,
        )

    @property
    def etag(self) -> str:
        """The entity tag of exactly this content: platforms count no versions."""
        return versions.etag(zlib.crc32(self.model_dump_json().encode()))


class PlatformMade(PlatformOut):
    """A platform that is new, with its first secret."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PLATFORM_MADE))

    secret: str | None = Field(
        description="What the platform signs with; shown once. None if it signs with keys of its own.",
        examples=["whsec_c2VjcmV0"],
    )


class RotationIn(Body):
    """That a platform shall get a new secret."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"overlap_hours": 24}]})

    overlap_hours: int = Field(
        default=24, strict=True, ge=0, le=720, description="How long the secrets before it stay live."
    )


class SecretOut(BaseModel):
    """A new secret."""

    secret: str = Field(description="What the platform signs with; shown once.", examples=["whsec_c2VjcmV0"])


class PartnerKeyIn(Body):
    """A key with which a platform asks at `/v1/partner`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "对账程序"}]})

    name: Line = Field(examples=["对账程序"])
    expires_at: Moment | None = Field(default=None, description="A year from now if left out.")


class PartnerDesignationOut(BaseModel):
    """A use of a campaign's money that a donor may choose."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    title: str
    is_default: bool


class PartnerCampaignOut(BaseModel):
    """A campaign that a platform may collect for."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTNER_CAMPAIGN))

    code: str
    title: str
    purpose: str
    filing_no: str | None
    starts_on: date
    ends_on: date | None
    designations: list[PartnerDesignationOut]

    @classmethod
    def of(cls, campaign: Campaign, designations: list[Designation]) -> "PartnerCampaignOut":
        """Return a campaign with its designations."""
        return cls(
            code=campaign.code,
            title=campaign.title,
            purpose=campaign.purpose,
            filing_no=campaign.filing_no,
            starts_on=campaign.starts_on,
            ends_on=campaign.ends_on,
            designations=[PartnerDesignationOut.model_validate(one) for one in designations],
        )


class PartnerDonationOut(BaseModel):
    """A gift that a platform told us of, as it stands in our books."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PARTNER_DONATION))

    donation_id: str = Field(description="The platform's own number.", examples=["T-20260501-000001"])
    id: UUID
    state: DonationState
    campaign: str = Field(description="The code that it was delivered with.")
    amount: MoneyOut
    refunded: MoneyOut
    donated_at: datetime
    received_at: datetime
    entry_id: UUID
    lookup_code: str

    @classmethod
    def of(cls, donation: Donation) -> "PartnerDonationOut":
        """Return a donation as the platform that delivered it may see it."""
        return cls(
            donation_id=donation.their_id,
            id=donation.id,
            state=donation.state,
            campaign=donation.first_campaign_code,
            amount=MoneyOut.of(donation.amount),
            refunded=MoneyOut.of(donation.refunded),
            donated_at=donation.donated_at,
            received_at=donation.created_at,
            entry_id=donation.entry_id,
            lookup_code=donation.lookup_code,
        )
