"""Handing: rows of goods that were handed out, each taken from the stock that answers to it, or unmatched."""

import enum
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.fundraising.goods import handouts
from app.fundraising.goods.handouts import NewHandout
from app.fundraising.goods.imports.readings import Row, Verdict
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import GoodsHandout, GoodsLot, GoodsRowOutcome, RecipientKind, Warehouse
from app.kit.database import ReadSession, WriteSession
from app.ledger import funds


class Unmatched(enum.StrEnum):
    """Why no stock answers to a row."""

    never_received = "never_received"
    other_unit = "other_unit"
    stock_short = "stock_short"


Parts = list[tuple[UUID, Quantity]]


async def record(
    session: WriteSession, warehouse: Warehouse, rows: Sequence[Row], *, on: date, actor: str
) -> list[Verdict]:
    """Hand each row out of the lots of the same goods in the same unit, those that expire first first.

    What was never received, in no such unit or not so much of it, is unmatched whole: nothing is guessed.
    Goods with a restricted purpose are left alone, for a list names no project.
    """
    known = await _known(session, warehouse.organization_id, [row.reference for row in rows])
    stock = await _stock(session, warehouse, on)
    verdicts: list[Verdict] = []
    for row in rows:
        if row.reference in known:
            verdicts.append(_recorded(row, GoodsRowOutcome.duplicate, known[row.reference]))
            continue
        found = _parts(stock.get(_key(row.item), []), row)
        if isinstance(found, Unmatched):
            verdicts.append(_unmatched(row, found))
            continue
        new = NewHandout(
            organization_id=warehouse.organization_id,
            handed_on=on,
            recipient_kind=RecipientKind.organization,
            recipient=row.party or "",
            parts=found,
            reference=row.reference,
        )
        handout = await handouts.record(session, new, actor=actor)
        known[row.reference] = handout.id
        verdicts.append(_recorded(row, GoodsRowOutcome.recorded, handout.id))
    return verdicts


def _key(item: str) -> str:
    return "".join(unicodedata.normalize("NFKC", item).split()).casefold()


async def _stock(session: WriteSession, warehouse: Warehouse, on: date) -> dict[str, list[GoodsLot]]:
    general = await funds.general(session, warehouse.organization_id)
    query = select(GoodsLot).where(
        GoodsLot.warehouse_id == warehouse.id,
        GoodsLot.fund_id == general.id,
        GoodsLot.left_count > 0,
        GoodsLot.expires_on >= on,
    )
    # Locked by id like everybody's; what they are taken in order of is decided here.
    locked = query.order_by(GoodsLot.id).with_for_update().execution_options(populate_existing=True)
    found: defaultdict[str, list[GoodsLot]] = defaultdict(list)
    for lot in sorted(await session.scalars(locked), key=lambda one: (one.expires_on, one.id)):
        found[_key(lot.item)].append(lot)
    return found


def _parts(lots: Sequence[GoodsLot], row: Row) -> Parts | Unmatched:
    """Return from which lots a row is taken, in pieces, or why it cannot be."""
    if not lots:
        return Unmatched.never_received
    fitting = [lot for lot in lots if row.unit in (lot.unit, lot.package_unit)]
    if not fitting:
        return Unmatched.other_unit
    # The same box may hold other numbers of pieces: lots that count alike answer together.
    first = fitting[0]
    alike = [lot for lot in fitting if (lot.unit, lot.package_size) == (first.unit, first.package_size)]
    size = 1 if row.unit == first.unit else first.package_size or 1
    wanted = row.quantity.count * size
    parts: Parts = []
    for lot in alike:
        taken = min(wanted, lot.left_count)
        if taken:
            parts.append((lot.id, Quantity(taken)))
            wanted -= taken
    return Unmatched.stock_short if wanted else parts


async def _known(session: ReadSession, organization_id: UUID, references: Sequence[str]) -> dict[str, UUID]:
    query = select(GoodsHandout.reference, GoodsHandout.id).where(
        GoodsHandout.organization_id == organization_id, GoodsHandout.reference.in_(references)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


def _recorded(row: Row, outcome: GoodsRowOutcome, handout_id: UUID) -> Verdict:
    return Verdict(line=row.line, reference=row.reference, outcome=outcome, row=row, handout_id=handout_id)


def _unmatched(row: Row, why: Unmatched) -> Verdict:
    return Verdict(
        line=row.line, reference=row.reference, outcome=GoodsRowOutcome.unmatched, row=row, reason=why
    )
