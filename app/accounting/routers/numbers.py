"""Numbered vouchers over HTTP: the register, and its paper."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Select, select

from app.accounting.models import VoucherNumber, VoucherNumberEntry
from app.accounting.papers import printing
from app.accounting.papers import vouchers as papers
from app.accounting.schemas.vouchers.numbers import (
    NumberDetail,
    NumberedEntryOut,
    NumberOut,
    NumberQuery,
    NumberRangeIn,
    RangeQuery,
)
from app.accounting.vouchers import register
from app.accounting.vouchers.errors import RangeTooLong, VoucherNotFound
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.ledger.models import Entry
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.schemas.job_runs import JobOut
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/numbered-vouchers", tags=["vouchers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
PDF = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("", operation_id="list_numbered_vouchers")
async def list_numbered_vouchers(
    session: Reading, caller: Reader, asked: Annotated[NumberQuery, Query()]
) -> Page[NumberOut]:
    """List the numbered vouchers in the order of their numbers, a month after the other."""
    query = _matching(select(VoucherNumber).where(VoucherNumber.organization_id.in_(caller.visible())), asked)
    keys = [VoucherNumber.month, VoucherNumber.number, VoucherNumber.id]
    found = await pages.page(session, query, keys, asked)
    return found.told([NumberOut.of(one) for one in found.items])


def _matching(query: Select[VoucherNumber], asked: NumberQuery) -> Select[VoucherNumber]:
    for name in ("organization_id", "month", "channel_id"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(VoucherNumber, name) == wanted)
    for name in ("day", "number"):
        column = getattr(VoucherNumber, name)
        if (low := getattr(asked, f"{name}_from")) is not None:
            query = query.where(column >= low)
        if (high := getattr(asked, f"{name}_to")) is not None:
            query = query.where(column <= high)
    return query


@router.get(
    "/pdf",
    operation_id="export_numbered_vouchers",
    response_class=Response,
    responses={**PDF, **problems.responses(VoucherNotFound, RangeTooLong)},
)
async def export_numbered_vouchers(
    session: Reading, caller: Reader, asked: Annotated[RangeQuery, Query()]
) -> Response:
    """Print a range of one month's vouchers as one PDF, at most 200; a longer one is asked for by POST."""
    caller.must(at=asked.organization_id)
    numbers = await register.of_range(
        session, asked.organization_id, asked.month, asked.number_from, asked.number_to
    )
    return await _printed(session, numbers)


@router.post(
    "/pdf",
    operation_id="render_numbered_vouchers",
    response_model=JobOut,
    status_code=202,
    responses={**PDF, **problems.responses(VoucherNotFound)},
)
async def render_numbered_vouchers(
    session: Writing, caller: Reader, request: Request, response: Response, body: NumberRangeIn
) -> JobOut | Response:
    """Print a range of one month's vouchers: up to 200 at once (200), more by a job (202).

    The job's `result.files` tells where the PDF is read, by whoever asked and for one day; every 1,000
    vouchers make a file.
    """
    caller.must(at=body.organization_id)
    asked = printing.Range(body.organization_id, body.month, body.number_from, body.number_to)
    numbers = await register.next_of(
        session, asked.organization_id, asked.month, (asked.first, asked.last), register.RANGE_MAX + 1
    )
    if not numbers:
        raise VoucherNotFound
    if len(numbers) <= register.RANGE_MAX:
        return await _printed(session, numbers)
    run = await printing.ask(session, asked, by=caller.label)
    response.headers["Location"] = f"/v1/jobs/{run.id}"
    return JobOut.of(run, problems.language_of(request))


@router.get("/{number_id}", operation_id="read_numbered_voucher")
async def read_numbered_voucher(session: Reading, caller: Reader, number_id: UUID) -> NumberDetail:
    """Read a numbered voucher with its lines; of a summary those of all its gifts together."""
    number = await register.get(session, number_id)
    caller.must(at=number.organization_id)
    [one] = await register.printed(session, [number])
    return NumberDetail.printed(one)


@router.get("/{number_id}/entries", operation_id="list_numbered_entries")
async def list_numbered_entries(
    session: Reading, caller: Reader, number_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[NumberedEntryOut]:
    """List the entries under a number: of a summary the gifts that it sums up."""
    number = await register.get(session, number_id)
    caller.must(at=number.organization_id)
    query = select(Entry).join(VoucherNumberEntry, VoucherNumberEntry.entry_id == Entry.id)
    query = query.where(VoucherNumberEntry.number_id == number.id)
    found = await pages.page(session, query, [Entry.id], asked)
    items = [NumberedEntryOut(entry_id=one.id, reference=one.reference) for one in found.items]
    return found.told(items)


@router.get(
    "/{number_id}/pdf",
    operation_id="export_numbered_voucher",
    response_class=Response,
    responses={**PDF, **problems.responses(VoucherNotFound)},
)
async def export_numbered_voucher(session: Reading, caller: Reader, number_id: UUID) -> Response:
    """Print one numbered voucher (记账凭证) as PDF."""
    number = await register.get(session, number_id)
    caller.must(at=number.organization_id)
    return await _printed(session, [number])


async def _printed(session: ReadSession, numbers: list[VoucherNumber]) -> Response:
    organization = await organizations.get(session, numbers[0].organization_id)
    content = await papers.pdf(organization.name, await register.printed(session, numbers))
    name = numbers[0].label.removeprefix("记-")
    return Response(
        content,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="vouchers-{name}.pdf"'},
    )
