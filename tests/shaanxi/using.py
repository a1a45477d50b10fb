"""What becomes of the gifts: a refund, goods, money passed on to cities, and spending on projects."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from app.accounting.models import Channel
from app.disclosure.figures.money import CATEGORIES
from app.fundraising import campaigns, donations
from app.fundraising.goods import handouts, intake, lots, valuations, warehouses
from app.fundraising.goods.handouts import NewHandout
from app.fundraising.goods.intake import Accepted, NewGift, NewLot
from app.fundraising.goods.quantities import Quantity
from app.fundraising.goods.valuations import Value
from app.fundraising.goods.warehouses import NewWarehouse
from app.fundraising.models import Campaign
from app.fundraising.models.goods import RecipientKind, ValuationMethod, Warehouse
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.kit.money import split
from app.ledger import funds
from app.ledger.events import Event
from app.ledger.models import Fund
from app.ledger.movements import spending, transfers
from app.ledger.movements.spending import Payment
from app.ledger.movements.transfers import Nature, Receiving, Sending
from app.projects.models import Project, ProjectCategory
from tests.factories import fundraising as make
from tests.shaanxi import numbers
from tests.shaanxi.federation import Federation, Member
from tests.shaanxi.numbers import YUAN, Scale

ON = date(2020, 6, 15)
COUNT = 1_000
EVENT = Event(occurred_at=datetime(2020, 6, 15, 4, tzinfo=UTC), actor="generated")
Own = Mapping[ProjectCategory, Project]


async def use(
    session: WriteSession, here: Federation, scale: Scale, own: Own, theirs: Sequence[Project]
) -> None:
    """Give one gift back, take goods in and hand them out, and spend what was raised."""
    head = here.province
    await _give_back(session, here, scale)
    keep = NewWarehouse(organization_id=head.organization.id, code="W1", name="省级仓库")
    warehouse = await warehouses.create(session, keep)
    goods = (
        (head.general, numbers.OWN_GOODS, ProjectCategory.health),
        (head.emergency, numbers.OWN_GOODS_EMERGENCY, ProjectCategory.emergency),
    )
    for campaign, value, category in goods:
        await _goods(session, warehouse, campaign, scale.fen(value), own[category])
    before = await _fund(session, here.before)
    for category, yuan in zip(CATEGORIES, numbers.SPENT_BY_CATEGORY, strict=True):
        await _spend(session, before, scale.fen(yuan * YUAN), own[category].id, head.bank)
    emergency = await _fund(session, head.emergency)
    spent = scale.fen(numbers.SPENT_EMERGENCY)
    await _spend(session, emergency, spent, own[ProjectCategory.emergency].id, head.bank)
    await _pass_on(session, here, before, scale)
    parts = split(scale.fen(numbers.SPENT_BY_CITIES), [1] * len(here.cities))
    for city, project, amount in zip(here.cities, theirs, parts, strict=True):
        await _spend(session, await _fund(session, city.general), amount, project.id, city.bank)


async def _give_back(session: WriteSession, here: Federation, scale: Scale) -> None:
    appeal = next(one.appeal for one in here.streams if one.name == "own-online")
    moment = datetime(2020, 3, 1, 4, tzinfo=UTC)
    gift = make.gift(appeal, scale.fen(numbers.REFUNDED), their_id="given-back", donated_at=moment)
    outcomes = await donations.receive(session, [gift])
    outcomes += await donations.receive(session, [make.given_back(appeal, gift)])
    assert [one.refusal for one in outcomes] == [None, None]


async def _goods(
    session: WriteSession, warehouse: Warehouse, campaign: Campaign, value: int, project: Project
) -> None:
    gift = await intake.receive(
        session,
        NewGift(
            organization_id=campaign.organization_id,
            warehouse_id=warehouse.id,
            received_on=date(2020, 3, 10),
            campaign_id=campaign.id,
            lots=[NewLot(item="物资", count=COUNT, unit="件")],
        ),
        actor="generated",
    )
    [lot] = await lots.of_gift(session, gift.id)
    accepted = [Accepted(lot_id=lot.id, count=COUNT)]
    await intake.inspect(session, gift, [lot], accepted, on=date(2020, 3, 11), actor="generated")
    worth = Value(lot_id=lot.id, method=ValuationMethod.document, basis="发票", amount=value)
    await valuations.record(session, gift, [worth], actor="generated")
    await funds.allow(session, await _fund(session, campaign), project.id)
    handing = NewHandout(
        organization_id=campaign.organization_id,
        handed_on=ON,
        recipient_kind=RecipientKind.organization,
        recipient="受助单位",
        parts=[(lot.id, Quantity(COUNT))],
        project_id=project.id,
    )
    await handouts.record(session, handing, actor="generated")


async def _fund(session: WriteSession, campaign: Campaign) -> Fund:
    [use] = await campaigns.designations(session, campaign)
    return await session.get_one(Fund, use.fund_id)


async def _spend(session: WriteSession, fund: Fund, amount: int, project_id: UUID, bank: Channel) -> None:
    await funds.allow(session, fund, project_id)
    payment = Payment(reference=f"spent:{new_id()}", amount=amount, project_id=project_id, pay_from=bank.id)
    await spending.spend(session, fund, payment, EVENT)


async def _pass_on(session: WriteSession, here: Federation, fund: Fund, scale: Scale) -> None:
    parts = split(scale.fen(numbers.TRANSFERRED), [1] * len(here.cities))
    for city, amount in zip(here.cities, parts, strict=True):
        await _transfer(session, here.province, city, (fund, amount))


async def _transfer(session: WriteSession, sender: Member, receiver: Member, money: tuple[Fund, int]) -> None:
    fund, amount = money
    sending = Sending(
        id=new_id(),
        nature=Nature.grant,
        sender_id=sender.organization.id,
        receiver_id=receiver.organization.id,
        amount=amount,
        pay_from=sender.bank.id,
        fund=fund,
    )
    await transfers.send(session, sending, EVENT)
    receiving = Receiving(
        transfer_id=sending.id,
        receiver_id=receiver.organization.id,
        into=receiver.bank.id,
        fund=await _fund(session, receiver.general),
    )
    await transfers.receive(session, receiving, EVENT)
