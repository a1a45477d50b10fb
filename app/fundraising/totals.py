"""Totals: what pages read, folded in with the gifts themselves so that no report ever counts gifts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.fundraising.models import CampaignDay
from app.kit import bulk
from app.kit.bulk import Statement
from app.kit.database import WriteSession


@dataclass(slots=True)
class Change:
    """What is added to one campaign's day on one channel; negative where a correction takes it back."""

    raised: int = 0
    gift_count: int = 0
    refunded: int = 0
    refund_count: int = 0


Key = tuple[UUID, date, UUID]
"""Campaign, day of the event in the zone of the books, channel."""

_COLUMNS = ("raised", "gift_count", "refunded", "refund_count")
_ADD = "on conflict (campaign_id, day, channel_id) do update set " + ", ".join(
    f"{name} = campaign_days.{name} + excluded.{name}" for name in _COLUMNS
)


class Changes:
    """Changes of many days, gathered before they are folded in."""

    def __init__(self) -> None:
        self._days: defaultdict[Key, Change] = defaultdict(Change)

    def gift(self, key: Key, amount: int, *, count: int = 1) -> None:
        """Add a gift of `amount` fen; with a negative count and amount, take one back."""
        self._days[key].raised += amount
        self._days[key].gift_count += count

    def refund(self, key: Key, amount: int) -> None:
        """Add a refund of `amount` fen."""
        self._days[key].refunded += amount
        self._days[key].refund_count += 1

    def days(self) -> Mapping[Key, Change]:
        """Return what has been gathered."""
        return self._days


async def fold(session: WriteSession, changes: Changes) -> None:
    """Add the changes to the days' totals."""
    await bulk.together(session, [folding(changes)])


def folding(changes: Changes) -> Statement:
    """Return the statement that adds the changes to the days' totals, in the order of their key."""
    rows = sorted(changes.days().items())
    columns: dict[str, list[object]] = {
        "campaign_id": [key[0] for key, _ in rows],
        "day": [key[1] for key, _ in rows],
        "channel_id": [key[2] for key, _ in rows],
    }
    for name in _COLUMNS:
        columns[name] = [getattr(change, name) for _, change in rows]
    return bulk.inserting(CampaignDay, columns, then=_ADD)


# A donor whom the campaign's organization merged into another counts as that one.
_TOLD = """
    with told as (
      select distinct w.campaign_id, coalesce(g.root_id, w.donor_id) as donor_id, g.organization_id
      from unnest(%(campaigns)s::uuid[], %(donors)s::uuid[]) w (campaign_id, donor_id)
      left join lateral (
        select g.root_id, g.organization_id from donor_groups g
        join campaigns c on c.organization_id = g.organization_id
        where g.donor_id = w.donor_id and c.id = w.campaign_id
      ) g on true
    )"""
_COUNT_DONORS = (
    _TOLD  # noqa: S608 - our own words
    + """, fresh as (
      insert into campaign_donors (campaign_id, donor_id)
      select distinct campaign_id, donor_id from told order by 1, 2
      on conflict do nothing returning campaign_id
    )
    insert into campaign_totals (campaign_id, donor_count)
    select campaign_id, count(*) from fresh group by campaign_id order by campaign_id
    on conflict (campaign_id) do update set donor_count = campaign_totals.donor_count + excluded.donor_count
    """
)


async def count_donors(session: WriteSession, pairs: Iterable[tuple[UUID, UUID]]) -> None:
    """Count each (campaign, identified donor) once, however often they give.

    The gifts stand in their campaigns already: that is what `hold` waits for, and makes others wait for.
    """
    counted = list(pairs)
    await _hold_donors(session, (donor_id for _, donor_id in counted))
    await bulk.together(session, [counting_donors(counted)])


def counting_donors(pairs: Iterable[tuple[UUID, UUID]]) -> Statement:
    """Return the statement that counts each (campaign, identified donor) once, however often they give.

    A gift that was just written holds its donor by its foreign key: no merge comes between the two.
    """
    rows = sorted(set(pairs))
    return Statement(
        _COUNT_DONORS, {"campaigns": [row[0] for row in rows], "donors": [row[1] for row in rows]}
    )


