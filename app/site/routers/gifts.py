"""The pages on which a giver follows a gift."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from app.disclosure import campaigns, traces
from app.disclosure.errors import GiftNotFound
from app.disclosure.projects import projects
from app.kit.database import Reading, ReadSession
from app.kit.errors import Refusal
from app.kit.fields import Line
from app.kit.http import problems
from app.kit.money import AMOUNT_MINOR_MAX, read_yuan
from app.site import flows, languages, sheets
from app.site.errors import AmountUnreadable

router = APIRouter(route_class=sheets.PageRoute)


@router.api_route("/follow", methods=sheets.LOOKING)
async def follow(
    request: Request, session: Reading, code: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Show the two ways of asking after a gift; a code that was typed leads on to it."""
    if not code.strip():
        return await _ask(request, session)
    try:
        return RedirectResponse(f"/follow/{traces.read(code)}", 303, sheets.PRIVATE)
    except GiftNotFound as refusal:
        return await _ask(request, session, refusal, typed={"code": code})


class Order(BaseModel):
    """A gift as its giver reads it on a bill."""

    platform: Line
    donation_id: Line
    amount: Line


@router.post("/follow", dependencies=[Depends(traces.ORDER_RATE)])
async def find(request: Request, session: Reading, order: Annotated[Order, Form()]) -> Response:
    """Lead whoever knows a gift's number and amount to its page."""
    try:
        donation = await traces.by_name(
            session, order.platform, order.donation_id.strip(), _minor(order.amount)
        )
    except (GiftNotFound, AmountUnreadable) as refusal:
        return await _ask(request, session, refusal, typed=order.model_dump())
    return RedirectResponse(f"/follow/{donation.lookup_code}", 303, sheets.PRIVATE)


def _minor(text: str) -> int:
    try:
        minor = read_yuan(text)
    except ValueError:
        raise AmountUnreadable from None
    if not 0 < minor <= AMOUNT_MINOR_MAX:
        raise AmountUnreadable
    return minor


@router.api_route("/follow/{lookup_code}", methods=sheets.LOOKING)
async def trace(
    request: Request,
    session: Reading,
    lookup_code: Annotated[str, Path(max_length=100)],
    start: Annotated[int, Query(ge=0, le=AMOUNT_MINOR_MAX, alias="from")] = 0,
) -> Response:
    """Show where every fen of a gift is, of very many places a part at a time."""
    try:
        donation = await traces.by_code(session, lookup_code)
    except GiftNotFound as refusal:
        return await _ask(request, session, refusal, typed={"code": lookup_code})
    told = await traces.follow(session, donation, start)
    paid = {part.project_code for part in told.parts if part.project_code}
    facts = {"trace": told, "flow": flows.of(told), "projects": await projects.titles(session, paid)}
    response = sheets.page(request, "trace.html", facts, demo=told.organization.demo)
    response.headers.update(sheets.PRIVATE)
    return response


async def _ask(
    request: Request,
    session: ReadSession,
    refusal: Refusal | None = None,
    *,
    typed: dict[str, Any] | None = None,
) -> Response:
    language = languages.of(request)
    facts = {
        "platforms": await traces.platform_names(session),
        "alert": problems.describe(type(refusal), language) if refusal else None,
        "typed": {"code": "", "platform": "", "donation_id": "", "amount": ""} | (typed or {}),
    }
    status = problems.status_of(type(refusal)) if refusal else 200
    response = sheets.page(request, "follow.html", facts, demo=await campaigns.demo(session), status=status)
    response.headers.update(sheets.PRIVATE)
    return response
