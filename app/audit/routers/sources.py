"""What came from outside, over HTTP: messages and bills of platforms, each with its provenance."""

from datetime import datetime, time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.audit import mandates, provenance
from app.audit.routers.pulls import PREFIX, Auditor
from app.audit.schemas.sources import (
    AuditedLineOut,
    AuditedSettlementOut,
    BillLinesQuery,
    BillQuery,
    MessageOut,
    MessageQuery,
)
from app.fundraising.models import BillLine, Donation, Settlement
from app.kit.clock import LEGAL_ZONE, legal_day
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking
from app.organizations.errors import OutsideMandate
from app.webhooks.models import Delivery

router = APIRouter(
    prefix=f"{PREFIX}/organizations/{{organization_id}}", tags=["audit"], route_class=LateRoute
)
_REFUSALS = problems.responses(OutsideMandate)


def _moments(
    caller: Asking, organization_id: UUID, since: datetime | None, until: datetime | None
) -> tuple[datetime, datetime]:
    """Return from when to when of these the mandate covers; refuse what is beyond."""
    days = [one and legal_day(one) for one in (since, until)]
    mandate = mandates.of(caller, [organization_id], since=days[0], until=days[1])
    first = datetime.combine(mandate.first, time.min, LEGAL_ZONE)
    return since or first, until or datetime.combine(mandate.last, time.max, LEGAL_ZONE)


@router.get("/deliveries", operation_id="list_audited_deliveries", responses=_REFUSALS)
async def list_deliveries(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[MessageQuery, Query()]
) -> Page[MessageOut]:
    """List the messages that its gifts came by, each with its MAC and its entry; never what they said."""
    between = _moments(caller, organization_id, asked.created_at_from, asked.created_at_to)
    ours = select(Donation.id).where(
        Donation.id == Delivery.donation_id, Donation.organization_id == organization_id
    )
    query = select(Delivery).where(ours.exists(), Delivery.created_at.between(*between))
    found = await pages.page(session, query, [Delivery.id], asked, newest_first=True)
    indexes = await provenance.indexes(session, (one.entry_id for one in found.items))
    items = [MessageOut.of(one, indexes) for one in found.items]
    return found.told(items)


@router.get("/settlements", operation_id="list_audited_settlements", responses=_REFUSALS)
async def list_settlements(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[BillQuery, Query()],
) -> Page[AuditedSettlementOut]:
    """List its platforms' bills: who brought each, the hash of its file, its fee and payout in the log."""
    mandate = mandates.of(caller, [organization_id], since=asked.ends_on_from, until=asked.ends_on_to)
    query = select(Settlement).where(
        Settlement.organization_id == organization_id,
        Settlement.ends_on.between(mandate.first, mandate.last),
    )
    found = await pages.page(session, query, [Settlement.id], asked, newest_first=True)
    paid = await provenance.payouts(session, found.items)
    booked = [*paid.values(), *(one.fee_entry_id for one in found.items)]
    indexes = await provenance.indexes(session, booked)
    items = [AuditedSettlementOut.of(one, paid, indexes) for one in found.items]
    return found.told(items)


@router.get("/settlement-lines", operation_id="list_audited_settlement_lines", responses=_REFUSALS)
async def list_settlement_lines(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[BillLinesQuery, Query()]
) -> Page[AuditedLineOut]:
    """List what its platforms' bills tell of, line by line, each with its entry in the books."""
    between = _moments(caller, organization_id, asked.happened_at_from, asked.happened_at_to)
    query = provenance.lines(organization_id, between, settlement_id=asked.settlement_id, state=asked.state)
    found = await pages.page(session, query, [BillLine.id], asked, newest_first=True, amount=BillLine.amount)
    entries = await provenance.entries(session, found.items)
    indexes = await provenance.indexes(session, entries.values())
    items = [AuditedLineOut.of(one, entries, indexes) for one in found.items]
    return found.told(items)
