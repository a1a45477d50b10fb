"""Following one gift over HTTP, for whoever holds its lookup code or its number on a bill."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.disclosure import receipt_files, traces
from app.disclosure.errors import GiftNotFound
from app.disclosure.schemas.gifts import OrderIn, ReceiptFileOut, TraceOut
from app.kit.database import Reading
from app.kit.errors import TooMany
from app.kit.http import problems
from app.kit.http.caching import CacheableRoute
from app.kit.money import AMOUNT_MINOR_MAX
from app.kit.vault import PersonErased
from app.organizations.signin import public
from app.transparency.errors import LeafNotProven, LogNotBegun

router = APIRouter(route_class=CacheableRoute, dependencies=[public])

Start = Annotated[int, Query(ge=0, le=AMOUNT_MINOR_MAX, alias="from", description="In fen: `next_from`.")]
LookupCode = Annotated[str, Path(max_length=64, description="20 characters; case and dashes do not matter.")]


@router.get(
    "/donations/{lookup_code}/trace",
    operation_id="read_trace",
    responses=problems.responses(GiftNotFound),
)
async def read_trace(session: Reading, lookup_code: LookupCode, start: Start = 0) -> TraceOut:
    """Follow every fen of a gift to where it is now; the places add up to its amount.

    Of a gift that went to thousands of places a part comes at a time: ask for the rest from `next_from` on.
    """
    donation = await traces.by_code(session, lookup_code)
    return TraceOut.of(await traces.follow(session, donation, start))


@router.get(
    "/donations/{lookup_code}/receipt-file",
    operation_id="read_receipt_file",
    responses=problems.responses(GiftNotFound, LeafNotProven, LogNotBegun, PersonErased),
)
async def read_receipt_file(session: Reading, lookup_code: LookupCode, response: Response) -> ReceiptFileOut:
    """Read the file that proves offline and for ever that a gift is in the books."""
    donation = await traces.by_code(session, lookup_code)
    receipt = await receipt_files.of(session, donation)
    response.headers["Cache-Control"] = "no-store"
    return ReceiptFileOut.of(receipt)


@router.post(
    "/traces",
    operation_id="find_trace",
    dependencies=[Depends(traces.ORDER_RATE)],
    responses=problems.responses(GiftNotFound, TooMany),
)
async def find_trace(session: Reading, body: OrderIn, response: Response) -> TraceOut:
    """Follow a gift by its order number and amount, as on the donor's bill; it also tells the lookup code.

    With `next_from` the rest is asked for by the lookup code.
    """
    donation = await traces.by_slug(session, body.platform, body.donation_id, body.amount.amount)
    response.headers["Cache-Control"] = "no-store"
    return TraceOut.of(await traces.follow(session, donation))
