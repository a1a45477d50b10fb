"""Overlaps: rows of a file that are equal to rows of other files, which may be the same gifts again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.accounting.models import Channel
from app.fundraising.imports.parts import PIECE_ROWS, Overlap, Part
from app.fundraising.imports.spool import Spool
from app.fundraising.models.imports import Import, ImportRow
from app.kit import bulk, vault
from app.kit.database import ReadSession, Transactions

_COUNT = """
    select r.import_id, r.{mac} as mac, count(*) as count
    from import_rows r join imports i on i.id = r.import_id
    where r.{mac} = any(%(macs)s::bytea[]) and i.organization_id = any(%(organization)s::uuid[])
    and i.id <> all(%(own)s::uuid[]) group by r.import_id, r.{mac}
"""


async def begin(database: Transactions, channel: Channel) -> datetime:
    """Return the moment, by the database's clock, since when others' rows come too late to be seen."""
    async with database.reading() as session:
        await lock(session, channel.organization_id)
        return (await session.execute(select(func.clock_timestamp()))).scalar_one()


async def lock(session: ReadSession, organization_id: UUID) -> None:
    """Let the imports of one organization write one after the other, until each transaction ends."""
    key = int.from_bytes(organization_id.bytes[-8:], signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def find(database: Transactions, channel: Channel, spool: Spool, parts: Sequence[Part]) -> int:
    """Compare the parts with all files before them; return how many rows are suspects not booked yet.

    The files before a part are the earlier parts of its own file, and what the organization imported from
    other files. Rows that carry the source's own number are told, but are no suspects: their number decides.
    """
    await _recognise(database, channel, parts)
    own = [part.import_id for part in parts if part.import_id]
    others = _Others(parts)
    suspects = 0
    for part in parts:
        if part.repeats is not None:
            continue
        await _settle(database, spool, part)
        for exact, givers in spool.macs(part.number, PIECE_ROWS):
            # A short transaction for each piece: none may hold up the log for long.
            async with database.reading() as session:
                for name, macs in (("row_mac", exact), ("giver_mac", givers)):
                    columns = {
                        "macs": sorted(set(macs)),
                        "organization": [channel.organization_id],
                        "own": own,
                    }
                    counts = await bulk.run(session, _COUNT.format(mac=name), columns)
                    known = await others.numbers(session, {row.import_id for row in counts})
                    spool.note(
                        part.number, [(known[row.import_id], bytes(row.mac), row.count) for row in counts]
                    )
        for other, count, amount in spool.compare(part.number, others.sizes):
            name = await others.name(database, other)
            part.overlaps.append(Overlap(other, name, others.sizes[other], count, amount))
        suspects += spool.open_suspects(part.number)
    return suspects


async def _recognise(database: Transactions, channel: Channel, parts: Sequence[Part]) -> None:
    of_channel = select(Import.file_mac, Import.id).where(Import.channel_id == channel.id)
    for start in range(0, len(parts), PIECE_ROWS):
        macs = [part.mac for part in parts[start : start + PIECE_ROWS]]
        async with database.reading() as session:
            found = {
                row[0]: row[1] for row in await session.execute(of_channel.where(Import.file_mac.in_(macs)))
            }
        for part in parts[start : start + PIECE_ROWS]:
            part.import_id = found.get(part.mac)


async def _settle(database: Transactions, spool: Spool, part: Part) -> None:
    booked = select(ImportRow.row_number).where(
        ImportRow.import_id == part.import_id, ImportRow.donation_id.is_not(None)
    )
    last = 0
    while part.import_id:
        page = booked.where(ImportRow.row_number > last).order_by(ImportRow.row_number).limit(PIECE_ROWS)
        async with database.reading() as session:
            numbers = (await session.scalars(page)).all()
        if not numbers:
            return
        spool.settle(part.number, numbers)
        last = numbers[-1]


class _Others:
    """The other files, numbered on from the parts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.sizes = [part.row_count for part in parts]
        self._parts = parts
        self._ids: list[UUID] = []
        self._numbers: dict[UUID, int] = {}

    async def numbers(self, session: ReadSession, ids: set[UUID]) -> dict[UUID, int]:
        new = sorted(ids - self._numbers.keys())
        if new:
            sizes = await session.execute(select(Import.id, Import.row_count).where(Import.id.in_(new)))
            for import_id, size in sizes:
                self._numbers[import_id] = len(self.sizes)
                self.sizes.append(size)
                self._ids.append(import_id)
        return self._numbers

    async def name(self, database: Transactions, number: int) -> str:
        if number < len(self._parts):
            return self._parts[number].name
        import_id = self._ids[number - len(self._parts)]
        async with database.reading() as session:
            values = await vault.read(session, [import_id], ["name"])
        return values.get(import_id, {}).get("name", str(import_id))
