"""Bookings: rows of a file become donations, a short transaction per batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounting.models import Channel
from app.fundraising import donations, placements
from app.fundraising.errors import GiftDiffers
from app.fundraising.gifts import Gift, Giver, Outcome, OutcomeKind
from app.fundraising.imports import overlaps
from app.fundraising.imports.errors import OverlapAppeared
from app.fundraising.imports.parts import Part, Step
from app.fundraising.imports.spool import Remembered
from app.fundraising.models import Campaign
from app.fundraising.models.imports import Import, ImportRow
from app.kit import bulk, vault
from app.kit.clock import now
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.ids import new_id

BATCH_ROWS = 500

_APPEARED = """
    select 1 from import_rows r join imports i on i.id = r.import_id
    where r.row_mac = any(%(macs)s::bytea[]) and i.organization_id = any(%(organization)s::uuid[])
    and i.id <> all(%(own)s::uuid[]) and r.recorded_at >= any(%(since)s::timestamptz[]) limit 1
"""
_KNOWN = """
    select d.their_id, d.first_amount, d.first_campaign_code
    from unnest(%(sources)s::uuid[], %(ids)s::text[]) w (source_id, their_id)
    join donations d using (source_id, their_id)
"""
_ONCE = (
    "on conflict (import_id, row_number) do update set donation_id = excluded.donation_id"
    " where import_rows.donation_id is null and excluded.donation_id is not null"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A row that is worth a look at the database: its gift, or none if it is a suspect that is left out."""

    step: Step
    remembered: Remembered
    gift: Gift | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the rows of one import have in common; `since` is when it looked for overlaps, if they matter."""

    campaign: Campaign
    channel: Channel
    designations: Mapping[str, str]
    parts: Sequence[Part]
    actor: str
    since: datetime | None

    def gift(self, step: Step) -> Gift:
        """Return the gift that a row tells, under the source's own number, else under file and row."""
        row, part = step.row, self.parts[step.part]
        assert row.amount is not None  # noqa: S101 - rows with a fault are never booked
        assert row.donated_at is not None  # noqa: S101
        names = row.names
        return Gift(
            # A platform's statement and its webhook tell of the same gifts, under the same numbers.
            source_id=self.channel.platform_id or self.channel.id,
            channel=self.channel,
            their_id=row.number or f"file:{part.mac.hex()[:32]}:{step.row_number}",
            campaign=self.campaign.code,
            amount=row.amount,
            donated_at=row.donated_at,
            original=row.original,
            actor=self.actor,
            source=self.channel.code,
            designation=self.designations.get(row.designation, row.designation) if row.designation else None,
            giver=Giver(name=names.giver, kind=row.kind, anonymous=names.anonymous),
            details={key: text for key, text in (("payer", names.payer), ("remark", row.remark)) if text},
        )

    async def book(self, session: WriteSession, items: Sequence[Item]) -> list[Outcome | None]:
        """Book the gifts of a batch and keep what its rows are known by; suspects are kept without a gift."""
        await overlaps.lock(session, self.channel.organization_id)
        await self._look_again(session, items)
        gifts = [item.gift for item in items if item.gift]
        answers = iter(await donations.receive(session, gifts))
        outcomes = [next(answers) if item.gift else None for item in items]
        columns: dict[str, list[object]] = {
            "import_id": [self.parts[item.step.part].import_id for item in items],
            "row_number": [item.step.row_number for item in items],
            "row_mac": [item.remembered.exact for item in items],
            "giver_mac": [item.remembered.giver for item in items],
            "donation_id": [outcome and outcome.donation_id for outcome in outcomes],
        }
        await bulk.insert(session, ImportRow, columns, then=_ONCE)
        return outcomes

    async def _look_again(self, session: ReadSession, items: Sequence[Item]) -> None:
        """Refuse rows that another import brought in after this one had looked for overlaps."""
        if self.since is None:
            return
        columns = {
            "macs": [item.remembered.exact for item in items if item.gift and not item.step.row.number],
            "organization": [self.channel.organization_id],
            "own": [part.import_id for part in self.parts],
            "since": [self.since],
        }
        if await bulk.run(session, _APPEARED, columns):
            raise OverlapAppeared

    async def foresee(self, session: ReadSession, items: Sequence[Item]) -> list[Outcome | None]:
        """Tell what would become of a batch, without changing anything."""
        gifts = [item.gift for item in items if item.gift]
        atlas = await placements.look_up(session, [self.campaign.code])
        columns = {"sources": [gift.source_id for gift in gifts], "ids": [gift.their_id for gift in gifts]}
        known = {row.their_id: row for row in await bulk.run(session, _KNOWN, columns)}
        return [self._foreseen(item.gift, known, atlas) if item.gift else None for item in items]

    def _foreseen(self, gift: Gift, known: Mapping[str, Any], atlas: placements.Atlas) -> Outcome:
        if gift.their_id in known:
            before = known[gift.their_id]
            if (before.first_amount, before.first_campaign_code) == (gift.amount, gift.campaign):
                return Outcome(kind=OutcomeKind.duplicate)
            return Outcome(kind=OutcomeKind.conflict, refusal=GiftDiffers())
        return Outcome(kind=OutcomeKind.pending if atlas.of(gift) else OutcomeKind.suspense)


async def register(database: Transactions, channel: Channel, parts: Sequence[Part]) -> None:
    """Enter the files that are new; the others are known by the same content under the same channel."""
    for part in parts:
        if part.repeats is None and part.import_id is None:
            async with database.writing() as session:
                part.import_id = await _register(session, channel, part)
    for part in parts:
        if part.repeats is not None:
            part.import_id = parts[part.repeats].import_id


async def _register(session: WriteSession, channel: Channel, part: Part) -> UUID:
    row = insert(Import).values(
        id=new_id(),
        created_at=now(),
        organization_id=channel.organization_id,
        channel_id=channel.id,
        file_mac=part.mac,
        row_count=part.row_count,
        amount=part.amount,
    )
    fresh = await session.scalar(row.on_conflict_do_nothing().returning(Import.id))
    if fresh:
        # A name that somebody gave to a file may tell who gave.
        await vault.keep(session, fresh, {"name": part.name})
        return fresh
    known = select(Import.id).where(Import.channel_id == channel.id, Import.file_mac == part.mac)
    return (await session.scalars(known)).one()
