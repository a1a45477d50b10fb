"""Campaigns as the public reads them, as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import Channel, ChannelKind
from app.disclosure.campaigns import Account
from app.disclosure.days import Day, Span
from app.disclosure.projects.funding import PaidFor
from app.disclosure.schemas import examples
from app.fundraising.figures import ChannelFigures
from app.fundraising.models import CampaignState, Designation
from app.kit.fields import Code, Line, MoneyOut, shown
from app.kit.fields import Day as LegalDay
from app.kit.http.pages import PageQuery
from app.ledger.models import Fund


class PublicCampaignQuery(PageQuery):
    """Which campaigns to list."""

    organization: Code | None = Field(default=None, description="The organization's code.")
    state: Literal["open", "closed"] | None = None
    q: Line | None = Field(default=None, description="Part of the code or the title.")
    sort: Literal["code", "starts_on", "-starts_on"] = "-starts_on"


class SpanQuery(BaseModel):
    """Which days to tell; without them the 90 up to the last on which the campaign had anything."""

    model_config = ConfigDict(extra="forbid")

    first: LegalDay | None = Field(default=None, alias="from")
    last: LegalDay | None = Field(default=None, alias="to", description="At most 366 days in one answer.")


class OrganizationSaid(BaseModel):
    """A member of the federation."""

    code: str
    name: str | None


class PublicCampaignOut(BaseModel):
    """A campaign: what it raised (gross), gave back, spent for its purpose and still holds.

    `net` = `spent` + `balance` + `elsewhere`: the cost share and what went to other funds by decision, less
    refunds that the funds have not covered yet.
    """

    model_config = ConfigDict(json_schema_extra=shown(examples.CAMPAIGN))

    code: str
    title: str
    purpose: str
    organization: OrganizationSaid
    filing_no: str | None
    state: CampaignState
    starts_on: date
    ends_on: date | None
    opened_at: datetime | None
    closed_at: datetime | None
    target: MoneyOut | None
    raised: MoneyOut
    refunded: MoneyOut
    net: MoneyOut
    spent: MoneyOut
    balance: MoneyOut
    elsewhere: MoneyOut
    gift_count: int = Field(description="Gifts, whoever gave them.")
    donor_count: int = Field(description="Identified donors, each once.")
    demo: bool = Field(description="Whether the organization is there for demonstration only.")

    @classmethod
    def of(cls, account: Account) -> Self:
        """Return a campaign as JSON shows it."""
        return cls.model_validate(_facts(account))


def _facts(account: Account) -> dict[str, object]:
    campaign, told = account.campaign, account.figures
    target = campaign.target_minor
    copied = ("code", "title", "purpose", "filing_no", "state", "starts_on", "ends_on")
    moments = ("opened_at", "closed_at")
    return {
        **{name: getattr(campaign, name) for name in (*copied, *moments)},
        **{
            name: MoneyOut.of(getattr(told, name))
            for name in ("raised", "refunded", "net", "spent", "balance")
        },
        "elsewhere": MoneyOut.of(account.elsewhere),
        "target": None if target is None else MoneyOut.of(target),
        "organization": OrganizationSaid(code=account.organization.code, name=account.organization.name),
        "gift_count": told.gift_count,
        "donor_count": told.donor_count,
        "demo": account.organization.demo,
    }


class PublicPurposeOut(BaseModel):
    """A use of the campaign's money, and the part of each of its gifts that goes to the costs."""

    code: str
    title: str
    fund_code: str
    restricted: bool
    cost_share_basis_points: int

    @classmethod
    def of(cls, use: Designation, fund: Fund) -> Self:
        """Return a use as JSON shows it."""
        return cls(
            code=use.code,
            title=use.title,
            fund_code=fund.code,
            restricted=fund.restricted,
            cost_share_basis_points=fund.cost_share_basis_points,
        )


class PublicChannelOut(BaseModel):
    """What came in and went back through one channel."""

    code: str
    name: str
    kind: ChannelKind
    raised: MoneyOut
    refunded: MoneyOut
    net: MoneyOut
    gift_count: int
    refund_count: int

    @classmethod
    def of(cls, channel: Channel, figures: ChannelFigures) -> Self:
        """Return a channel's figures as JSON shows them."""
        return cls(
            code=channel.code,
            name=channel.name,
            kind=channel.kind,
            raised=MoneyOut.of(figures.raised),
            refunded=MoneyOut.of(figures.refunded),
            net=MoneyOut.of(figures.raised - figures.refunded),
            gift_count=figures.gift_count,
            refund_count=figures.refund_count,
        )


class PublicDayOut(BaseModel):
    """What came in and went back on one day (Asia/Shanghai)."""

    day: date
    raised: MoneyOut
    refunded: MoneyOut
    gift_count: int
    refund_count: int

    @classmethod
    def of(cls, day: Day) -> Self:
        """Return a day as JSON shows it."""
        return cls(
            day=day.day,
            raised=MoneyOut.of(day.raised),
            refunded=MoneyOut.of(day.refunded),
            gift_count=day.gift_count,
            refund_count=day.refund_count,
        )


class PaidProjectOut(BaseModel):
    """A project for which a campaign's own funds paid, and how much."""

    code: str
    title: str
    spent: MoneyOut

    @classmethod
    def of(cls, paid: PaidFor) -> Self:
        """Return a project as JSON shows it."""
        return cls(code=paid.project.code, title=paid.project.title, spent=MoneyOut.of(paid.spent))


class PublicCampaignDetail(PublicCampaignOut):
    """A campaign with its uses, channels and days."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CAMPAIGN_IN_FULL))

    settled: MoneyOut | None = Field(description="Of `balance`, what is in the bank or in cash.")
    unsettled: MoneyOut | None = Field(
        description="Of `balance`, what platforms have not paid out yet: presumed first in, first out by day"
        " (按先进先出推定). Both are null where part of it belongs to the costs and totals can't tell which."
    )
    cost_share_basis_points: int = Field(description="Of gifts that name no use; each use may have its own.")
    purposes: list[PublicPurposeOut]
    by_channel: list[PublicChannelOut]
    by_day: list[PublicDayOut] = Field(description="Days between the two below on which anything happened.")
    by_day_from: date
    by_day_to: date
    projects: list[PaidProjectOut] = Field(
        description="Projects for which its funds paid; what other members spent of it is told by a trace."
    )
    as_of: datetime = Field(description="When the newest movement of its funds was recorded.")

    @classmethod
    def whole(
        cls,
        account: Account,
        uses: tuple[Sequence[tuple[Designation, Fund]], Sequence[PaidFor]],
        channels: Mapping[UUID, Channel],
        days: tuple[Span, Sequence[Day]],
        as_of: datetime,
    ) -> Self:
        """Return everything that the public reads about a campaign."""
        within, happened = days
        told = account.standing
        parts = (told.settled, told.unsettled) if told else (None, None)
        settled, unsettled = (None if part is None else MoneyOut.of(part) for part in parts)
        purposes = [PublicPurposeOut.of(*use) for use in uses[0]]
        more = {
            "settled": settled,
            "unsettled": unsettled,
            "purposes": purposes,
            "cost_share_basis_points": purposes[0].cost_share_basis_points if purposes else 0,
            "by_channel": [
                PublicChannelOut.of(channels[channel_id], told)
                for channel_id, told in sorted(account.figures.channels.items())
            ],
            "by_day": [PublicDayOut.of(day) for day in happened],
            "by_day_from": within.first,
            "by_day_to": within.last,
            "projects": [PaidProjectOut.of(one) for one in uses[1]],
            "as_of": as_of,
        }
        return cls.model_validate(_facts(account) | more)
