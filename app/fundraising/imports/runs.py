"""Runs: one import of one file, from its first reading to the account of every row."""

import asyncio
import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.accounting import channels
from app.accounting.errors import ChannelClosed, ChannelNotFound
from app.accounting.models import Channel
from app.fundraising import campaigns
from app.fundraising.imports import bookings, columns, overlaps, parts
from app.fundraising.imports.aside import aside, see_through
from app.fundraising.imports.bookings import BATCH_ROWS, Item, Ledger
from app.fundraising.imports.columns import Columns
from app.fundraising.imports.errors import FileChanged
from app.fundraising.imports.fates import Tell, Watch
from app.fundraising.imports.parts import Part, Step
from app.fundraising.imports.reports import Report, Stop
from app.fundraising.imports.spool import Spool
from app.fundraising.imports.verdicts import Answer, Verdicts
from app.fundraising.models import Campaign
from app.kit import batches, vault
from app.kit.database import ReadSession, Transactions
from app.kit.errors import Refusal
from app.kit.money import yuan
from app.kit.tables import Table
from app.kit.vault import Vault

LAST_BATCH_SECONDS = 10
"""How long whoever is told to stop waits for the batch in hand."""


class OverlapRule(enum.StrEnum):
    """What to do with rows that are equal to rows of another file."""

    stop = "stop"
    skip = "skip"
    book = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be imported, from where to where, and what it has to add up to (in fen)."""

    path: Path
    campaign: str
    channel: str
    actor: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """The headers of some fields, by field (columns.HEADERS, `group`, `designation`)."""
    overlap: OverlapRule = OverlapRule.stop
    expect_count: int | None = None
    expect_total: int | None = None
    dry_run: bool = False


def _silent(*_: object) -> None:
    return


async def carry_out(
    database: Transactions,
    order: Order,
    *,
    tell: Tell = _silent,
    watch: Watch = _silent,
    report: Report | None = None,
) -> Report:
    """Import a file, each row once, and account for every row to `tell`, in the file's order.

    The file is read twice, a line at a time: first to know its totals and what it has in common with other
    files, then to book it in batches of their own transactions. The same file again, also after a run that
    broke off in the middle, books only what is missing. Nothing is booked if a control total differs, or if
    there are suspects and the rule is to stop. Raises a refusal if the file, the campaign or the channel will
    not do; once rows are being read, a `report` that was handed in then says what ended it and how far it had
    come.
    """
    report = report or Report(dry_run=order.dry_run)
    async with database.reading() as session:
        campaign, channel = await _destination(session, order)
        names = {
            name: row.code
            for row in await campaigns.designations(session, campaign)
            for name in (row.title, row.code)
        }
        secrets = vault.of(session)
    table, found = await asyncio.to_thread(columns.find, order.path, order.headers)
    with report.accounting(), Spool() as spool:
        report.begin(await _survey(table, found, secrets, spool, watch))
        since = await overlaps.begin(database, channel)
        suspects = await overlaps.find(database, channel, spool, report.parts)
        report.stops += _stops(order, report, suspects)
        dry = order.dry_run or bool(report.stops)
        if not dry:
            await bookings.register(database, channel, report.parts)
        ledger = Ledger(
            campaign=campaign,
            channel=channel,
            designations=names,
            parts=report.parts,
            actor=order.actor,
            since=None if order.overlap is OverlapRule.book else since,
        )
        run = _Run(database, ledger, spool, Verdicts(report, found, names, tell), secrets)
        await run.through(table, found, book_suspects=order.overlap is OverlapRule.book, dry=dry, watch=watch)
    return report


async def _survey(table: Table, found: Columns, secrets: Vault, spool: Spool, watch: Watch) -> list[Part]:
    halted = Event()

    def heard(phase: str, count: int) -> None:
        # A long file is not read to its end for whoever has told us to stop.
        if halted.is_set():
            raise InterruptedError
        watch(phase, count)

    return await aside(partial(parts.survey, table, found, secrets, spool, heard), halt=halted.set)


async def _destination(session: ReadSession, order: Order) -> tuple[Campaign, Channel]:
    campaign = await campaigns.by_code(session, order.campaign)
    try:
        channel = await channels.by_code(session, campaign.organization_id, order.channel)
    except ChannelNotFound:
        # People know a channel by its name; of several with one name none is meant.
        named = select(Channel).filter_by(organization_id=campaign.organization_id, name=order.channel)
        found = (await session.scalars(named)).all()
        if len(found) != 1:
            raise
        channel = found[0]
    if channel.closed_at:
        raise ChannelClosed(channel=channel.code)
    return campaign, channel


def _stops(order: Order, report: Report, suspects: int) -> list[Stop]:
    stops: list[Stop] = []
    if order.expect_count is not None and order.expect_count != report.row_count:
        stops.append(
            Stop(
                "expected_count", f"expected {order.expect_count:,} rows, the file holds {report.row_count:,}"
            )
        )
    if order.expect_total is not None and order.expect_total != report.amount:
        told = f"expected {yuan(order.expect_total)} yuan, the file holds {yuan(report.amount)}"
        stops.append(Stop("expected_total", told))
    if suspects and order.overlap is OverlapRule.stop:
        stops.append(Stop("overlap", f"{suspects:,} rows are equal to rows of another file"))
    return stops


@dataclass(slots=True)
class _Run:
    """The second reading of a file."""

    database: Transactions
    ledger: Ledger
    spool: Spool
    verdicts: Verdicts
    secrets: Vault

    async def through(
        self, table: Table, found: Columns, *, book_suspects: bool, dry: bool, watch: Watch
    ) -> None:
        with table.rows() as lines:
            steps = parts.walk(lines, found, table.path.name)
            while batch := await aside(partial(self._take, steps, book_suspects)):
                settling = self._settle([item for _, item in batch if item], dry=dry)
                # Rows that are being booked while we are told to stop are accounted for.
                then = partial(self.verdicts.pass_over, batch)
                await see_through(settling, then, seconds=LAST_BATCH_SECONDS)
                watch("looking" if dry else "booking", len(batch))
        if self.verdicts.row_count != sum(part.row_count for part in self.ledger.parts):
            raise FileChanged(rows=self.verdicts.row_count)

    def _take(self, steps: Iterator[tuple[str, Step]], book_suspects: bool) -> list[tuple[Step, Item | None]]:
        return [(step, self._item(step, book_suspects)) for _, step in islice(steps, BATCH_ROWS)]

    def _item(self, step: Step, book_suspects: bool) -> Item | None:
        if step.part >= len(self.ledger.parts):
            raise FileChanged(line=step.row.line)
        if step.row.fault is not None or self.ledger.parts[step.part].repeats is not None:
            return None
        remembered = self.spool.look(step.part, step.row_number)
        if remembered is None or (remembered.exact, remembered.giver) != step.row.macs(self.secrets):
            raise FileChanged(line=step.row.line)
        left_out = remembered.suspected_of is not None and not book_suspects
        return Item(step, remembered, None if left_out else self.ledger.gift(step))

    async def _settle(self, items: Sequence[Item], *, dry: bool) -> Sequence[Answer]:
        if self.verdicts.broken_off or not items:
            return [None] * len(items)
        if dry:
            async with self.database.reading() as session:
                return await self.ledger.foresee(session, items)
        try:
            answers = await batches.commit(self.database, items, self.ledger.book)
        except Refusal as refusal:
            answers = [refusal for _ in items]
        trouble = next((a for a in answers if isinstance(a, BaseException) and not _of_the_row(a)), None)
        if trouble:
            self.verdicts.break_off(trouble)
        return answers


def _of_the_row(error: BaseException) -> bool:
    """Tell a value that the database refuses, this row's fault alone, from trouble that all rows have."""
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return (state or "").startswith(("22", "23"))
