"""Files: a platform's bill taken in once, its sums checked before anything of it counts."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from app.accounting.models import Channel, ChannelKind
from app.fundraising.models import BillRow, Settlement, SettlementState
from app.fundraising.settling import bills
from app.fundraising.settling.bills import Bill, Sums
from app.fundraising.settling.errors import (
    BillContradicts,
    BillDiffersFromDeclared,
    BillEmpty,
    MerchantAccountNeeded,
)
from app.fundraising.settling.layouts import BillRead
from app.kit import bulk
from app.kit.clock import legal_day, now, today
from app.kit.database import WriteSession
from app.kit.ids import new_id

ROWS_AT_ONCE = 2_000
_NOTHING_YET = dict.fromkeys(("line_count", "new_count", "gross_minor", "refunded_minor", "fee_minor"), 0)
_COLUMNS = (
    *("id", "settlement_id", "line_number", "kind", "their_id", "their_gift_id", "amount", "fee_minor"),
    *("happened_at", "remark"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What is told beside a file and must agree with it."""

    sha256: str | None = None
    sums: Sums


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: its settlement, and whether the very same file came before."""

    settlement: Settlement
    repeated: bool


def must_be_merchant(channel: Channel) -> None:
    """Refuse a channel that no platform settles."""
    if channel.kind is not ChannelKind.merchant or channel.platform_id is None:
        raise MerchantAccountNeeded(channel=channel.code)


async def take_in(
    session: WriteSession, channel: Channel, path: Path, declared: Declared, *, actor: str
) -> Taken:
    """Keep a bill with those of its lines that are not known yet; nothing is booked here.

    The same file again has no effect, and neither has a line that came in another file. A line at a time is
    in memory. Raises BillDiffersFromDeclared, BillUnsound, BillEmpty, and BillContradicts if a known line
    comes with another amount.
    """
    must_be_merchant(channel)
    bill = await asyncio.to_thread(bills.find, path)
    if declared.sha256 is not None and declared.sha256.lower() != bill.digest.hex():
        raise BillDiffersFromDeclared(differing=["sha256"])
    # The file is claimed first: of two imports of it one waits here, and finds the other's.
    claim = {
        "organization_id": channel.organization_id,
        "channel_id": channel.id,
        "layout": bill.name,
        "file_hash": bill.digest,
        "actor": actor,
        "begins_on": today(),
        "ends_on": today(),
    }
    claimed = await session.scalar(_claim(claim))
    if claimed is None:
        query = select(Settlement).filter_by(channel_id=channel.id, file_hash=bill.digest)
        return Taken((await session.scalars(query)).one(), repeated=True)
    begins_on, ends_on = await _copy(session, claimed, bill)
    bill.must_be_sound()
    if not bill.found.line_count:
        raise BillEmpty
    differing = declared.sums.differing(bill.found) + bill.told.differing(bill.found)
    if differing:
        raise BillDiffersFromDeclared(differing=sorted(set(differing)))
    facts = await _sort(session, claimed, channel.id)
    kept = await session.get_one(Settlement, claimed, populate_existing=True)
    kept.begins_on, kept.ends_on, kept.line_count = begins_on, ends_on, bill.found.line_count
    kept.new_count, kept.gross_minor, kept.refunded_minor, kept.fee_minor = facts
    if not kept.new_count:
        kept.state, kept.settled_at = SettlementState.settled, now()
    await session.flush()
    return Taken(kept, repeated=False)


def _claim(values: Mapping[str, object]) -> ReturningInsert[UUID]:
    made = insert(Settlement).values(**_NOTHING_YET, **values)
    return made.on_conflict_do_nothing(index_elements=["channel_id", "file_hash"]).returning(Settlement.id)


async def _copy(session: WriteSession, settlement_id: UUID, bill: Bill) -> tuple[date, date]:
    lines = bill.lines()
    first, last = date.max, date.min

    async def rows() -> AsyncIterator[tuple[object, ...]]:
        nonlocal first, last
        # Read aside from the loop that serves others, some thousands at a time.
        while piece := await asyncio.to_thread(_some, lines):
            days = [legal_day(read.happened_at) for read in piece]
            first, last = min(first, *days), max(last, *days)
            for read in piece:
                number, kind, *facts = read
                yield (new_id(), settlement_id, number, kind.value, *facts)

    await bulk.copy(session, BillRow, _COLUMNS, rows())
    return first, last


def _some(lines: Iterator[BillRead]) -> list[BillRead]:
    return list(islice(lines, ROWS_AT_ONCE))


_CONTRADICTIONS = text(
    """
    select count(*), min(line_number) from (
      select r.line_number from bill_rows r join bill_lines l
        on l.channel_id = :channel and l.kind = r.kind and l.their_id = r.their_id
      where r.settlement_id = :settlement and (l.amount, l.fee_minor) <> (r.amount, r.fee_minor)
      union all
      select max(line_number) from bill_rows where settlement_id = :settlement
      group by kind, their_id having count(*) > 1
    ) odd
    """
)
# In the order of the key: two files that share lines take them in the same order.
_INSERT = text(
    """
    insert into bill_lines (id, created_at, settlement_id, channel_id, line_number, kind, their_id,
                            their_gift_id, amount, fee_minor, happened_at, remark, state)
    select id, :now, settlement_id, :channel, line_number, kind, their_id, their_gift_id,
           amount, fee_minor, happened_at, remark, 'new'
    from bill_rows where settlement_id = :settlement order by kind, their_id
    on conflict (channel_id, kind, their_id) do nothing
    """
)
_SUMS = text(
    """
    select count(*), coalesce(sum(amount) filter (where kind = 'payment'), 0)::bigint,
           coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint,
           coalesce(sum(fee_minor), 0)::bigint
    from bill_lines where settlement_id = :settlement
    """
)


async def _sort(session: WriteSession, settlement_id: UUID, channel_id: UUID) -> tuple[int, int, int, int]:
    asked = {"settlement": settlement_id, "channel": channel_id}
    await session.execute(_INSERT, asked | {"now": now()})
    # Asked after the insert: what another file brought meanwhile is seen now.
    count, line = (await session.execute(_CONTRADICTIONS, asked)).one()
    if count:
        raise BillContradicts(count=count, line=line)
    await session.execute(text("delete from bill_rows where settlement_id = :settlement"), asked)
    return tuple((await session.execute(_SUMS, asked)).one())
