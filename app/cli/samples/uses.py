"""The demo's uses: what the gifts paid for, in the province and down to a county."""

from datetime import timedelta

from sqlalchemy import select

from app.accounting.models import Channel
from app.cli.samples import projects
from app.fundraising import campaigns
from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import arrivals, dimensions, funds, journal
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Arrival, ArrivalKind, Dimension, DimensionKind, EntryKind, Fund
from app.ledger.movements import spending, transfers
from app.ledger.movements.spending import Payment
from app.ledger.movements.transfers import Nature, Receiving, Sending
from app.organizations.models import Organization

PROJECT = projects.code("610000", projects.BRIDGES)
COUNTY_PROJECT = projects.code("610924", projects.BRIDGES)
BUILDER = "builder-demo"


async def pay_for_bridges(
    session: WriteSession,
    code: str,
    places: tuple[Organization, Organization],
    bank: tuple[Channel, Channel],
    merchant: Channel,
) -> None:
    """Spend part of a campaign's money on a bridge, and send part of it to a county that builds another."""
    province, county = places
    campaign = await campaigns.by_code(session, code)
    [use] = await campaigns.designations(session, campaign)
    fund = (await session.scalars(select(Fund).where(Fund.id == use.fund_id))).one()
    left = (await funds.left(session, [fund.id]))[fund.id]
    event = Event(occurred_at=now() - timedelta(days=3), actor="demo", summary="演示数据")

    await _sweep(session, merchant, bank[0], left, event)
    project, builder = await _declare(session, province, PROJECT)
    await funds.allow(session, fund, project.id)
    payment = _payment(left * 45 // 100, project, builder, bank[0])
    receipt = await spending.spend(session, fund, payment, event)
    paid = receipt.postings[0]
    arrival = Arrival(
        posting_id=paid.id,
        start=0,
        amount=paid.amount,
        kind=ArrivalKind.asset_accepted,
        arrived_on=today(),
        evidence="demo: acceptance record",
    )
    await arrivals.record(session, arrival)

    county_fund = await funds.open_fund(
        session, Fund(organization_id=county.id, code="QAB", title="慈安桥", restricted=True)
    )
    sending = Sending(
        id=new_id(),
        nature=Nature.grant,
        sender_id=province.id,
        receiver_id=county.id,
        amount=left * 20 // 100,
        pay_from=bank[0].id,
        fund=fund,
    )
    await transfers.send(session, sending, event)
    receiving = Receiving(transfer_id=sending.id, receiver_id=county.id, into=bank[1].id, fund=county_fund)
    await transfers.receive(session, receiving, event)
    project, builder = await _declare(session, county, COUNTY_PROJECT)
    await funds.allow(session, county_fund, project.id)
    payment = _payment(sending.amount * 60 // 100, project, builder, bank[1])
    await spending.spend(session, county_fund, payment, event)


async def _sweep(session: WriteSession, merchant: Channel, bank: Channel, amount: int, event: Event) -> None:
    line = Line(debit=bank.account_id, credit=merchant.account_id, amount=amount)
    name = f"settlement:{new_id()}"
    await journal.post(session, [event.draft(bank.organization_id, EntryKind.settlement, name, [line])])


def _payment(amount: int, project: Dimension, builder: Dimension, bank: Channel) -> Payment:
    return Payment(
        reference=f"disbursement:{new_id()}",
        amount=amount,
        project_id=project.id,
        pay_from=bank.id,
        counterparty_id=builder.id,
    )


async def _declare(
    session: WriteSession, organization: Organization, project: str
) -> tuple[Dimension, Dimension]:
    at = organization.id
    known = select(Dimension).where(Dimension.kind == DimensionKind.project, Dimension.code == project)
    return (
        (await session.scalars(known)).one(),
        await dimensions.declare(session, DimensionKind.counterparty, BUILDER, organization_id=at),
    )
