"""Homes: villages that try a Happy Home out, item by item, until they carry it on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations.errors import OutOfSight, RegionUnknown
from app.projects.models import Village, VillageFund, VillageItem, VillageItemDone, VillagePhase
from app.projects.villages.errors import (
    ItemDone,
    ItemMissing,
    VillageDayOutside,
    VillageEnded,
    VillageKnown,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVillage:
    """Where a village is, in which phase of pilots it begins, and who supervises it."""

    organization_id: UUID
    code: str
    region_code: str
    town: str
    name: str
    pilot_phase: int
    started_on: date


async def start(session: WriteSession, new: NewVillage, *, by: str) -> Village:
    """Let a village try a Happy Home out; its collective is a counterparty of the county's books."""
    if new.started_on > today():
        raise VillageDayOutside(day=new.started_on)
    known = VillageKnown()
    refusals: dict[str, Refusal] = {
        "dimensions_kind_organization_id_code_key": known,
        "villages_code_key": known,
        "villages_organization_id_town_name_key": known,
        "villages_region_code_fkey": RegionUnknown(),
    }
    async with constraints.told(session, refusals):
        dimension = await dimensions.declare(
            session, DimensionKind.counterparty, new.code, organization_id=new.organization_id
        )
        village = Village(
            id=dimension.id,
            organization_id=new.organization_id,
            code=new.code,
            region_code=new.region_code,
            town=new.town,
            name=new.name,
            pilot_phase=new.pilot_phase,
            started_on=new.started_on,
            made_by=by,
        )
        session.add(village)
    await tell(session, village, "started", {"pilot_phase": village.pilot_phase})
    return village


async def get(session: ReadSession, village_id: UUID, *, lock: bool = False) -> Village:
    """Return a village, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(Village, village_id, with_for_update=for_update, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


def must_run(village: Village, on: date) -> None:
    """Refuse a village that ended, and a day before it began or that has not come."""
    if village.phase is VillagePhase.ended:
        raise VillageEnded(village=village.id)
    if not village.started_on <= on <= today():
        raise VillageDayOutside(day=on)


async def tick(session: WriteSession, village: Village, row: VillageItemDone) -> VillageItemDone:
    """Note that a village has one of the five items; with its fund begins its public book."""
    must_run(village, row.done_on)
    async with constraints.told(session, {"village_items_village_id_item_key": ItemDone()}):
        session.add(row)
    if row.item is VillageItem.fund:
        session.add(VillageFund(village_id=village.id, balance_minor=0, line_count=0))
        await session.flush()
    return row


async def items(session: ReadSession, village_ids: Iterable[UUID]) -> Sequence[VillageItemDone]:
    """Return which of the five items some villages have."""
    query = select(VillageItemDone).where(VillageItemDone.village_id.in_(list(village_ids)))
    return (await session.scalars(query.order_by(VillageItemDone.done_on, VillageItemDone.id))).all()


async def establish(session: WriteSession, village: Village, *, on: date) -> Village:
    """Let a pilot (locked by the caller) that has all five items carry on for good."""
    must_run(village, on)
    done = {one.item for one in await items(session, [village.id]) if one.done_on <= on}
    if village.phase is not VillagePhase.pilot or done != set(VillageItem):
        raise ItemMissing(missing=sorted(set(VillageItem) - done))
    village.phase, village.established_on = VillagePhase.established, on
    await session.flush()
    await tell(session, village, "established", {"established_on": on.isoformat()})
    return village


async def end(session: WriteSession, village: Village, *, on: date, reason: str) -> Village:
    """End a village's Happy Home (locked by the caller); what is in its book stays readable."""
    must_run(village, on)
    village.phase, village.ended_on = VillagePhase.ended, on
    await session.flush()
    await tell(session, village, "ended", {"ended_on": on.isoformat(), "reason": reason})
    return village


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many villages there are of each phase and with each item, and what their funds hold."""

    by_phase: dict[VillagePhase, int]
    by_item: dict[VillageItem, int]
    balance_minor: int


async def count(session: ReadSession, places: Iterable[UUID]) -> Counts:
    """Count the villages that some members supervise."""
    theirs = select(Village.id).where(Village.organization_id.in_(list(places)))
    phases = await session.execute(
        select(Village.phase, func.count()).where(Village.id.in_(theirs)).group_by(Village.phase)
    )
    done = await session.execute(
        select(VillageItemDone.item, func.count())
        .where(VillageItemDone.village_id.in_(theirs))
        .group_by(VillageItemDone.item)
    )
    held = await session.scalar(
        select(func.coalesce(func.sum(VillageFund.balance_minor), 0)).where(
            VillageFund.village_id.in_(theirs)
        )
    )
    return Counts(
        by_phase={VillagePhase(row[0]): int(row[1]) for row in phases},
        by_item={VillageItem(row[0]): int(row[1]) for row in done},
        balance_minor=int(held or 0),
    )


async def tell(session: WriteSession, village: Village, what: str, payload: dict[str, object]) -> None:
    """Tell what happened to a village."""
    await outbox.tell(
        session,
        f"village.{what}",
        organization_id=village.organization_id,
        subject=f"village:{village.id}",
        payload={"code": village.code} | payload,
    )
