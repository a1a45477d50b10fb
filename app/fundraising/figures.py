"""Figures: what a campaign raised, gave back, spent and still holds, however many gifts there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select, text

from app.fundraising.models import CampaignDay, CampaignTotal, Designation
from app.kit.database import ReadSession
from app.ledger.models import FundCounter


@dataclass(slots=True)
class ChannelFigures:
    """What came in and went back through one channel."""

    raised: int = 0
    refunded: int = 0
    gift_count: int = 0
    refund_count: int = 0


@dataclass(slots=True)
class Figures:
    """A campaign in fen. `raised` is gross; `balance` is what its funds hold.

    `spent` is what was used, or paid in advance, for its purpose, less what came back unspent. Beside it a
    part may have gone to the costs by the cost share, or to another fund by a person's decision.
    """

    spent: int = 0
    balance: int = 0
    donor_count: int = 0
    channels: dict[UUID, ChannelFigures] = field(default_factory=dict[UUID, ChannelFigures])

    @property
    def raised(self) -> int:
        """All gifts, before any refund."""
        return sum(channel.raised for channel in self.channels.values())

    @property
    def refunded(self) -> int:
        """What went back to givers."""
        return sum(channel.refunded for channel in self.channels.values())

    @property
    def net(self) -> int:
        """What givers left with us."""
        return self.raised - self.refunded

    @property
    def gift_count(self) -> int:
        """How many gifts there were, whoever gave them."""
        return sum(channel.gift_count for channel in self.channels.values())


# Balances by month, not postings: so the cost grows with accounts and months. Closing entries empty the cost
# accounts into net assets, which spends nothing; they are few, have an index, and are taken out again.
_SPENT = text(
    """
    with used as (
      select d.campaign_id, a.id, a.organization_id
      from designations d join accounts a on a.fund_id = d.fund_id
      where d.campaign_id = any(:ids) and (a.code like '5%' or a.code = '1141')
    ), closed as (
      select p.debit_account_id, p.credit_account_id, p.amount
      from entries e join postings p on p.entry_id = e.id
      where e.kind = 'closing' and e.organization_id in (select organization_id from used)
    ), moved as (
      select u.campaign_id, b.debit - b.credit as amount from used u join balances b on b.account_id = u.id
      union all
      select u.campaign_id, c.amount from used u join closed c on c.credit_account_id = u.id
      union all
      select u.campaign_id, -c.amount from used u join closed c on c.debit_account_id = u.id
    )
    select campaign_id, sum(amount)::bigint from moved group by campaign_id
    """
)


async def of(session: ReadSession, campaign_ids: Iterable[UUID]) -> dict[UUID, Figures]:
    """Return the figures of these campaigns, with four statements however many they are."""
    figures = {campaign_id: Figures() for campaign_id in campaign_ids}
    ids = list(figures)
    days = (
        select(
            CampaignDay.campaign_id,
            CampaignDay.channel_id,
            *(func.sum(column) for column in (CampaignDay.raised, CampaignDay.refunded)),
            *(func.sum(column) for column in (CampaignDay.gift_count, CampaignDay.refund_count)),
        )
        .where(CampaignDay.campaign_id.in_(ids))
        .group_by(CampaignDay.campaign_id, CampaignDay.channel_id)
    )
    for campaign_id, channel_id, *sums in await session.execute(days):
        figures[campaign_id].channels[channel_id] = ChannelFigures(*map(int, sums))
    donors = select(CampaignTotal.campaign_id, CampaignTotal.donor_count)
    for row in await session.execute(donors.where(CampaignTotal.campaign_id.in_(ids))):
        figures[row.campaign_id].donor_count = row.donor_count
    held = (
        select(Designation.campaign_id, func.sum(FundCounter.received - FundCounter.spent))
        .join(FundCounter, FundCounter.fund_id == Designation.fund_id)
        .where(Designation.campaign_id.in_(ids))
        .group_by(Designation.campaign_id)
    )
    for campaign_id, balance in await session.execute(held):
        figures[campaign_id].balance = int(balance)
    for campaign_id, spent in await session.execute(_SPENT, {"ids": ids}):
        figures[campaign_id].spent = spent
    return figures
