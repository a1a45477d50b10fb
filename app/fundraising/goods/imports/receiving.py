"""Receiving: rows of goods that came in, written down in few statements and taken as inspected."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select

from app.fundraising.goods import intake
from app.fundraising.goods.imports.readings import Row, Verdict
from app.fundraising.goods.intake import GIVER, NewLot
from app.fundraising.models import DonorKind
from app.fundraising.models.goods import GoodsGift, GoodsRowOutcome, Warehouse
from app.kit import vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.models import VaultPerson, VaultValue
from app.ledger import funds


async def record(
    session: WriteSession, warehouse: Warehouse, rows: Sequence[Row], *, on: date, actor: str
) -> list[Verdict]:
    """Write down each row as a gift in kind for nothing in particular, in stock at once and unvalued.

    The list tells what was accepted, so it is its own inspection; a row that was recorded before is told so.
    """
    known = await _known(session, warehouse.organization_id, [row.reference for row in rows])
    general = await funds.general(session, warehouse.organization_id)
    verdicts: list[Verdict] = []
    fresh: list[tuple[GoodsGift, Row]] = []
    for row in rows:
        if row.reference in known:
            verdicts.append(_verdict(row, GoodsRowOutcome.duplicate, known[row.reference]))
            continue
        gift = _gift(warehouse.organization_id, general.id, row, on, actor)
        known[row.reference] = gift.id
        fresh.append((gift, row))
        verdicts.append(_verdict(row, GoodsRowOutcome.recorded, gift.id))
    session.add_all(gift for gift, _ in fresh)
    # The lots point to the gifts, and the unit of work knows of no relationship between them.
    await session.flush()
    for gift, row in fresh:
        lot = intake.lot(gift, warehouse.id, 1, _told(row))
        lot.accepted_count = lot.left_count = lot.received_count
        session.add(lot)
    await session.flush()
    await _seal(session, fresh)
    return verdicts


def _gift(organization_id: UUID, fund_id: UUID, row: Row, on: date, actor: str) -> GoodsGift:
    return GoodsGift(
        organization_id=organization_id,
        fund_id=fund_id,
        reference=row.reference,
        received_on=on,
        # A list does not say whether a name is a person's: it is treated as if it were.
        giver_kind=DonorKind.individual,
        anonymous=row.party is None,
        show_name=False,
        actor=actor,
        inspected_on=on,
        inspected_by=actor,
    )


def _told(row: Row) -> NewLot:
    return NewLot(
        item=row.item,
        count=row.quantity.count,
        unit=row.unit,
        spec=row.values.get("spec"),
        batch_number=row.values.get("batch_number"),
        expires_on=row.values.get("expires_on"),
    )


def _verdict(row: Row, outcome: GoodsRowOutcome, gift_id: UUID) -> Verdict:
    return Verdict(line=row.line, reference=row.reference, outcome=outcome, row=row, gift_id=gift_id)


async def _known(session: ReadSession, organization_id: UUID, references: Sequence[str]) -> dict[str, UUID]:
    query = select(GoodsGift.reference, GoodsGift.id).where(
        GoodsGift.organization_id == organization_id, GoodsGift.reference.in_(references)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def _seal(session: WriteSession, fresh: Sequence[tuple[GoodsGift, Row]]) -> None:
    """Seal who gave, each under a key of their own, all with two statements."""
    if not fresh:
        return
    secrets, keys = vault.of(session), {gift.id: vault.of(session).new_key() for gift, _ in fresh}
    people = [
        {"id": id_, "wrapped_key": secrets.wrap(id_, key), "created_at": now()} for id_, key in keys.items()
    ]
    names = [
        {
            "person_id": gift.id,
            "field": GIVER,
            "sealed": secrets.seal(keys[gift.id], gift.id, GIVER, row.party.encode()),
        }
        for gift, row in fresh
        if row.party is not None
    ]
    await session.execute(insert(VaultPerson), people)
    if names:
        await session.execute(insert(VaultValue), names)
