"""Platform money: what of a campaign's and a fund's balance has not come to the bank yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import Row, text

from app.kit import bulk
from app.kit.database import ReadSession
from app.kit.money import split


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a balance in fen, what still lies with a platform; None where the totals kept can't tell."""

    balance: int
    unsettled: int | None

    @property
    def settled(self) -> int | None:
        """What is in the bank or in cash."""
        return None if self.unsettled is None else self.balance - self.unsettled


_MERCHANTS = text(
    """
    select c.id, sum(b.debit - b.credit) filter (where b.account_id = c.account_id)::bigint as held,
           coalesce(sum(b.credit - b.debit) filter (where b.account_id = c.suspense_account_id), 0)::bigint
             as waiting
    from channels c join balances b on b.account_id in (c.account_id, c.suspense_account_id)
    where c.organization_id = any(cast(:organizations as uuid[])) and c.kind = 'merchant'
    group by c.id
    having sum(b.debit - b.credit) filter (where b.account_id = c.account_id) > 0
    order by c.id
    """
)
# Days from the newest back, as long as what is held is more than what came after them.
_DAYS = """
    with inflows as (
      select channel_id, day, campaign_id, raised - refunded as amount from campaign_days
      where channel_id = any(cast(:channels as uuid[]))
      {waiting}
    ), days as (
      select channel_id, day, sum(amount) as amount from inflows group by channel_id, day
    ), back as (
      select d.channel_id, d.day, h.held - sum(d.amount) over newest_first + d.amount as rest
      from days d join unnest(cast(:channels as uuid[]), cast(:held as bigint[])) as h (channel_id, held)
        using (channel_id)
      window newest_first as (partition by d.channel_id order by d.day desc)
    ), reached as (
      select channel_id, day, rest, min(rest) over (partition by channel_id order by day desc) as lowest
      from back
    )
    select i.channel_id, i.day, i.campaign_id, r.rest::bigint as rest, i.amount::bigint as amount
    from reached r join inflows i using (channel_id, day)
    where r.lowest > 0 order by i.channel_id, i.day desc, i.campaign_id
"""
# Read only where the folded balance says that gifts wait to be claimed: an exception list with an index.
_WAITING = """
      union all
      select channel_id, (donated_at at time zone 'Asia/Shanghai')::date, null, amount - refunded
      from donations where organization_id = any(cast(:organizations as uuid[])) and state = 'suspense'
        and channel_id = any(cast(:channels as uuid[]))
"""


async def by_campaign(session: ReadSession, organization_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """Return what merchant accounts still hold of each campaign's gifts, in fen; nothing is left out.

    What a platform holds is the balance of its account, which is exact. Whose it is, is presumed: first in,
    first out by day, less what the platform gave back, so that what is held came in last; a day that a payout
    reaches into is shared in proportion (largest remainder). Gifts that wait to be claimed hold their part.
    Read from balances by month and campaigns by day: the cost does not grow with the number of gifts.
    """
    organizations = bulk.array(organization_ids)
    merchants = (await session.execute(_MERCHANTS, {"organizations": organizations})).all()
    if not merchants:
        return {}
    asked = {
        "channels": bulk.array(one.id for one in merchants),
        "held": [int(one.held) for one in merchants],
    }
    waiting = any(one.waiting for one in merchants)
    if waiting:
        asked["organizations"] = organizations
    rows = await session.execute(text(_DAYS.format(waiting=_WAITING if waiting else "")), asked)
    held: defaultdict[UUID, int] = defaultdict(int)
    for _, day in groupby(rows.all(), key=_day):
        for campaign_id, amount in _of_day(list(day)):
            if campaign_id is not None:
                held[campaign_id] += amount
    return {campaign_id: amount for campaign_id, amount in held.items() if amount > 0}


def _day(row: Row[tuple[UUID, date, UUID | None, int, int]]) -> tuple[UUID, date]:
    return row.channel_id, row.day


def _of_day(rows: Sequence[Row[tuple[UUID, date, UUID | None, int, int]]]) -> list[tuple[UUID | None, int]]:
    rest, total = rows[0].rest, sum(row.amount for row in rows)
    if rest >= total:
        return [(row.campaign_id, row.amount) for row in rows]
    # A payout ends within this day. What the platform gave back that day it no longer holds.
    came, back = [row for row in rows if row.amount > 0], [row for row in rows if row.amount <= 0]
    parts = split(rest - sum(row.amount for row in back), [row.amount for row in came])
    shared = [(row.campaign_id, part) for row, part in zip(came, parts, strict=True)]
    return shared + [(row.campaign_id, row.amount) for row in back]


_USES = text(
    """
    select d.campaign_id, d.fund_id, g.id as general_id, f.cost_share_basis_points as share,
           count(*) over (partition by d.campaign_id) as uses
    from designations d join funds f on f.id = d.fund_id
    join funds g on g.organization_id = f.organization_id and g.general
    where f.organization_id = any(cast(:organizations as uuid[]))
    """
)


async def of_campaign(
    session: ReadSession, organization_id: UUID, campaign_id: UUID, balance: int
) -> Standing:
    """Return how a campaign's balance divides into settled and unsettled.

    It spends what came in first, so no more is unsettled than it has left. With a cost share the totals can't
    tell which part of what is held goes to the costs: then it is told only if nothing is held.
    """
    held = (await by_campaign(session, [organization_id])).get(campaign_id, 0)
    uses = (await session.execute(_USES, {"organizations": bulk.array([organization_id])})).all()
    shares = any(use.share for use in uses if use.campaign_id == campaign_id)
    return Standing(balance, None if held and shares else min(held, balance))


async def of_funds(
    session: ReadSession, organization_ids: Sequence[UUID], balances: Mapping[UUID, int]
) -> dict[UUID, Standing]:
    """Return how the balances of these organizations' funds divide into settled and unsettled.

    A fund is told where its campaign has one use and no cost share, or where nothing of it is held; of all
    others (and of the general fund while it waits for its share) the totals say no more than their sum.
    """
    held = await by_campaign(session, organization_ids)
    unsettled: dict[UUID, int | None] = dict.fromkeys(balances, 0)
    if held:
        uses = await session.execute(_USES, {"organizations": bulk.array(organization_ids)})
        for use in uses.all():
            here = held.get(use.campaign_id, 0)
            unsettled[use.fund_id] = None if here and (use.share or use.uses > 1) else here
            if here and use.share:
                unsettled[use.general_id] = None
    return {
        fund_id: Standing(balance, None if (part := unsettled[fund_id]) is None else min(part, balance))
        for fund_id, balance in balances.items()
    }
