"""Campaigns with somewhere to give, and gifts for them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.fundraising import campaigns
from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.fundraising.gifts import Gift, GivenBack, Giver
from app.fundraising.models import Campaign, RefundReason
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import dimensions, funds, periods
from app.ledger.models import DimensionKind

CHART = "2026"
OPENED = datetime(2026, 1, 1, tzinfo=UTC)
GIVEN = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """An open campaign with the platform's merchant account that its gifts come through."""

    organization_id: UUID
    platform_id: UUID
    channel: Channel
    campaign: Campaign


async def member(session: WriteSession, *, books_from: date = date(2026, 1, 1)) -> UUID:
    """An organization as the books know it."""
    row = await dimensions.declare(session, DimensionKind.organization, f"O{new_code(8)}")
    await periods.open_books(session, row.id, books_from)
    await funds.open_general(session, row.id)
    return row.id


async def merchant(session: WriteSession, organization_id: UUID, *, chart: str = CHART) -> Channel:
    """A platform with its merchant account at this organization."""
    platform = await dimensions.declare(session, DimensionKind.platform, f"p{new_code(8)}")
    return await channels.create(
        session,
        NewChannel(
            organization_id=organization_id,
            chart=chart,
            code="tencent",
            name="腾讯公益",
            kind=ChannelKind.merchant,
            platform_id=platform.id,
        ),
    )


async def campaign(
    session: WriteSession,
    organization_id: UUID,
    *designations: NewDesignation,
    publish: bool = True,
    **over: object,
) -> Campaign:
    code = f"C{new_code(8)}"
    default = (NewDesignation(code="main", title="慈安桥", fund_code=f"F{code}"),)
    values = {"code": code, "title": "慈安桥", "purpose": "修桥", "chart": CHART} | over
    new = NewCampaign(
        organization_id=organization_id,
        starts_on=date(2026, 1, 1),
        designations=designations or default,
        **values,
    )
    row = await campaigns.create(session, new)
    if publish:
        await campaigns.publish(session, row, at=OPENED)
    return row


async def appeal(session: WriteSession, *designations: NewDesignation) -> Appeal:
    organization_id = await member(session)
    channel = await merchant(session, organization_id)
    assert channel.platform_id is not None
    return Appeal(
        organization_id=organization_id,
        platform_id=channel.platform_id,
        channel=channel,
        campaign=await campaign(session, organization_id, *designations),
    )


def gift(appeal: Appeal, amount: int = 100_00, **over: object) -> Gift:
    values = {
        "their_id": f"T-{new_code(12)}",
        "campaign": appeal.campaign.code,
        "donated_at": GIVEN,
        "giver": Giver(external_id=f"u_{new_code(6)}", name="爱心网友", show_name=True),
    } | over
    return Gift(
        source_id=appeal.platform_id,
        channel=appeal.channel,
        amount=amount,
        actor="platform:tencent",
        source="tencent",
        **values,
    )


def given_back(appeal: Appeal, gift: Gift, amount: int | None = None, **over: object) -> GivenBack:
    values = {
        "their_id": f"R-{new_code(12)}",
        "refunded_at": gift.donated_at + timedelta(hours=1),
        "reason": RefundReason.donor_request,
    } | over
    return GivenBack(
        source_id=appeal.platform_id,
        their_gift_id=gift.their_id,
        amount=gift.amount if amount is None else amount,
        actor="platform:tencent",
        **values,
    )
