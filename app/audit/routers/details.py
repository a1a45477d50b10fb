"""What an auditor tests in detail, over HTTP: samples, cut-off, exceptions."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.audit import exceptions, mandates, samples, sheets
from app.audit.errors import IndexNotSigned
from app.audit.routers.pulls import PREFIX, Auditor
from app.audit.schemas.details import (
    COUNT_MAX,
    CutOffOut,
    CutOffQuery,
    DrawnOut,
    ExceptionsOut,
    OpenOut,
    SampleOut,
    SampleQuery,
)
from app.kit.clock import today
from app.kit.database import Reading
from app.kit.http import formats, problems
from app.kit.http.doors import LateRoute
from app.kit.http.formats import Format, Wanted
from app.kit.sheets import workbooks
from app.organizations import organizations
from app.organizations.errors import OutsideMandate
from app.transparency import heads
from app.transparency.errors import LogNotBegun

router = APIRouter(
    prefix=f"{PREFIX}/organizations/{{organization_id}}", tags=["audit"], route_class=LateRoute
)
_XLSX = formats.also(Format.xlsx)


@router.get(
    "/samples",
    operation_id="find_samples",
    response_model=SampleOut,
    responses=_XLSX | problems.responses(LogNotBegun, IndexNotSigned, OutsideMandate),
)
async def find_samples(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[SampleQuery, Query()],
    wanted: Wanted,
) -> SampleOut | Response:
    """Draw entries by a seed: whoever knows it and the index draws the same ones for ever."""
    mandate = mandates.of(caller, [organization_id], since=asked.booked_on_from, until=asked.booked_on_to)
    head = await _head(session, asked.as_of_index)
    terms = samples.Terms(seed=asked.seed, count=asked.count, method=asked.method)
    drawn = await samples.draw(session, mandate, head, terms)
    if wanted is Format.xlsx:
        organization = await organizations.get(session, organization_id)
        sheet = sheets.sample(organization, terms, head[1], drawn)
        return formats.file(workbooks.write([sheet]), f"{organization.code}-samples.xlsx", wanted)
    entries = [DrawnOut.of(one) for one in drawn]
    return SampleOut(seed=asked.seed, method=asked.method, as_of_index=head[1], entries=entries)


async def _head(session: Reading, as_of_index: int | None) -> tuple[int, int]:
    """Return the log and how many of its leaves are looked at."""
    checkpoint = await heads.latest(session)
    size = checkpoint.size if as_of_index is None else as_of_index
    if size > checkpoint.size:
        raise IndexNotSigned(size=checkpoint.size)
    return checkpoint.log_id, size


@router.get(
    "/cut-off",
    operation_id="read_cut_off",
    response_model=CutOffOut,
    responses=_XLSX | problems.responses(LogNotBegun, OutsideMandate),
)
async def read_cut_off(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[CutOffQuery, Query()],
    wanted: Wanted,
) -> CutOffOut | Response:
    """Read the entries around a day, by when they happened, were booked and were recorded."""
    caller.covered(asked.date, asked.date)
    # What lies beyond the mandate is left out: the last days of its last year are tested all the same.
    mandate = mandates.of(caller, [organization_id])
    around = timedelta(days=asked.days)
    days = (asked.date - around, asked.date + around)
    found = await samples.around(session, mandate, await _head(session, None), days=days, count=COUNT_MAX)
    if wanted is Format.xlsx:
        organization = await organizations.get(session, organization_id)
        content = workbooks.write([sheets.cut_off(organization, days, found)])
        return formats.file(content, f"{organization.code}-cut-off.xlsx", wanted)
    return CutOffOut(date=asked.date, days=asked.days, entries=[DrawnOut.of(one) for one in found])


@router.get("/exceptions", operation_id="list_exceptions", response_model=ExceptionsOut, responses=_XLSX)
async def list_exceptions(
    session: Reading, caller: Auditor, organization_id: UUID, wanted: Wanted
) -> ExceptionsOut | Response:
    """List what stands open since a day of your mandate and asks for an explanation, the oldest first."""
    mandate = mandates.of(caller, [organization_id])
    on = today()
    found = await exceptions.of(session, mandate)
    if wanted is Format.xlsx:
        organization = await organizations.get(session, organization_id)
        content = workbooks.write([sheets.open_matters(organization, on, found)])
        return formats.file(content, f"{organization.code}-exceptions.xlsx", wanted)
    return ExceptionsOut(on=on, matters=[OpenOut.of(one, on) for one in found])
