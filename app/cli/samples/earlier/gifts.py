"""The demo's earlier gifts: those of the year before, and what members mean to raise in this one.

They were given to calls on members' partner companies (定向募捐), which ask nothing of the public.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.accounting.models import Channel
from app.cli.samples.federation import year_before
from app.fundraising import campaigns, donations
from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.fundraising.gifts import Gift, Giver
from app.fundraising.models import CampaignKind, DonorKind, Fundraiser, FundraiserKind, FundraisingTarget
from app.fundraising.ways import fundraisers
from app.kit.calendars.terms import MONTHS_A_YEAR, months_after
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import Database, WriteSession
from app.organizations.models import Organization

ACTOR = "demo"
DAYS_A_YEAR = 365
SEASON_DAYS = 60
"""Half of the gifts came in as many days a year ago as those of this year do."""


@dataclass(frozen=True, slots=True)
class _Year:
    """How many gifts a member got in the year before, and what it means to raise in this one."""

    gifts: int
    target_yuan: int


YEARS: Mapping[str, _Year] = {
    "610000": _Year(240, 600_000),
    "610100": _Year(24, 100_000),
    "610900": _Year(24, 80_000),
}


async def load(
    database: Database, members: Mapping[str, Organization], channels: Mapping[str, Channel]
) -> None:
    """Give the members that were there already a year before their gifts of it, and their targets."""
    for region, year in YEARS.items():
        async with database.writing() as session:
            code = await _call(session, members[region])
            await donations.receive(session, list(_gifts(code, channels[region], year.gifts)))
            await campaigns.close(session, await campaigns.by_code(session, code), at=_noon(_last()))
            await _aim(session, members[region], year.target_yuan * 100)


def _last() -> date:
    return year_before().replace(month=12, day=31)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LEGAL_ZONE)


async def _call(session: WriteSession, member: Organization) -> str:
    first = year_before()
    use = NewDesignation(code="main", title="助困", fund_code=f"Y{first.year}")
    new = NewCampaign(
        organization_id=member.id,
        chart=member.chart_version,
        code=f"{member.code}-{first.year}-PARTNERS",
        title=f"{first.year}年会员单位定向募捐（演示）",
        purpose="演示数据：上年捐赠，账簿按 2026 年科目表演示",
        starts_on=first,
        ends_on=_last(),
        kind=CampaignKind.targeted,
        designations=[use],
    )
    campaign = await campaigns.create(session, new)
    await campaigns.publish(session, campaign, at=datetime.combine(first, time(), LEGAL_ZONE))
    return campaign.code


def _gifts(campaign: str, channel: Channel, count: int) -> Iterator[Gift]:
    chance = random.Random(campaign)  # noqa: S311 - the same gifts in every demo
    a_year_ago = months_after(today(), -MONTHS_A_YEAR)
    for number in range(count):
        day = year_before() + timedelta(days=number * DAYS_A_YEAR // count)
        if number % 2:
            day = max(year_before(), a_year_ago - timedelta(days=number * SEASON_DAYS // count))
        yield Gift(
            source_id=channel.platform_id or channel.id,
            channel=channel,
            their_id=f"DEMO-{campaign}-{number:04d}",
            campaign=campaign,
            amount=chance.choice([20_000, 50_000, 50_000, 100_000, 200_000, 300_000]),
            donated_at=_noon(day),
            actor=ACTOR,
            source=channel.code,
            giver=Giver(
                external_id=f"{campaign}-{number % 40}",
                name=f"会员单位{number % 40:02d}（演示）",
                kind=DonorKind.organization,
            ),
        )


async def _aim(session: WriteSession, member: Organization, amount: int) -> None:
    asking = Fundraiser(organization_id=member.id, kind=FundraiserKind.organization, code=f"QY-{member.code}")
    await fundraisers.create(session, asking, name=member.name)
    year = today().replace(month=1, day=1)
    target = FundraisingTarget(
        fundraiser_id=asking.id,
        starts_on=year,
        ends_on=year.replace(month=12, day=31),
        amount=amount,
        actor=ACTOR,
    )
    await fundraisers.aim(session, target)
