"""Disposals: goods sold, destroyed or lost; what a sale brings keeps the gift's restriction (J25, J27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.accounting.models import Channel
from app.fundraising.goods import days, lots, outflows
from app.fundraising.goods.errors import (
    DisposalOfSeveralPurposes,
    GoodsOfAnotherOrganization,
    GoodsReferenceTaken,
)
from app.fundraising.goods.lots import Taken
from app.fundraising.goods.outflows import Use
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import DisposalKind, GoodsDisposal, GoodsDisposalLine
from app.kit import constraints
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, charts, funds, journal
from app.ledger.charts import Concept
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind, Fund
from app.organizations import organizations

SALES = "4501"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDisposal:
    """What is told of a disposal; sold, for how much and where the money came in."""

    organization_id: UUID
    kind: DisposalKind
    disposed_on: date
    reason: str
    parts: Sequence[tuple[UUID, Quantity]]
    reference: str | None = None
    project_id: UUID | None = None
    proceeds_minor: int | None = None
    channel: Channel | None = None


async def record(session: WriteSession, new: NewDisposal, *, actor: str) -> GoodsDisposal:
    """Take goods out of stock and book it: Dr 5101 (sold) or administration (destroyed, lost) / Cr 1201.

    Proceeds of a sale go to the fund that the goods were given for: Dr 1002 / Cr 4501. Goods bound to a
    purpose name a project of it. Raises StockShort, LotUnknown, UnitUnknown, PurposeNotAllowed,
    DisposalOfSeveralPurposes, GoodsReferenceTaken, DayUnfit.
    """
    days.must_have_come(new.disposed_on)
    held = await lots.hold(session, new.organization_id, [lot_id for lot_id, _ in new.parts])
    purposes = {lot.fund_id for lot in held.values()}
    if new.kind is DisposalKind.sold and len(purposes) > 1:
        raise DisposalOfSeveralPurposes(funds=sorted(str(one) for one in purposes))
    if new.channel is not None and new.channel.organization_id != new.organization_id:
        raise GoodsOfAnotherOrganization(channel=new.channel.code)
    for fund_id in sorted(purposes):
        fund = await session.get_one(Fund, fund_id)
        await funds.check_use(session, fund, project_id=new.project_id, on=new.disposed_on)
    taken = [await lots.take(session, held[lot_id], quantity) for lot_id, quantity in new.parts]
    disposal_id, value = new_id(), sum(one.value_minor for one in taken)
    booked = bool(value or new.proceeds_minor)
    reference = f"goods-disposal:{disposal_id}"
    disposal = GoodsDisposal(
        organization_id=new.organization_id,
        kind=new.kind,
        reference=new.reference or str(disposal_id),
        disposed_on=new.disposed_on,
        reason=new.reason,
        value_minor=value,
        actor=actor,
        project_id=new.project_id,
        proceeds_minor=new.proceeds_minor,
        channel_id=new.channel and new.channel.id,
        entry_id=await _book(session, new, taken, reference, actor) if booked else None,
    )
    known = GoodsReferenceTaken(reference=disposal.reference)
    async with constraints.told(session, {"goods_disposals_organization_id_reference_key": known}):
        session.add(disposal)
    session.add_all(
        GoodsDisposalLine(
            organization_id=new.organization_id,
            disposal_id=disposal.id,
            lot_id=one.lot.id,
            count=one.count,
            value_minor=one.value_minor,
        )
        for one in taken
    )
    await session.flush()
    return disposal


async def _book(
    session: WriteSession, new: NewDisposal, taken: Sequence[Taken], reference: str, actor: str
) -> UUID:
    organization = await organizations.get(session, new.organization_id)
    event = Event(
        occurred_at=days.moment(new.disposed_on),
        actor=actor,
        chart=organization.chart_version,
        summary=new.reason[:200],
    )
    sold = new.kind is DisposalKind.sold
    code = "5101" if sold else charts.code(event.chart, Concept.administration)
    lines = await outflows.lines(session, taken, Use(code=code, project_id=new.project_id), event)
    if new.channel is not None and new.proceeds_minor is not None:
        [fund_id] = {one.lot.fund_id for one in taken}
        income = event.leaf(new.organization_id, SALES, fund_id=fund_id)
        lines.append(
            Line(
                debit=new.channel.account_id,
                credit=await accounts.open_one(session, income),
                amount=new.proceeds_minor,
                fund_id=fund_id,
                direction=Direction.inflow,
            )
        )
    draft = event.draft(new.organization_id, EntryKind.voucher, reference, lines)
    [receipt] = await journal.post(session, [draft])
    return receipt.entry_id
