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
    """Count each (campaign, identified donor) once, for ever."""
    await bulk.together(session, [counting_donors(pairs)])


def counting_donors(pairs: Iterable[tuple[UUID, UUID]]) -> Statement:
    """Return the statement that counts each (campaign, identified donor) once, for ever."""
    rows = sorted(set(pairs))
    return Statement(
        _COUNT_DONORS, {"campaigns": [row[0] for row in rows], "donors": [row[1] for row in rows]}
    )
