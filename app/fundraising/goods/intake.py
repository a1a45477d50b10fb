"""Intake: goods that come in, written down line by line before anybody has looked into the boxes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.fundraising import campaigns
from app.fundraising.errors import DesignationNotFound
from app.fundraising.filings import emergencies
from app.fundraising.gifts import Giver
from app.fundraising.goods import days, papers, stock_funds, warehouses
from app.fundraising.goods.errors import (
    GoodsInspected,
    GoodsOfAnotherOrganization,
    GoodsReferenceTaken,
    InspectionIncomplete,
)
from app.fundraising.models.goods import NEVER, AssetClass, GoodsGift, GoodsLot
from app.kit import constraints, outbox, vault
from app.kit.attachments.files import Owner
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.errors import OutOfSight

GIVER = "goods_giver"
"""Under which name the vault keeps who gave, below the gift's own id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLot:
    """Goods of one kind as they were told, counted in their smallest unit; packages hold so many of it."""

    item: str
    count: int
    unit: str
    package_unit: str | None = None
    package_size: int | None = None
    spec: str | None = None
    batch_number: str | None = None
    expires_on: date | None = None
    asset_class: AssetClass = AssetClass.inventory


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGift:
    """A gift in kind as it was told: for a campaign's designation, or else for a fund, or for nothing."""

    organization_id: UUID
    warehouse_id: UUID
    received_on: date
    lots: Sequence[NewLot]
    reference: str | None = None
    campaign_id: UUID | None = None
    designation: str | None = None
    fund_id: UUID | None = None
    emergency_id: UUID | None = None
    giver: Giver = field(default_factory=Giver)
    attachment_ids: Sequence[UUID] = ()


async def receive(session: WriteSession, new: NewGift, *, actor: str) -> GoodsGift:
    """Write down goods that came in; nothing of them can be handed out before they are inspected.

    It belongs to the emergency that was named, else to its campaign's. Raises GoodsReferenceTaken,
    WarehouseClosed, GoodsOfAnotherOrganization, DesignationNotFound, DayUnfit, and EmergencyNotFound,
    EmergencyClosed or FilingDateWrong if no response was open on the day.
    """
    days.must_have_come(new.received_on)
    if new.emergency_id is not None:
        await emergencies.must_cover(session, new.emergency_id, new.received_on)
    warehouse = await warehouses.taking_in(session, new.warehouse_id, new.organization_id)
    fund_id = await _purpose(session, new)
    gift = GoodsGift(
        organization_id=new.organization_id,
        fund_id=fund_id,
        reference=new.reference or str(new_id()),
        received_on=new.received_on,
        giver_kind=new.giver.kind,
        anonymous=new.giver.anonymous,
        show_name=new.giver.show_name,
        actor=actor,
        campaign_id=new.campaign_id,
        emergency_id=new.emergency_id or await _emergency(session, new.campaign_id),
    )
    taken = {"goods_gifts_organization_id_reference_key": GoodsReferenceTaken(reference=gift.reference)}
    async with constraints.told(session, taken):
        session.add(gift)
    session.add_all(lot(gift, warehouse.id, number, told) for number, told in enumerate(new.lots, 1))
    await session.flush()
    await vault.keep(session, gift.id, {GIVER: new.giver.name} if new.giver.name else {})
    await papers.add(session, _owner(gift), new.attachment_ids, by=actor)
    told = {"gift_id": str(gift.id), "lot_count": len(new.lots)}
    told |= {"emergency_id": str(gift.emergency_id)} if gift.emergency_id else {}
    await outbox.tell(
        session, "goods.received", organization_id=gift.organization_id, subject=str(gift.id), payload=told
    )
    return gift


async def _emergency(session: ReadSession, campaign_id: UUID | None) -> UUID | None:
    return None if campaign_id is None else (await campaigns.get(session, campaign_id)).emergency_id


async def _purpose(session: ReadSession, new: NewGift) -> UUID:
    if new.campaign_id is None:
        return (await stock_funds.chosen(session, new.organization_id, new.fund_id)).id
    campaign = await campaigns.get(session, new.campaign_id)
    if campaign.organization_id != new.organization_id or new.fund_id is not None:
        raise GoodsOfAnotherOrganization(campaign=campaign.code)
    designations = await campaigns.designations(session, campaign)
    wanted = new.designation or designations[0].code
    for designation in designations:
        if designation.code == wanted:
            return designation.fund_id
    raise DesignationNotFound(designations=[wanted])


def lot(gift: GoodsGift, warehouse_id: UUID, number: int, told: NewLot) -> GoodsLot:
    """Return a gift's line as a lot of which nothing is in stock yet."""
    return GoodsLot(
        organization_id=gift.organization_id,
        warehouse_id=warehouse_id,
        fund_id=gift.fund_id,
        gift_id=gift.id,
        number=number,
        item=told.item,
        unit=told.unit,
        received_count=told.count,
        spec=told.spec,
        batch_number=told.batch_number,
        expires_on=told.expires_on or NEVER,
        package_unit=told.package_unit,
        package_size=told.package_size,
        asset_class=told.asset_class,
    )


def _owner(gift: GoodsGift) -> Owner:
    return Owner(papers.GIFT, gift.id, gift.organization_id)


async def get(session: ReadSession, gift_id: UUID, *, lock: bool = False) -> GoodsGift:
    """Return a gift in kind, or refuse; with `lock` nobody else changes it until the transaction ends."""
    gift = await session.get(GoodsGift, gift_id, with_for_update=lock or None, populate_existing=lock)
    if gift is None:
        raise OutOfSight
    return gift


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """How much of a lot an inspection found usable, safe and sanitary, and why the rest was not."""

    lot_id: UUID
    count: int
    reason: str | None = None


async def inspect(
    session: WriteSession,
    gift: GoodsGift,
    lots: Sequence[GoodsLot],
    accepted: Sequence[Accepted],
    *,
    on: date,
    actor: str,
) -> None:
    """Write down what an inspection of a locked gift accepted (慈善法 art. 36): so much is in stock now.

    Raises GoodsInspected, InspectionIncomplete, DayUnfit.
    """
    if gift.inspected_on is not None:
        raise GoodsInspected(gift=gift.id)
    days.must_have_come(on, after=gift.received_on)
    said = {one.lot_id: one for one in accepted}
    if len(said) != len(accepted) or set(said) != {lot.id for lot in lots}:
        raise InspectionIncomplete(gift=gift.id)
    for lot in lots:
        one = said[lot.id]
        if one.count > lot.received_count or (one.count < lot.received_count and one.reason is None):
            raise InspectionIncomplete(
                "what was not accepted needs a reason", "未接收的部分须说明原因", lot=lot.id
            )
        lot.accepted_count = lot.left_count = one.count
        lot.refused_reason = one.reason
    gift.inspected_on, gift.inspected_by = on, actor
    await session.flush()
