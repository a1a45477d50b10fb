"""Counterparties over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.accounting.parties import counterparties, errors
from app.accounting.schemas.parties.counterparties import (
    CounterpartyChanges,
    CounterpartyIn,
    CounterpartyQuery,
    PartyOut,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import idempotency, pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.ledger.models import Dimension
from app.organizations.access import Asking, Permission
from app.organizations.errors import CreditCodeInvalid
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/counterparties", tags=["accounting"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]
_UNFIT = (errors.CounterpartyCreditCodeTaken, errors.PersonHasNoCreditCode, CreditCodeInvalid)


async def _told(session: ReadSession, caller: Asking, dimension: Dimension, response: Response) -> PartyOut:
    clear_in = caller.caller.holds(Permission.donors_read)
    [known] = await counterparties.known(session, [dimension], clear_in=clear_in)
    shown = PartyOut.of(known)
    response.headers["ETag"] = versions.etag(shown.version)
    return shown


async def _of(session: ReadSession, caller: Asking, counterparty_id: UUID) -> Dimension:
    dimension = await counterparties.get(session, counterparty_id)
    caller.must(at=dimension.organization_id or dimension.id)
    return dimension


@router.post(
    "",
    operation_id="create_counterparty",
    status_code=201,
    responses=problems.responses(errors.CounterpartyCodeTaken, *_UNFIT),
)
async def create_counterparty(
    session: Writing, caller: Recorder, request: Request, response: Response, body: CounterpartyIn
) -> PartyOut:
    """Make a counterparty known to the books, under a code that never changes."""
    caller.must(at=body.organization_id)
    dimension = await counterparties.create(session, body.as_counterparty(), actor=caller.label)
    idempotency.concerns(request, dimension.id)
    return await _told(session, caller, dimension, response)


@router.get("", operation_id="list_counterparties")
async def list_counterparties(
    session: Reading, caller: Reader, asked: Annotated[CounterpartyQuery, Query()]
) -> Page[PartyOut]:
    """List the counterparties, by code; those that only the books know are among them."""
    query = counterparties.found(caller.visible(), asked.search())
    found = await pages.page(session, query, [Dimension.code, Dimension.id], asked)
    clear_in = caller.caller.holds(Permission.donors_read)
    known = await counterparties.known(session, found.items, clear_in=clear_in)
    return found.told([PartyOut.of(one) for one in known])


@router.get("/{counterparty_id}", operation_id="read_counterparty")
async def read_counterparty(
    session: Reading, caller: Reader, response: Response, counterparty_id: UUID
) -> PartyOut:
    """Read a counterparty; its `ETag` is what a change must name in `If-Match`."""
    return await _told(session, caller, await _of(session, caller, counterparty_id), response)


@router.patch(
    "/{counterparty_id}",
    operation_id="change_counterparty",
    responses=problems.responses(VersionNotStated, VersionStale, *_UNFIT),
)
async def change_counterparty(
    session: Writing,
    caller: Recorder,
    response: Response,
    counterparty_id: UUID,
    body: CounterpartyChanges,
    if_match: versions.IfMatch = None,
) -> PartyOut:
    """Say anew what is known of a counterparty; its code never changes."""
    dimension = await _of(session, caller, counterparty_id)
    versions.expect(if_match, await counterparties.hold(session, dimension))
    await counterparties.tell(session, dimension, body.said(), actor=caller.label)
    return await _told(session, caller, dimension, response)


@router.post("/{counterparty_id}/ending", operation_id="close_counterparty")
async def close_counterparty(
    session: Writing, caller: Recorder, request: Request, response: Response, counterparty_id: UUID
) -> PartyOut:
    """Offer a counterparty no more; what is booked with it stays."""
    dimension = await _of(session, caller, counterparty_id)
    await counterparties.end(session, dimension, actor=caller.label)
    idempotency.concerns(request, dimension.id)
    return await _told(session, caller, dimension, response)
