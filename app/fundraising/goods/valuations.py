"""Valuations: what goods are worth, and how they come into the books (J5)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.fundraising.goods import days, lots, papers, stock_funds
from app.fundraising.goods.errors import GoodsNotInspected, LotMoved, LotUnknown, LotValued, ValuationUnfit
from app.fundraising.goods.intake import GIVER
from app.fundraising.models.goods import AssetClass, GoodsGift, GoodsLot, GoodsValuation, ValuationMethod
from app.kit import vault
from app.kit.attachments.files import Owner
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, journal
from app.ledger.drafts import Commitment, Draft
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind, Fund
from app.organizations import organizations

NOMINAL_MINOR = 100
"""One yuan, at which an asset is carried of which nobody can tell the value (会计制度 art. 19)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What was found about a lot's accepted goods together; at one yuan each no amount is told.

    `basis` names the paper, or the market whose prices were taken.
    """

    lot_id: UUID
    method: ValuationMethod
    basis: str
    amount: int | None = None


async def record(
    session: WriteSession,
    gift: GoodsGift,
    values: Sequence[Value],
    *,
    attachment_ids: Sequence[UUID] = (),
    actor: str,
) -> GoodsValuation:
    """Value lots of a locked gift and book them: Dr 1201 (or an asset's account) / Cr 4101.

    Goods that were partly handed out unvalued stay so. Raises GoodsNotInspected, LotUnknown, LotValued,
    LotMoved, ValuationUnfit.
    """
    if gift.inspected_on is None:
        raise GoodsNotInspected(gift=gift.id)
    here = {lot.id: lot for lot in await lots.of_gift(session, gift.id, lock=True)}
    if len({one.lot_id for one in values}) != len(values) or not {one.lot_id for one in values} <= set(here):
        raise LotUnknown(gift=gift.id)
    sums: defaultdict[AssetClass, int] = defaultdict(int)
    for value in values:
        lot = here[value.lot_id]
        amount = _amount(lot, value)
        lot.method, lot.basis, lot.value_minor, lot.left_minor = value.method, value.basis, amount, amount
        sums[lot.asset_class] += amount
    await session.flush()
    draft = await _draft(session, gift, sums, actor=actor)
    [receipt] = await journal.post(session, [draft])
    valuation = GoodsValuation(
        organization_id=gift.organization_id,
        gift_id=gift.id,
        amount=sum(sums.values()),
        actor=actor,
        entry_id=receipt.entry_id,
    )
    session.add(valuation)
    await session.flush()
    owner = Owner(papers.GIFT, gift.id, gift.organization_id)
    await papers.add(session, owner, attachment_ids, by=actor)
    return valuation


def _amount(lot: GoodsLot, value: Value) -> int:
    if lot.value_minor is not None:
        raise LotValued(lot=lot.id)
    if not lot.accepted_count or lot.left_count != lot.accepted_count:
        raise LotMoved(lot=lot.id)
    nominal = value.method is ValuationMethod.nominal
    if nominal != (value.amount is None) or (nominal and lot.asset_class is AssetClass.inventory):
        raise ValuationUnfit(lot=lot.id, method=value.method, asset_class=lot.asset_class)
    return NOMINAL_MINOR * lot.accepted_count if value.amount is None else value.amount


async def _draft(
    session: WriteSession, gift: GoodsGift, sums: Mapping[AssetClass, int], *, actor: str
) -> Draft:
    organization = await organizations.get(session, gift.organization_id)
    stock = await stock_funds.of(session, await session.get_one(Fund, gift.fund_id))
    event = Event(occurred_at=days.moment(gift.received_on), actor=actor, chart=organization.chart_version)
    income = event.leaf(gift.organization_id, "4101", fund_id=stock.id)
    on = {one: event.leaf(gift.organization_id, lots.ACCOUNTS[one]) for one in sums}
    opened = await accounts.open_all(session, [income, *on.values()])
    lines = [
        Line(
            debit=opened[on[asset_class]],
            credit=opened[income],
            amount=amount,
            fund_id=stock.id,
            direction=Direction.inflow,
        )
        for asset_class, amount in sorted(sums.items())
    ]
    draft = event.draft(gift.organization_id, EntryKind.donation, f"goods-valuation:{new_id()}", lines)
    return await _committed(session, gift, draft)


async def _committed(session: WriteSession, gift: GoodsGift, draft: Draft) -> Draft:
    # Like every gift's entry: who gave, and under which number, can be opened later and proven.
    key = (await vault.keys(session, [gift.id])).get(gift.id)
    if key is None:
        return draft
    giver = (await vault.read(session, [gift.id], [GIVER])).get(gift.id, {}).get(GIVER, "")
    said = Commitment(person_key=key, donor=giver, reference=gift.reference)
    return replace(draft, commits=said)
