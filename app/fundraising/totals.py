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


_COUNT_DONORS = """
    with fresh as (
      insert into campaign_donors (campaign_id, donor_id)
      select * from unnest(%(campaigns)s::uuid[], %(donors)s::uuid[]) order by 1, 2
      on conflict do nothing returning campaign_id
    )
    insert into campaign_totals (campaign_id, donor_count)
    select campaign_id, count(*) from fresh group by campaign_id order by campaign_id
    on conflict (campaign_id) do update set donor_count = campaign_totals.donor_count + excluded.donor_count
    """


async def count_donors(session: WriteSession, pairs: Iterable[tuple[UUID, UUID]]) -> None:
    """Count each (campaign, identified donor) once, however often they give.

    The gifts stand in their campaigns already: that is what `hold` waits for, and makes others wait for.
    """
    await bulk.together(session, [counting_donors(pairs)])


def counting_donors(pairs: Iterable[tuple[UUID, UUID]]) -> Statement:
    """Return the statement that counts each (campaign, identified donor) once, however often they give."""
    rows = sorted(set(pairs))
    return Statement(
        _COUNT_DONORS, {"campaigns": [row[0] for row in rows], "donors": [row[1] for row in rows]}
    )


_HOLD = "select id from campaigns where id = any(%(campaigns)s::uuid[]) order by id for update"
_DISCOUNT_DONOR = """
    with gone as (
      delete from campaign_donors c
      using unnest(%(campaigns)s::uuid[], %(donors)s::uuid[]) w (campaign_id, donor_id)
      where (c.campaign_id, c.donor_id) = (w.campaign_id, w.donor_id) and not exists (
        select from donations d
        where d.donor_id = w.donor_id and d.campaign_id = w.campaign_id and d.state = 'posted'
      )
      returning c.campaign_id
    )
    update campaign_totals t set donor_count = t.donor_count - 1
    from gone where t.campaign_id = gone.campaign_id
    """


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
    await bulk.run(session, _DISCOUNT_DONOR, {"campaigns": [campaign_id], "donors": [donor_id]})
