"""Clothes: what becomes of what was collected by weight; sold, its proceeds go to charity (J25)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.accounting.models import Channel
from app.fundraising.goods import collections, days, stock_funds
from app.fundraising.goods.errors import GoodsOfAnotherOrganization, GoodsReferenceTaken
from app.fundraising.models.goods import (
    CollectedItem,
    CollectionDisposal,
    CollectionOutcome,
    CollectionStock,
)
from app.kit import constraints
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, journal
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind

SALES = "4501"
"""商品销售收入: what used clothes are sold for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDisposal:
    """What became of so many grams, and who took them; sold, for how much and where the money came in."""

    organization_id: UUID
    item: CollectedItem
    outcome: CollectionOutcome
    disposed_on: date
    weight_grams: int
    recipient: str
    reference: str | None = None
    proceeds_minor: int | None = None
    channel: Channel | None = None
    fund_id: UUID | None = None


async def dispose(session: WriteSession, new: NewDisposal, *, actor: str) -> CollectionDisposal:
    """Let what was collected go, never more than is there; a sale is booked: Dr 1002 / Cr 4501.

    Raises WeightShort, GoodsReferenceTaken, GoodsOfAnotherOrganization, DayUnfit.
    """
    days.must_have_come(new.disposed_on)
    key = {"organization_id": new.organization_id, "item": new.item}
    await collections.add(session, CollectionStock, key, gone_grams=new.weight_grams)
    disposal_id = new_id()
    entry_id = None
    if new.channel is not None and new.proceeds_minor is not None:
        reference = f"clothes-sale:{disposal_id}"
        entry_id = await _book(session, new, new.channel, new.proceeds_minor, (reference, actor))
    disposal = CollectionDisposal(
        organization_id=new.organization_id,
        item=new.item,
        outcome=new.outcome,
        disposed_on=new.disposed_on,
        weight_grams=new.weight_grams,
        recipient=new.recipient,
        reference=new.reference or str(disposal_id),
        actor=actor,
        proceeds_minor=new.proceeds_minor,
        channel_id=new.channel and new.channel.id,
        entry_id=entry_id,
    )
    taken = GoodsReferenceTaken(reference=new.reference)
    known = {"collection_disposals_organization_id_reference_key": taken}
    async with constraints.told(session, known):
        session.add(disposal)
    return disposal


async def _book(
    session: WriteSession, new: NewDisposal, channel: Channel, amount: int, said: tuple[str, str]
) -> UUID:
    if channel.organization_id != new.organization_id:
        raise GoodsOfAnotherOrganization(channel=channel.code)
    reference, actor = said
    fund = await stock_funds.chosen(session, new.organization_id, new.fund_id)
    event = Event(occurred_at=days.moment(new.disposed_on), actor=actor, chart=channel.chart)
    income = event.leaf(new.organization_id, SALES, fund_id=fund.id)
    line = Line(
        debit=channel.account_id,
        credit=await accounts.open_one(session, income),
        amount=amount,
        fund_id=fund.id,
        direction=Direction.inflow,
    )
    draft = event.draft(new.organization_id, EntryKind.voucher, reference, [line])
    [receipt] = await journal.post(session, [draft])
    return receipt.entry_id
