"""The federation of the dataset: a province, its cities and counties, their campaigns, and their gifts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.fundraising import campaigns
from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.fundraising.filings import emergencies
from app.fundraising.gifts import Gift, Giver
from app.fundraising.models import Campaign, CampaignKind, Emergency
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.kit.money import split
from app.organizations.models import Organization, Region, RegionLevel, Tier
from tests.factories import fundraising as make
from tests.factories import organizations
from tests.factories.fundraising import Appeal
from tests.shaanxi import numbers
from tests.shaanxi.numbers import Scale

LABEL = "（按文章数字生成的演示数据）"
FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)
DAYS = 90
"""On so many days each campaign gets gifts through each channel, however many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One who raises money: through a platform and a bank, in each year's campaign and for the emergency."""

    organization: Organization
    merchant: Channel
    bank: Channel
    general: Campaign
    emergency: Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Gifts to one campaign through one channel: so much altogether, on DAYS days of a year."""

    name: str
    appeal: Appeal
    amount: int
    count: int
    year: int = 2020


@dataclass(frozen=True, slots=True, kw_only=True)
class Federation:
    """Everybody, and what is given to them."""

    province: Member
    cities: Sequence[Member]
    counties: Sequence[Organization]
    before: Campaign
    streams: Sequence[Stream]

    @property
    def gift_count(self) -> int:
        return sum(one.count for one in self.streams)


async def found(session: WriteSession, scale: Scale) -> Federation:
    """Let everybody join, open their campaigns, and plan the gifts of both years."""
    province = await _joined(session, "610000", "陕西省慈善协会", None)
    emergency = await emergencies.declare(
        session,
        Emergency(
            organization_id=province.id,
            code=f"COVID-2020-{new_code(4)}",
            title="新冠肺炎疫情" + LABEL,
            response_level="一级",
            opened_on=date(2020, 1, 25),
            closed_on=LAST,
            actor="generated",
        ),
    )
    head = await _equipped(session, province, emergency)
    cities = [await _joined(session, *one, province) for one in await _regions(session, RegionLevel.city, 10)]
    members = [await _equipped(session, one, emergency) for one in cities]
    homes = await _regions(session, RegionLevel.county, numbers.PILOT_COUNTIES)
    counties = [await _joined(session, *one, cities[place % len(cities)]) for place, one in enumerate(homes)]
    before = await _campaign(session, province, "2019", date(2019, 1, 1))
    return Federation(
        province=head,
        cities=members,
        counties=counties,
        before=before,
        streams=_streams(head, members, before, scale),
    )


async def _regions(session: WriteSession, level: RegionLevel, count: int) -> list[tuple[str, str]]:
    query = select(Region.code, Region.name).where(Region.level == level, Region.successor_code.is_(None))
    rows = await session.execute(query.order_by(Region.code).limit(count))
    return [(row[0], f"{row[1]}慈善协会") for row in rows]


async def _joined(session: WriteSession, region: str, name: str, parent: Organization | None) -> Organization:
    tier = {None: Tier.province, Tier.province: Tier.city}.get(parent and parent.tier, Tier.county)
    return await organizations.organization(
        session,
        tier=tier,
        parent=parent,
        region_code=region,
        name=name + LABEL,
        books_from=date(2019, 1, 1),
        demo=True,
    )


async def _equipped(session: WriteSession, organization: Organization, emergency: Emergency) -> Member:
    bank = NewChannel(
        organization_id=organization.id,
        chart=organization.chart_version,
        code="bank",
        name="银行账户",
        kind=ChannelKind.bank,
    )
    return Member(
        organization=organization,
        merchant=await make.merchant(session, organization.id),
        bank=await channels.create(session, bank),
        general=await _campaign(session, organization, "2020", FIRST),
        emergency=await _campaign(session, organization, "COVID", date(2020, 1, 26), emergency),
    )


async def _campaign(
    session: WriteSession,
    organization: Organization,
    name: str,
    first: date,
    emergency: Emergency | None = None,
) -> Campaign:
    code = f"{organization.code}-{name}"
    new = NewCampaign(
        organization_id=organization.id,
        chart=organization.chart_version,
        code=code,
        title=name + LABEL,
        purpose="按文章数字生成，并非真实募捐",
        starts_on=first,
        kind=CampaignKind.historical,
        emergency_id=emergency.id if emergency else None,
        designations=[NewDesignation(code="main", title=name, fund_code=f"F-{code}")],
    )
    made = await campaigns.create(session, new)
    await campaigns.publish(session, made, at=datetime(first.year, first.month, first.day, tzinfo=UTC))
    return made


def _streams(head: Member, cities: Sequence[Member], before: Campaign, scale: Scale) -> list[Stream]:
    told = [
        ("own-emergency-online", head, head.emergency, True, numbers.OWN_ONLINE_EMERGENCY),
        ("own-emergency-bank", head, head.emergency, False, numbers.OWN_BANK_EMERGENCY),
        ("own-online", head, head.general, True, numbers.OWN_ONLINE),
        ("own-bank", head, head.general, False, numbers.OWN_BANK),
    ]
    for place, city in enumerate(cities):
        parts = (
            ("emergency-online", city.emergency, True, numbers.CITIES_ONLINE_EMERGENCY),
            ("emergency-bank", city.emergency, False, numbers.CITIES_BANK_EMERGENCY),
            ("online", city.general, True, numbers.CITIES_ONLINE),
            ("bank", city.general, False, numbers.CITIES_BANK),
        )
        for name, campaign, online, amount in parts:
            told.append(
                (f"city-{place}-{name}", city, campaign, online, split(amount, [1] * len(cities))[place])
            )
    counts = split(scale.gifts, [1] * len(told))
    streams = [
        Stream(
            name=name,
            appeal=_appeal(member, campaign, online=online),
            amount=scale.fen(amount),
            count=count,
        )
        for (name, member, campaign, online, amount), count in zip(told, counts, strict=True)
    ]
    year_before = Stream(
        name="before",
        appeal=_appeal(head, before, online=False),
        amount=scale.fen(numbers.RAISED_2019),
        count=max(scale.gifts // 100, 1),
        year=2019,
    )
    return [*streams, year_before]


def _appeal(member: Member, campaign: Campaign, *, online: bool) -> Appeal:
    channel = member.merchant if online else member.bank
    return Appeal(
        organization_id=member.organization.id,
        platform_id=channel.platform_id or channel.id,
        channel=channel,
        campaign=campaign,
    )


def gifts(stream: Stream, places: range) -> Iterator[Gift]:
    """The gifts of a stream at these places; two neighbours differ, and all together are its amount."""
    each, rest = divmod(stream.amount, stream.count)
    for place in places:
        pair = place // 2
        more = 0 if place == stream.count - 1 and place % 2 == 0 else pair * 7919 % max(each // 2, 1)
        day = date(stream.year, 2, 1) + timedelta(days=place % DAYS * 3)
        yield make.gift(
            stream.appeal,
            each + (place < rest) + (more if place % 2 else -more),
            their_id=f"{stream.name}-{place}",
            donated_at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC),
            giver=Giver(external_id=f"{stream.name}-{place}", name="爱心人士"),
        )
