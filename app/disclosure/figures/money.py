"""Money: what was raised in a year and by which ways, and what was spent on poverty relief.

From months and days that are folded already: nobody's gifts are read, however many there were.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Integer, cast, extract, func, select

from app.accounting.models import Channel, ChannelKind
from app.disclosure.figures.definitions import Missing
from app.disclosure.figures.scopes import Scope
from app.disclosure.figures.told import Part, PartGroup, Told, part, unknown
from app.fundraising.models import Campaign, CampaignDay, Emergency
from app.fundraising.models.goods import GoodsFund, GoodsGift, GoodsValuation
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.ledger.figures import years
from app.ledger.figures.years import Flow
from app.organizations.models import Organization
from app.projects.models import Project, ProjectCategory

GIFTS = "4101"
PROGRAMMES = "5101"
CATEGORIES: Mapping[ProjectCategory, tuple[str, str]] = {
    ProjectCategory.education: ("教育", "Education"),
    ProjectCategory.health: ("健康", "Health"),
    ProjectCategory.industry: ("产业", "Industry"),
    ProjectCategory.transport: ("交通", "Transport"),
    ProjectCategory.consumption: ("消费", "Consumption"),
}
"""The five of poverty relief: 教育、健康、产业、交通、消费扶贫 (domain.md F7)."""

_WAYS: Mapping[ChannelKind, tuple[str, str]] = {
    ChannelKind.merchant: ("互联网平台", "Internet platforms"),
    ChannelKind.bank: ("银行转账", "Bank accounts"),
    ChannelKind.cash: ("现金", "Cash"),
}
_MONEY = ("money", "货币捐赠", "Money")
_GOODS = ("goods", "实物捐赠", "Goods")
_SERVICES = ("services", "服务捐赠", "Services")


@fact(kw_only=True)
class Books:
    """What the books say of two years, and what it takes to read them: funds that hold goods, members."""

    flows: Sequence[Flow]
    goods: Collection[UUID | None]
    members: Collection[UUID | None]
    categories: Mapping[UUID | None, ProjectCategory]
    days: Mapping[tuple[int, ChannelKind, UUID, tuple[str, str]], int]
    """What came less what went back, by year of giving, kind of channel, organization, and channel."""

    def of(self, year: int, code: str, *, among_members: bool) -> Iterable[Flow]:
        """Yield what moved in a year on the accounts of a code, with members or with everybody else."""
        return (
            one
            for one in self.flows
            if (one.year, one.code) == (year, code) and (one.counterparty_id in self.members) is among_members
        )

    def nature(self, one: Flow) -> tuple[str, str, str]:
        """Return what was given: goods have funds of their own, services an account."""
        if one.sub == _SERVICES[0]:
            return _SERVICES
        return _GOODS if one.fund_id in self.goods else _MONEY


async def books(session: ReadSession, scope: Scope, year: int) -> Books:
    """Return what the books of a scope say of a year and of the one before."""
    flows = await years.flows(session, scope.places, first=year - 1, last=year)
    projects = {one.project_id for one in flows if one.project_id is not None}
    named = await session.execute(select(Project.id, Project.category).where(Project.id.in_(projects)))
    return Books(
        flows=flows,
        goods=frozenset(await session.scalars(select(GoodsFund.stock_fund_id))),
        members=frozenset(await session.scalars(select(Organization.id))),
        categories={row[0]: row[1] for row in named},
        days=await _days(session, scope, year),
    )


async def _days(
    session: ReadSession, scope: Scope, year: int
) -> Mapping[tuple[int, ChannelKind, UUID, tuple[str, str]], int]:
    given_in = cast(extract("year", CampaignDay.day), Integer)
    keys = (given_in, Channel.kind, Campaign.organization_id, Channel.code, Channel.name)
    query = (
        select(*keys, func.sum(CampaignDay.raised - CampaignDay.refunded))
        .join(Campaign, Campaign.id == CampaignDay.campaign_id)
        .join(Channel, Channel.id == CampaignDay.channel_id)
        .where(
            Campaign.organization_id.in_(scope.places),
            CampaignDay.day.between(date(year - 1, 1, 1), date(year, 12, 31)),
        )
        .group_by(*keys)
    )
    rows = await session.execute(query)
    return {(row[0], row[1], row[2], (row[3], row[4])): int(row[5]) for row in rows}


def raised(scope: Scope, told: Books, year: int) -> Told:
    """Return what was raised in money and goods, by nature, by way, and by who raised it."""
    if not scope.kept_books(year):
        return unknown(Missing.no_books)
    by_nature: Counter[tuple[str, str, str]] = Counter()
    by_place: Counter[UUID] = Counter()
    for one in told.of(year, GIFTS, among_members=False):
        by_nature[told.nature(one)] -= one.amount
        by_place[one.organization_id] -= one.amount
    parts = [part(PartGroup.nature, one, by_nature[one]) for one in (_MONEY, _GOODS, _SERVICES)]
    parts += _by_way(told, year, by_nature[_MONEY])
    parts += by_organization(scope, by_place)
    passed = -sum(one.amount for one in told.of(year, GIFTS, among_members=True))
    parts.append(part(PartGroup.left_out, ("from_members", "成员划入", "Received from members"), passed))
    return Told(value=by_nature.total(), parts=parts)


def _by_way(told: Books, year: int, money: int) -> list[Part]:
    sums: Counter[ChannelKind] = Counter()
    for (given_in, kind, *_), amount in told.days.items():
        if given_in == year:
            sums[kind] += amount
    parts = [part(PartGroup.channel, (kind.value, *_WAYS[kind]), sums[kind]) for kind in ChannelKind]
    # Given for nothing in particular, or on a day of another year than it was booked in.
    rest = ("elsewhere", "活动之外或跨年入账", "Outside campaigns, or booked in another year")
    return [*parts, part(PartGroup.channel, rest, money - sums.total())]


def online(scope: Scope, told: Books, year: int) -> Told:
    """Return what was raised through platforms on the internet, by account there and by who raised it."""
    if not scope.kept_books(year):
        return unknown(Missing.no_books)
    sums: Counter[UUID] = Counter()
    accounts: Counter[tuple[str, str]] = Counter()
    for (given_in, kind, organization_id, account), amount in told.days.items():
        if (given_in, kind) == (year, ChannelKind.merchant):
            sums[organization_id] += amount
            accounts[account] += amount
    parts = [
        part(PartGroup.channel, (code, name, name), accounts[code, name]) for code, name in sorted(accounts)
    ]
    return Told(value=sums.total(), parts=[*parts, *by_organization(scope, sums)])


async def emergency(session: ReadSession, scope: Scope, year: int) -> Told:
    """Return what was raised for emergencies whose response was open in the year, or which got gifts then."""
    if not scope.kept_books(year):
        return unknown(Missing.no_books)
    first, last = span(year)
    money = (
        select(Campaign.emergency_id, Campaign.organization_id, CampaignDay.raised - CampaignDay.refunded)
        .join(Campaign, Campaign.id == CampaignDay.campaign_id)
        .where(
            Campaign.emergency_id.is_not(None),
            Campaign.organization_id.in_(scope.places),
            CampaignDay.day.between(first, last),
        )
    )
    goods = (
        select(GoodsGift.emergency_id, GoodsGift.organization_id, GoodsValuation.amount)
        .join(GoodsGift, GoodsGift.id == GoodsValuation.gift_id)
        .where(
            GoodsGift.emergency_id.is_not(None),
            GoodsGift.organization_id.in_(scope.places),
            GoodsGift.received_on.between(first, last),
        )
    )
    by_nature: Counter[tuple[str, str, str]] = Counter()
    by_emergency: Counter[UUID] = Counter()
    by_place: Counter[UUID] = Counter()
    for nature, query in ((_MONEY, money), (_GOODS, goods)):
        given = query.subquery()
        named = (given.c[0], given.c[1])
        rows = await session.execute(select(*named, func.sum(given.c[2])).group_by(*named))
        for emergency_id, organization_id, amount in rows:
            by_nature[nature] += int(amount)
            by_emergency[emergency_id] += int(amount)
            by_place[organization_id] += int(amount)
    at_hand = (Emergency.opened_on <= last) & (Emergency.closed_on.is_(None) | (Emergency.closed_on >= first))
    known = list(await session.scalars(select(Emergency).where(at_hand | Emergency.id.in_(by_emergency))))
    if not known:
        return unknown(Missing.no_emergency)
    parts = [part(PartGroup.nature, one, by_nature[one]) for one in (_MONEY, _GOODS)]
    parts += [
        part(PartGroup.emergency, (one.code, one.title, one.title), by_emergency[one.id])
        for one in sorted(known, key=lambda one: one.code)
    ]
    return Told(value=by_nature.total(), parts=[*parts, *by_organization(scope, by_place)])


def poverty_relief(scope: Scope, told: Books, year: int) -> Told:
    """Return what was spent on the five categories, by category and by who spent it."""
    if not scope.kept_books(year):
        return unknown(Missing.no_books)
    by_category: Counter[ProjectCategory] = Counter()
    by_place: Counter[UUID] = Counter()
    for one in told.of(year, PROGRAMMES, among_members=False):
        category = told.categories.get(one.project_id)
        if category is not None and category in CATEGORIES:
            by_category[category] += one.amount
            by_place[one.organization_id] += one.amount
    parts = [part(PartGroup.category, (one.value, *CATEGORIES[one]), by_category[one]) for one in CATEGORIES]
    parts += by_organization(scope, by_place)
    passed = sum(one.amount for one in told.of(year, PROGRAMMES, among_members=True))
    parts.append(part(PartGroup.left_out, ("to_members", "划拨给成员", "Passed on to members"), passed))
    return Told(value=by_category.total(), parts=parts)


def by_organization(scope: Scope, sums: Mapping[UUID, int]) -> list[Part]:
    """Return what each organization has in a figure, the largest first; nothing where there is only one."""
    if len(scope.names) == 1:
        return []
    placed = sorted(sums.items(), key=lambda one: (-one[1], scope.names[one[0]].code))
    return [
        part(PartGroup.organization, (of.code, of.name, of.name_en or of.name), amount)
        for organization_id, amount in placed
        for of in [scope.names[organization_id]]
        if amount
    ]


def span(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)
