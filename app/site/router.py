"""The public page: the account book as a person reads it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from app.disclosure import campaigns, days, gifts, traces
from app.disclosure.errors import GiftNotFound
from app.fundraising.models import Campaign, CampaignState
from app.kit.database import Reading, ReadSession
from app.kit.errors import NotFound, Refusal
from app.kit.fields import Line
from app.kit.http import pages, problems
from app.kit.http.pages import PageQuery
from app.kit.money import AMOUNT_MINOR_MAX, read_yuan
from app.organizations.signin import public
from app.site import charts, flows, languages, sheets
from app.site.assets import ASSETS
from app.site.errors import AmountUnreadable
from app.transparency import heads

router = APIRouter(route_class=sheets.PageRoute, dependencies=[public], include_in_schema=False)

PAGE_SIZE = 20
FOREVER = "public, max-age=31536000, immutable"
Cursor = Annotated[str | None, Query(max_length=500)]
LOOKING = ["GET", "HEAD"]


def install(app: FastAPI, *, demo: bool) -> None:
    """Add the page to an application, after everything else; with `demo` every page bears the banner."""
    app.state.demo = demo
    app.include_router(router)
    sheets.tell_strays(app)


class Wanted(BaseModel):
    """Which campaigns to show; other parameters are no matter of ours."""

    q: str = Field(default="", max_length=200)
    state: Literal["", "open", "closed"] = ""
    cursor: str | None = Field(default=None, max_length=500)

    @property
    def words(self) -> str:
        """What was typed, without what nobody can type."""
        return "".join(filter(str.isprintable, self.q)).strip()


@router.api_route("/", methods=LOOKING)
async def home(request: Request, session: Reading, wanted: Annotated[Wanted, Query()]) -> Response:
    """Show what this is, the sum of all campaigns, and the campaigns."""
    state = CampaignState(wanted.state) if wanted.state else None
    query = campaigns.matching(state=state, q=wanted.words or None)
    paging = PageQuery(cursor=wanted.cursor, limit=PAGE_SIZE)
    keys = [Campaign.starts_on, Campaign.id]
    found = await pages.page(session, query, keys, paging, newest_first=True)
    facts = {
        "total": await campaigns.total(session),
        "accounts": await campaigns.accounts(session, found.items),
        "next_cursor": found.next_cursor,
        "wanted": wanted,
    }
    return sheets.page(request, "home.html", facts, demo=await campaigns.demo(session))


@router.api_route("/campaigns/{code}", methods=LOOKING)
async def campaign(
    request: Request,
    session: Reading,
    code: Annotated[str, Path(max_length=64)],
    cursor: Cursor = None,
) -> Response:
    """Show a campaign: its account, its days, its channels, its gifts."""
    it = await campaigns.by_code(session, code)
    [account] = await campaigns.accounts(session, [it])
    within = await days.span(session, it.id)
    uses = await campaigns.purposes(session, it)
    facts = {
        "account": account,
        "uses": uses,
        "channels": await campaigns.channels(session, account.figures.channels),
        "chart": charts.of(await days.of(session, it.id, within), within),
        "middle": charts.middle(within),
        "gifts": await gifts.page(session, it, PageQuery(cursor=cursor, limit=PAGE_SIZE)),
        "cursor": cursor,
        "as_of": await campaigns.latest(session, [fund.id for _, fund in uses]),
    }
    return sheets.page(request, "campaign.html", facts, demo=account.organization.demo)


@router.api_route("/follow", methods=LOOKING)
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


@router.api_route("/follow/{lookup_code}", methods=LOOKING)
async def trace(
    request: Request, session: Reading, lookup_code: Annotated[str, Path(max_length=100)]
) -> Response:
    """Show where every fen of a gift is."""
    try:
        donation = await traces.by_code(session, lookup_code)
    except GiftNotFound as refusal:
        return await _ask(request, session, refusal, typed={"code": lookup_code})
    told = await traces.follow(session, donation)
    facts = {"trace": told, "flow": flows.of(told)}
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


@router.api_route("/about", methods=LOOKING)
async def about(request: Request, session: Reading) -> Response:
    """Explain how the books are kept and how anybody can check them."""
    return sheets.page(request, "about.html", {}, demo=await campaigns.demo(session))


@router.api_route("/v1/log", methods=LOOKING)
async def log(request: Request, session: Reading) -> Response:
    """Show the public log's latest checkpoint, and how anybody verifies it with programs of others."""
    current = await heads.current(session)
    facts = {
        "log": current,
        "signed": current and await heads.published(session, current.id),
        "keys": current and await heads.known_keys(session, current.id),
        "address": f"{request.url.scheme}://{request.url.netloc}/v1/log",
    }
    return sheets.page(request, "log.html", facts, demo=await campaigns.demo(session))


@router.api_route("/static/{name}", methods=LOOKING)
async def static(name: str, v: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Return a file of the page's own; under the address that names its content it never changes."""
    asset = ASSETS.get(name)
    if asset is None:
        raise NotFound
    keep = FOREVER if v == asset.version else "public, max-age=300"
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": keep})