_HOLD = "select id from campaigns where id = any(%(campaigns)s::uuid[]) order by id for update"
# In a statement of its own before the counting: what a merge did meanwhile is seen by the next one.
_HOLD_DONORS = "select id from donors where id = any(%(donors)s::uuid[]) order by id for key share"
_DISCOUNT_DONOR = (
    _TOLD  # noqa: S608 - our own words
    + """, gone as (
      delete from campaign_donors c using told w
      where (c.campaign_id, c.donor_id) = (w.campaign_id, w.donor_id) and not exists (
        select from donations d
        where d.campaign_id = w.campaign_id and d.state = 'posted' and d.donor_id = any(array(
          select w.donor_id union all
          select m.donor_id from donor_groups m
          join campaigns k on k.organization_id = m.organization_id
          where m.root_id = w.donor_id and k.id = w.campaign_id))
      )
      returning c.campaign_id
    )
    update campaign_totals t set donor_count = t.donor_count - 1
    from gone where t.campaign_id = gone.campaign_id
    """
)


async def hold(session: WriteSession, campaign_ids: Iterable[UUID | None]) -> None:
    """Let nobody bring a gift into these campaigns, or take one out, until this transaction ends.

    A gift holds its campaign by its foreign key until it commits, so that recording gifts, which never needs
    to know who else gave, pays nothing for it. Taken where a batch takes it too: behind the funds' counters,
    before the totals.
    """
    held = sorted({campaign_id for campaign_id in campaign_ids if campaign_id})
    await bulk.run(session, _HOLD, {"campaigns": held})


async def discount_donor(session: WriteSession, campaign_id: UUID, donor_id: UUID) -> None:
    """Count a donor no longer to a held campaign in which none of their gifts stands."""
    await _hold_donors(session, [donor_id])
    await bulk.run(session, _DISCOUNT_DONOR, {"campaigns": [campaign_id], "donors": [donor_id]})


async def _hold_donors(session: WriteSession, donor_ids: Iterable[UUID]) -> None:
    await bulk.run(session, _HOLD_DONORS, {"donors": sorted(set(donor_ids))})


_CAMPAIGNS_OF = """
    select distinct campaign_id from donations
    where donor_id = any(%(donors)s::uuid[]) and organization_id = any(%(organizations)s::uuid[])
    and campaign_id is not null"""
_HOLD_TOTALS = (
    "select campaign_id from campaign_totals where campaign_id in ("  # noqa: S608 - our own words
    + _CAMPAIGNS_OF
    + ") order by campaign_id for update"
)
_RECOUNT = (
    "with candidates as ("  # noqa: S608 - our own words
    + _CAMPAIGNS_OF
    + """
    ), wanted as (
      select distinct d.campaign_id, coalesce(g.root_id, d.donor_id) as donor_id
      from donations d
      left join donor_groups g on g.donor_id = d.donor_id and g.organization_id = d.organization_id
      where d.donor_id = any(%(donors)s::uuid[]) and d.organization_id = any(%(organizations)s::uuid[])
      and d.state = 'posted' and d.campaign_id is not null
    ), had as (
      select campaign_id, donor_id from campaign_donors
      where campaign_id in (select campaign_id from candidates) and donor_id = any(%(donors)s::uuid[])
    ), gone as (
      delete from campaign_donors c using (select * from had except select * from wanted) o
      where (c.campaign_id, c.donor_id) = (o.campaign_id, o.donor_id) returning c.campaign_id
    ), fresh as (
      insert into campaign_donors (campaign_id, donor_id)
      select * from wanted except select * from had returning campaign_id
    ), moved as (
      select campaign_id, sum(change) as change
      from (select campaign_id, -1 as change from gone union all select campaign_id, 1 from fresh) m
      group by campaign_id
    )
    update campaign_totals t set donor_count = t.donor_count + m.change
    from moved m where t.campaign_id = m.campaign_id
    """
)


async def recount_donors(session: WriteSession, organization_id: UUID, donor_ids: Iterable[UUID]) -> None:
    """Count these donors, who are held, anew to the organization's campaigns: as whom they now count."""
    values = {"organizations": [organization_id], "donors": sorted(set(donor_ids))}
    await bulk.run(session, _HOLD_TOTALS, values)
    await bulk.run(session, _RECOUNT, values)
