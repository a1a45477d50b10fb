"""Collections: used clothing by weight, unvalued until it is sold, and the yearly figure."""

from collections.abc import Collection as Ids
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Select, Table, select
from sqlalchemy.dialects.postgresql import insert

from app.fundraising.goods import days
from app.fundraising.goods.errors import (
    CollectionPointClosed,
    CollectionPointCodeTaken,
    CollectionVoided,
    GoodsReferenceTaken,
    WeightShort,
)
from app.fundraising.models.goods import (
    CollectedItem,
    Collection,
    CollectionPoint,
    CollectionStock,
    CollectionYear,
)
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPoint:
    """What is told of a collection point."""

    organization_id: UUID
    code: str
    name: str
    address: str | None = None


async def open_point(session: WriteSession, new: NewPoint) -> CollectionPoint:
    """Open a collection point; raises CollectionPointCodeTaken."""
    point = CollectionPoint(
        organization_id=new.organization_id, code=new.code, name=new.name, address=new.address
    )
    taken = {"collection_points_organization_id_code_key": CollectionPointCodeTaken(point=new.code)}
    async with constraints.told(session, taken):
        session.add(point)
    return point


async def point(session: ReadSession, point_id: UUID) -> CollectionPoint:
    """Return a collection point, or refuse."""
    found = await session.get(CollectionPoint, point_id)
    if found is None:
        raise OutOfSight
    return found


async def close_point(session: WriteSession, point: CollectionPoint) -> None:
    """Collect there no more; what was collected stays counted."""
    point.closed_at = point.closed_at or now()
    await session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What a collector weighed; `reference` is the weighing slip's number."""

    item: CollectedItem
    collected_on: date
    weight_grams: int
    collector: str
    reference: str | None = None


async def record(session: WriteSession, point: CollectionPoint, told: Weighing, *, actor: str) -> Collection:
    """Count what was collected; nothing is booked, for nobody knows what it is worth.

    Raises CollectionPointClosed, GoodsReferenceTaken, DayUnfit.
    """
    days.must_have_come(told.collected_on)
    if point.closed_at is not None:
        raise CollectionPointClosed(point=point.code)
    collection = Collection(
        organization_id=point.organization_id,
        point_id=point.id,
        item=told.item,
        collected_on=told.collected_on,
        weight_grams=told.weight_grams,
        collector=told.collector,
        reference=told.reference or str(new_id()),
        actor=actor,
    )
    taken = {"collections_organization_id_reference_key": GoodsReferenceTaken(reference=told.reference)}
    async with constraints.told(session, taken):
        session.add(collection)
    await _fold(session, collection, collection.weight_grams, 1)
    return collection


async def void(session: WriteSession, collection: Collection, *, reason: str, actor: str) -> None:
    """Take a mistaken weighing back; raises CollectionVoided, and WeightShort if it has been sold since."""
    await session.refresh(collection, with_for_update=True)
    if collection.voided_at is not None:
        raise CollectionVoided(collection=collection.id)
    collection.voided_at, collection.voided_by, collection.voided_reason = now(), actor, reason
    await session.flush()
    await _fold(session, collection, -collection.weight_grams, -1)


async def _fold(session: WriteSession, collection: Collection, grams: int, count: int) -> None:
    """Add to the stock and to the year; the database says if more is gone than would be left.

    The rows are there, or made at zero, before anything is added: a sum below zero is refused by their own
    CHECK, which an insert of a negative one would break for another reason.
    """
    key = {"organization_id": collection.organization_id, "item": collection.item}
    zero = insert(CollectionStock).values(**key, collected_grams=0, gone_grams=0)
    await session.execute(zero.on_conflict_do_nothing())
    year = key | {"year": collection.collected_on.year}
    zero = insert(CollectionYear).values(**year, weight_grams=0, collection_count=0)
    await session.execute(zero.on_conflict_do_nothing())
    await add(session, CollectionStock, key, collected_grams=grams)
    await add(session, CollectionYear, year, weight_grams=grams, collection_count=count)


async def add(
    session: WriteSession,
    sums: type[CollectionStock] | type[CollectionYear],
    key: Mapping[str, object],
    **by: int,
) -> None:
    """Add to sums in one statement; raises WeightShort, which the database says."""
    table = cast("Table", sums.__table__)
    changed = table.update().values({name: table.c[name] + value for name, value in by.items()})
    for name, value in key.items():
        changed = changed.where(table.c[name] == value)
    short = WeightShort(item=key["item"])
    async with constraints.told(session, {"collection_stocks_gone_check": short}):
        if (await session.execute(changed.returning(table.c.organization_id))).first() is None:
            raise short


async def get(session: ReadSession, collection_id: UUID) -> Collection:
    """Return a weighing, or refuse."""
    found = await session.get(Collection, collection_id)
    if found is None:
        raise OutOfSight
    return found


def years(visible: Ids[UUID], *, organization_id: UUID | None, year: int | None) -> Select[CollectionYear]:
    """Return the query for the yearly figures of the visible organizations."""
    query = select(CollectionYear).where(CollectionYear.organization_id.in_(visible))
    if organization_id is not None:
        query = query.where(CollectionYear.organization_id == organization_id)
    return query if year is None else query.where(CollectionYear.year == year)
