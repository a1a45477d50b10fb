"""The demo's appeals: campaigns, a sandbox platform, generated gifts, and what the money paid for."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.cli.samples import filings
from app.cli.samples.filings import Office
from app.fundraising import campaigns, donations
from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.fundraising.filings import openings
from app.fundraising.gifts import Gift, GivenBack, Giver
from app.fundraising.models import Campaign, RefundReason
from app.kit.clock import legal_day, now
from app.kit.database import Database, WriteSession
from app.ledger.models import Fund
from app.organizations import platforms
from app.organizations.models import Organization, Platform

BRIDGE, CARE = "SX-2026-BRIDGE", "AK-2026-CARE"
PLATFORM = "sandbox"
GIFTS_AT_ONCE = 500
DAYS = 60
ACTOR = "demo"


@dataclass(frozen=True, slots=True)
class Appeal:
    """A campaign to be shown: whose, what for, and how many generated gifts it gets through which channel."""

    region: str
    code: str
    title: str
    purpose: str
    fund: str
    target_yuan: int
    gifts: int
    cost_share: int = 0
    joint: bool = False
    emergency: bool = False


APPEALS = [
    Appeal("610000", BRIDGE, "慈安桥", "为秦巴山区村民修建跨河便民桥", "QAB", 2_000_000, 3000),
    Appeal(
        "610000", "SX-2026-HOME", "慈善幸福家园", "支持村社互助与关爱中心", "HOME", 800_000, 800, 300, True
    ),
    Appeal("610100", "XA-2026-BOOKS", "爱心书屋", "为乡村学校购置图书", "BOOKS", 300_000, 400),
    Appeal("610900", CARE, "大病救助", "按救助标准资助困难患者", "CARE", 500_000, 300),
    Appeal(
        *("610000", "SX-2026-FLOOD", "抗洪救灾", "为汉江流域受灾群众提供救助", "FLOOD"),
        *(1_000_000, 200),
        emergency=True,
    ),
]


async def open_platform(session: WriteSession, province: Organization) -> tuple[Platform, Channel, str]:
    """Register the sandbox platform with the province's merchant account there; its secret is told once."""
    platform, secret = await platforms.create(session, province, slug=PLATFORM, name="沙箱平台（演示）")
    new = _channel(province, PLATFORM, "沙箱平台商户账户", ChannelKind.merchant)
    channel = await channels.create(session, replace(new, platform_id=platform.id))
    return platform, channel, secret


async def fund_of(session: WriteSession, code: str) -> Fund:
    """Return the fund of an appeal that has one use."""
    [use] = await campaigns.designations(session, await campaigns.by_code(session, code))
    return await session.get_one(Fund, use.fund_id)


async def open_bank(session: WriteSession, organization: Organization) -> Channel:
    """Open an organization's bank account as a channel."""
    return await channels.create(session, _channel(organization, "bank", "银行账户", ChannelKind.bank))


def _channel(organization: Organization, code: str, name: str, kind: ChannelKind) -> NewChannel:
    return NewChannel(
        organization_id=organization.id,
        chart=organization.chart_version,
        code=code,
        name=name,
        kind=kind,
        in_plans=kind is ChannelKind.bank,
    )


async def open_campaign(session: WriteSession, office: Office, appeal: Appeal, serial: int) -> Campaign:
    """Draft a campaign, file its plan, and open it as of some weeks ago; in an emergency file it after."""
    organization, opened_at = office.organization, now() - timedelta(days=DAYS + 5)
    starts_on = legal_day(opened_at)
    emergency = None
    if appeal.emergency:
        emergency = await filings.declare(session, organization, opened_on=starts_on)
    use = NewDesignation(
        code="main",
        title=appeal.title,
        fund_code=appeal.fund,
        cost_share_basis_points=appeal.cost_share,
    )
    new = NewCampaign(
        organization_id=organization.id,
        chart=organization.chart_version,
        code=appeal.code,
        title=appeal.title,
        purpose=appeal.purpose,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=300),
        target_minor=appeal.target_yuan * 100,
        designations=[use],
        emergency_id=emergency and emergency.id,
    )
    campaign = await campaigns.create(session, new)
    if appeal.joint:
        await filings.join(session, campaign)
    if emergency is None:
        await filings.file(session, office, campaign, serial)
    await openings.begin(session, campaign, at=opened_at)
    if emergency is not None:
        await filings.file(session, office, campaign, serial)
    return campaign


async def give(database: Database, appeal: Appeal, channel: Channel) -> None:
    """Generate an appeal's gifts, book them in batches, and give a few of them back."""
    chance = random.Random(appeal.code)  # noqa: S311 - the same gifts in every demo
    gifts = list(_gifts(appeal, channel, chance))
    for start in range(0, len(gifts), GIFTS_AT_ONCE):
        async with database.writing() as session:
            await donations.receive(session, gifts[start : start + GIFTS_AT_ONCE])
    async with database.writing() as session:
        await donations.receive(session, [_refund(gift) for gift in chance.sample(gifts, len(gifts) // 200)])


def _gifts(appeal: Appeal, channel: Channel, chance: random.Random) -> Iterator[Gift]:
    moment = now() - timedelta(days=DAYS)
    step = timedelta(days=DAYS) / (appeal.gifts + 1)
    for number in range(appeal.gifts):
        moment += step
        yield _gift(appeal, channel, chance, number, moment - step * chance.random())


def _gift(appeal: Appeal, channel: Channel, chance: random.Random, number: int, at: datetime) -> Gift:
    donor = chance.randrange(appeal.gifts * 2 // 3)
    kind = chance.random()
    giver = Giver(external_id=f"{appeal.code}-{donor}", name=f"爱心网友{donor:04d}", show_name=kind < 0.6)
    if kind > 0.9:
        giver = Giver(anonymous=True)
    amount = chance.choice([100, 500, 1000, 1000, 2000, 5000, 5000, 10_000, 10_000, 20_000, 50_000])
    return Gift(
        source_id=channel.platform_id or channel.id,
        channel=channel,
        their_id=f"DEMO-{appeal.code}-{number:06d}",
        campaign=appeal.code,
        amount=amount + chance.randrange(100) * (chance.random() < 0.2),
        donated_at=at,
        actor=ACTOR,
        source=channel.code,
        giver=giver,
    )


def _refund(gift: Gift) -> GivenBack:
    return GivenBack(
        source_id=gift.source_id,
        their_id=f"R-{gift.their_id}",
        their_gift_id=gift.their_id,
        amount=gift.amount,
        refunded_at=min(now(), gift.donated_at + timedelta(hours=6)),
        reason=RefundReason.donor_request,
        actor=ACTOR,
    )
