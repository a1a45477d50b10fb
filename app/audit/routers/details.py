"""What an auditor tests in detail, over HTTP: samples, cut-off, exceptions, messages."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.audit import exceptions, mandates, samples
from app.audit.errors import IndexNotSigned, OutsideMandate
from app.audit.schemas.details import (
    COUNT_MAX,
    CutOffOut,
    CutOffQuery,
    DrawnOut,
    ExceptionsOut,
    MessageOut,
    OpenOut,
    SampleOut,
    SampleQuery,
)
from app.fundraising.models import Donation
from app.kit.clock import today
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.transparency import heads
from app.transparency.errors import LogNotBegun
from app.webhooks.models import Delivery

router = APIRouter(prefix="/v1/audit/organizations/{organization_id}", tags=["audit"])
Auditor = Annotated[Asking, may(Permission.books_read)]


@router.get(
    "/samples",
    operation_id="find_samples",
    responses=problems.responses(LogNotBegun, IndexNotSigned, OutsideMandate),
)
async def find_samples(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[SampleQuery, Query()]
) -> SampleOut:
    """Draw entries by a seed: whoever knows it and the index draws the same ones for ever."""
    mandate = mandates.of(caller, organization_id).within(asked.booked_on_from, asked.booked_on_to)
    checkpoint = await heads.latest(session)
    size = checkpoint.size if asked.as_of_index is None else asked.as_of_index
    if size > checkpoint.size:
        raise IndexNotSigned(size=checkpoint.size)
    terms = samples.Terms(seed=asked.seed, count=asked.count, method=asked.method)
    drawn = await samples.draw(session, mandate, (checkpoint.log_id, size), terms)
    entries = [DrawnOut.of(one) for one in drawn]
    return SampleOut(seed=asked.seed, method=asked.method, as_of_index=size, entries=entries)


@router.get(
    "/cut-off", operation_id="read_cut_off", responses=problems.responses(LogNotBegun, OutsideMandate)
)
async def read_cut_off(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[CutOffQuery, Query()]
) -> CutOffOut:
    """Read the entries around a day, by when they happened, were booked and were recorded."""
    around = timedelta(days=asked.days)
    days = (asked.date - around, asked.date + around)
    mandate = mandates.of(caller, organization_id)
    checkpoint = await heads.latest(session)
    head = (checkpoint.log_id, checkpoint.size)
    found = await samples.around(session, mandate, head, days=days, count=COUNT_MAX)
    return CutOffOut(date=asked.date, days=asked.days, entries=[DrawnOut.of(one) for one in found])


@router.get("/exceptions", operation_id="list_exceptions")
async def list_exceptions(session: Reading, caller: Auditor, organization_id: UUID) -> ExceptionsOut:
    """List what stands open and asks for an explanation, with its age, the oldest first."""
    caller.must(at=organization_id)
    on = today()
    found = await exceptions.of(session, organization_id)
    return ExceptionsOut(on=on, matters=[OpenOut.of(one, on) for one in found])


@router.get("/deliveries", operation_id="list_audited_deliveries")
async def list_deliveries(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[MessageOut]:
    """List the messages that its gifts came by, each with its MAC and its entry; never what they said."""
    caller.must(at=organization_id)
    ours = select(Donation.id).where(
        Donation.id == Delivery.donation_id, Donation.organization_id == organization_id
    )
    query = select(Delivery).where(ours.exists())
    found = await pages.page(session, query, [Delivery.id], asked, newest_first=True)
    return Page[MessageOut](items=[MessageOut.of(one) for one in found.items], next_cursor=found.next_cursor)
