"""The demo's goods: gifts in kind in a warehouse, a hand-out that was signed for, and collected clothes."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from app.accounting.models import Channel
from app.fundraising.gifts import Giver
from app.fundraising.goods import (
    arrivals,
    clothes,
    collections,
    disposals,
    handouts,
    intake,
    lots,
    shipments,
    valuations,
    warehouses,
)
from app.fundraising.goods.arrivals import Arrival, Came
from app.fundraising.goods.asking import requests
from app.fundraising.goods.clothes import NewDisposal
from app.fundraising.goods.collections import NewPoint, Weighing
from app.fundraising.goods.handouts import NewHandout
from app.fundraising.goods.intake import Accepted, NewGift, NewLot
from app.fundraising.goods.quantities import Quantity
from app.fundraising.goods.shipments import NewShipment
from app.fundraising.goods.storage import moves
from app.fundraising.goods.storage.moves import NewMove
from app.fundraising.goods.valuations import Value
from app.fundraising.goods.warehouses import NewWarehouse
from app.fundraising.models import DonorKind
from app.fundraising.models.goods import (
    CollectedItem,
    CollectionOutcome,
    DisposalKind,
    GoodsLot,
    RecipientKind,
    ValuationMethod,
)
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.approvals import Tier, policies
from app.organizations.models import Organization, Role

ACTOR = "demo"
TONNE = 1_000_000


async def keep_goods(
    session: WriteSession, organization: Organization, bank: Channel, receiver: Organization
) -> None:
    """Take goods in, value some, hand some out, send some on; collect clothes by weight and sell a part."""
    await _stock(session, organization)
    await _send(session, organization, receiver)
    await _ask(session, organization)
    await _clothes(session, organization, bank)


async def _ask(session: WriteSession, organization: Organization) -> None:
    """Let a reviewer decide hand-outs above three thousand yuan, and ask for one that waits."""
    tiers = (Tier(3_000_00, requests.ALONE), Tier(None, (Role.reviewer,)))
    await policies.replace(session, organization.id, requests.KIND, tiers, version=0, by=ACTOR)
    query = select(GoodsLot).where(GoodsLot.organization_id == organization.id, GoodsLot.left_minor > 0)
    lot = (await session.scalars(query.order_by(GoodsLot.id).limit(1))).one()
    new = NewHandout(
        organization_id=organization.id,
        handed_on=today(),
        recipient_kind=RecipientKind.organization,
        recipient="演示第二人民医院",
        reference="发放单-000003",
        parts=[(lot.id, Quantity(4, "箱"))],
    )
    await requests.ask(session, new, asked_by=ACTOR)


async def _stock(session: WriteSession, organization: Organization) -> None:
    warehouse = await warehouses.create(
        session, NewWarehouse(organization_id=organization.id, code="WH-1", name="省会物资库（演示）")
    )
    new = NewGift(
        organization_id=organization.id,
        warehouse_id=warehouse.id,
        received_on=today(),
        reference="物资收据-000001",
        giver=Giver(name="演示医疗器械公司", kind=DonorKind.organization, show_name=True),
        lots=[
            NewLot(
                item="医用外科口罩",
                count=20_000,
                unit="个",
                package_unit="箱",
                package_size=2_000,
                batch_number="20260301",
                expires_on=today() + timedelta(days=700),
            ),
            NewLot(item="棉被", count=300, unit="床"),
        ],
    )
    gift = await intake.receive(session, new, actor=ACTOR)
    masks, quilts = await lots.of_gift(session, gift.id)
    accepted = [
        Accepted(lot_id=masks.id, count=19_900, reason="一盒外包装破损"),
        Accepted(lot_id=quilts.id, count=300),
    ]
    await intake.inspect(session, gift, [masks, quilts], accepted, on=today(), actor=ACTOR)
    value = Value(lot_id=masks.id, method=ValuationMethod.document, basis="演示发票 0001", amount=9_950_00)
    await valuations.record(session, gift, [value], actor=ACTOR)
    handing = NewHandout(
        organization_id=organization.id,
        handed_on=today(),
        recipient_kind=RecipientKind.organization,
        recipient="演示县人民医院",
        reference="发放单-000001",
        parts=[(masks.id, Quantity(2, "箱")), (quilts.id, Quantity(100))],
    )
    handout = await handouts.record(session, handing, actor=ACTOR)
    await handouts.sign(session, handout, on=today(), attachment_ids=[], actor=ACTOR)
    mistaken = replace(handing, reference="发放单-000002", parts=[(masks.id, Quantity(1, "箱"))])
    wrong = await handouts.record(session, mistaken, actor=ACTOR)
    await handouts.take_back(session, wrong, reason="登记错误，物资未出库（演示）", actor=ACTOR)
    await _elsewhere(session, organization, masks, quilts)


async def _elsewhere(
    session: WriteSession, organization: Organization, masks: GoodsLot, quilts: GoodsLot
) -> None:
    """Bring some quilts to a second warehouse, and write off masks that got wet."""
    second = await warehouses.create(
        session, NewWarehouse(organization_id=organization.id, code="WH-2", name="应急物资库（演示）")
    )
    move = NewMove(
        organization_id=organization.id,
        warehouse_id=second.id,
        moved_on=today(),
        reference="移库单-000001",
        parts=[(quilts.id, Quantity(50))],
    )
    await moves.record(session, move, actor=ACTOR)
    wet = disposals.NewDisposal(
        organization_id=organization.id,
        kind=DisposalKind.destroyed,
        disposed_on=today(),
        reason="库房漏水受潮（演示）",
        reference="处置单-000001",
        parts=[(masks.id, Quantity(100))],
    )
    await disposals.record(session, wet, actor=ACTOR)


async def _send(session: WriteSession, organization: Organization, receiver: Organization) -> None:
    """Send masks to another member, which has them come with a few broken ones."""
    query = select(GoodsLot).where(GoodsLot.organization_id == organization.id, GoodsLot.left_minor > 0)
    lot = (await session.scalars(query.order_by(GoodsLot.id).limit(1))).one()
    warehouse = await warehouses.create(
        session, NewWarehouse(organization_id=receiver.id, code="WH-1", name="市物资库（演示）")
    )
    new = NewShipment(
        organization_id=organization.id,
        receiver_id=receiver.id,
        shipped_on=today(),
        reference="调拨单-000001",
        parts=[(lot.id, Quantity(1_000))],
    )
    shipment = await shipments.send(session, new, actor=ACTOR)
    [line] = await shipments.lines_of(session, shipment)
    came = Came(line_id=line.id, count=990, reason="途中破损（演示）")
    arrival = Arrival(warehouse_id=warehouse.id, on=today(), came=[came])
    await arrivals.take_in(session, shipment, arrival, actor=ACTOR)


async def _clothes(session: WriteSession, organization: Organization, bank: Channel) -> None:
    point = await collections.open_point(
        session, NewPoint(organization_id=organization.id, code="JY-0001", name="幸福小区东门（演示）")
    )
    for number, tonnes in enumerate((3, 5, 4), 1):
        weighing = Weighing(
            item=CollectedItem.clothing,
            collected_on=today(),
            weight_grams=tonnes * TONNE,
            collector="演示再生资源公司",
            reference=f"磅单-{number:06}",
        )
        await collections.record(session, point, weighing, actor=ACTOR)
    sale = NewDisposal(
        organization_id=organization.id,
        item=CollectedItem.clothing,
        outcome=CollectionOutcome.sold,
        disposed_on=today(),
        weight_grams=8 * TONNE,
        recipient="演示再生资源公司",
        proceeds_minor=6_400_00,
        channel=bank,
    )
    await clothes.dispose(session, sale, actor=ACTOR)
