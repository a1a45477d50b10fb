"""Runs: one list taken in, or only tried; every row of it is accounted for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.goods import days, warehouses
from app.fundraising.goods.imports import handing, receiving
from app.fundraising.goods.imports.readings import Reading, Verdict
from app.fundraising.models.goods import (
    GoodsImport,
    GoodsImportKind,
    GoodsImportRow,
    GoodsRowOutcome,
    Warehouse,
)
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

_RECORD = {GoodsImportKind.received: receiving.record, GoodsImportKind.handed_out: handing.record}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Into which warehouse a list is taken, what it is of, and for which day, since lists tell none."""

    warehouse: Warehouse
    kind: GoodsImportKind
    on: date
    actor: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every row, in the order of the file; without an id it was only tried."""

    import_id: UUID | None
    verdicts: Sequence[Verdict]

    def count(self, outcome: GoodsRowOutcome) -> int:
        """Return how many rows ended so."""
        return sum(one.outcome is outcome for one in self.verdicts)


async def take_in(session: WriteSession, order: Order, reading: Reading, *, dry_run: bool = False) -> Report:
    """Take a list in; with `dry_run` all the same is done, told, and undone.

    A list again records nothing twice; what was unmatched is looked for once more. Raises DayUnfit,
    WarehouseClosed.
    """
    days.must_have_come(order.on)
    point = await session.begin_nested()
    at = order.warehouse
    warehouse = await warehouses.taking_in(session, at.id, at.organization_id)
    recorded = await _RECORD[order.kind](session, warehouse, reading.rows, on=order.on, actor=order.actor)
    verdicts = sorted([*recorded, *reading.settled], key=lambda one: one.line)
    if dry_run:
        await point.rollback()
        return Report(None, verdicts)
    made = _made(order, reading, verdicts)
    session.add(made)
    await session.flush()
    session.add_all(_row(made, order, one) for one in verdicts)
    await point.commit()
    return Report(made.id, verdicts)


def _made(order: Order, reading: Reading, verdicts: Sequence[Verdict]) -> GoodsImport:
    counts = Counter(one.outcome for one in verdicts)
    return GoodsImport(
        organization_id=order.warehouse.organization_id,
        warehouse_id=order.warehouse.id,
        kind=order.kind,
        file_name=reading.file_name,
        sha256=reading.sha256,
        happened_on=order.on,
        actor=order.actor,
        row_count=len(verdicts),
        **{f"{outcome}_count": counts[outcome] for outcome in GoodsRowOutcome},
    )


def _row(made: GoodsImport, order: Order, one: Verdict) -> GoodsImportRow:
    row = one.row
    return GoodsImportRow(
        import_id=made.id,
        line=one.line,
        outcome=one.outcome,
        reference=one.reference,
        item=row and row.item,
        quantity=row and row.quantity.count,
        unit=row and row.unit,
        recipient=row.party if row and order.kind is GoodsImportKind.handed_out else None,
        reason=one.reason,
        sheet_column=one.column,
        detail=one.detail,
        gift_id=one.gift_id,
        handout_id=one.handout_id,
    )


async def get(session: ReadSession, import_id: UUID) -> GoodsImport:
    """Return an import, or refuse."""
    made = await session.get(GoodsImport, import_id)
    if made is None:
        raise OutOfSight
    return made


def rows(made: GoodsImport, outcome: GoodsRowOutcome | None) -> Select[GoodsImportRow]:
    """Return the query for the rows of an import, or for those that ended so."""
    query = select(GoodsImportRow).where(GoodsImportRow.import_id == made.id)
    return query if outcome is None else query.where(GoodsImportRow.outcome == outcome)
