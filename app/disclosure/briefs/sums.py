"""Sums: what came in and was used between two days, by member; from days that are folded already.

What is looked at one by one is what was spent, and goods: both are few beside gifts of money.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import aliased

from app.accounting.models import Channel, ChannelKind
from app.disclosure.figures.money import PROGRAMMES
from app.fundraising.models import Campaign, CampaignDay, Fundraiser, FundraiserKind, FundraisingTarget
from app.fundraising.models.goods import GoodsGift, GoodsValuation
from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.models import Fund, FundCounter
from app.projects.models import Project
from app.volunteers.models import Volunteer

Days = tuple[date, date]


@dataclass(slots=True)
class Done:
    """What one member, or several, did: fen raised less refunds, gifts of money, what was spent and so on."""

    money: int = 0
    online: int = 0
    goods: int = 0
    gift_count: int = 0
    spent: int = 0
    new_volunteers: int = 0
    projects: int = 0

    @property
    def raised(self) -> int:
        """Money and goods together."""
        return self.money + self.goods

    def add(self, other: "Done") -> None:
        """Add what another did."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


class Sums(defaultdict[UUID, Done]):
    """What was done between two days, by member."""

    def __init__(self) -> None:
        super().__init__(Done)

    def of(self, members: Iterable[UUID]) -> Done:
        """Return what some of them did together."""
        total = Done()
        for member in members:
            if member in self:
                total.add(self[member])
        return total


async def between(session: ReadSession, places: Sequence[UUID], days: Days) -> Sums:
    """Return what happened at these members between two days, both included."""
    sums = Sums()
    for member, spent in await session.execute(_SPENT, _asked(places, days)):
        sums[member].spent = int(spent)
    for member, count in await session.execute(_new_volunteers(places, days)):
        sums[member].new_volunteers = int(count)
    for member, count in await session.execute(_projects(places, days)):
        sums[member].projects = int(count)
    amount = CampaignDay.raised - CampaignDay.refunded
    given = (
        select(Campaign.organization_id, Channel.kind, func.sum(amount), func.sum(CampaignDay.gift_count))
        .join(Campaign, Campaign.id == CampaignDay.campaign_id)
        .join(Channel, Channel.id == CampaignDay.channel_id)
        .where(Campaign.organization_id.in_(places), CampaignDay.day.between(*days))
        .group_by(Campaign.organization_id, Channel.kind)
    )
    for member, kind, money, count in await session.execute(given):
        done = sums[member]
        done.money += int(money)
        done.gift_count += int(count)
        done.online += int(money) if kind is ChannelKind.merchant else 0
    in_kind = (
        select(GoodsGift.organization_id, func.sum(GoodsValuation.amount))
        .join(GoodsGift, GoodsGift.id == GoodsValuation.gift_id)
        .where(GoodsGift.organization_id.in_(places), GoodsGift.received_on.between(*days))
        .group_by(GoodsGift.organization_id)
    )
    for member, goods in await session.execute(in_kind):
        sums[member].goods += int(goods)
    return sums


# Entries of gifts have an index of their own to be left out by. What went to members counts with them.
_SPENT = text(
    """
    select e.organization_id, sum(case when x.debited then p.amount else -p.amount end)::bigint
    from entries e join postings p on p.entry_id = e.id
    cross join lateral (values (p.debit_account_id, true), (p.credit_account_id, false)) x (id, debited)
    join accounts a on a.id = x.id
    left join organizations o on o.id = a.counterparty_id
    where e.organization_id = any(cast(:organizations as uuid[])) and e.booked_on between :first and :last
      and e.kind <> 'donation' and e.kind not in ('closing', 'opening') and a.code = :code and o.id is null
    group by e.organization_id
    """
)


def _asked(places: Sequence[UUID], days: Days) -> dict[str, object]:
    return {"organizations": bulk.array(places), "first": days[0], "last": days[1], "code": PROGRAMMES}


def _new_volunteers(places: Sequence[UUID], days: Days) -> Select[UUID, int]:
    return (
        select(Volunteer.organization_id, func.count())
        .where(Volunteer.organization_id.in_(places), Volunteer.registered_on.between(*days))
        .group_by(Volunteer.organization_id)
    )


def _projects(places: Sequence[UUID], days: Days) -> Select[UUID, int]:
    return (
        select(Project.organization_id, func.count())
        .where(
            Project.organization_id.in_(places),
            Project.executed_from <= days[1],
            Project.executed_to.is_(None) | (Project.executed_to >= days[0]),
        )
        .group_by(Project.organization_id)
    )


async def unspent(session: ReadSession, places: Sequence[UUID]) -> int:
    """Return what the funds of these members hold now, goods among it."""
    query = (
        select(func.sum(FundCounter.received - FundCounter.spent))
        .join(Fund, Fund.id == FundCounter.fund_id)
        .where(Fund.organization_id.in_(places))
    )
    return int(await session.scalar(query) or 0)


async def targets(session: ReadSession, places: Sequence[UUID], year: int) -> Mapping[UUID, int]:
    """Return what these members mean to raise in a year: their own targets that lie wholly within it.

    A quarter's target within the year's is a part of that one, and not more to be raised.
    """
    first, last, wider = date(year, 1, 1), date(year, 12, 31), aliased(FundraisingTarget)
    part = select(wider.id).where(
        wider.fundraiser_id == FundraisingTarget.fundraiser_id,
        wider.id != FundraisingTarget.id,
        wider.starts_on.between(first, FundraisingTarget.starts_on),
        wider.ends_on.between(FundraisingTarget.ends_on, last),
    )
    query = (
        select(Fundraiser.organization_id, func.sum(FundraisingTarget.amount))
        .join(Fundraiser, Fundraiser.id == FundraisingTarget.fundraiser_id)
        .where(
            Fundraiser.organization_id.in_(places),
            Fundraiser.kind == FundraiserKind.organization,
            FundraisingTarget.starts_on >= first,
            FundraisingTarget.ends_on <= last,
            ~part.exists(),
        )
        .group_by(Fundraiser.organization_id)
    )
    return {row[0]: int(row[1]) for row in await session.execute(query)}
