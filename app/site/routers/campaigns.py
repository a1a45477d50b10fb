"""A campaign's page."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.disclosure import campaigns, days, gifts
from app.disclosure.projects import funding
from app.fundraising.models import Campaign, CampaignState
from app.kit.clock import today
from app.kit.database import Reading, ReadSession
from app.kit.http.caching import ASK_AGAIN
from app.kit.http.pages import PageQuery
from app.site import languages, linked_data, pictures, sheets
from app.site.languages import Writer
from app.site.sheets import Cursor

router = APIRouter(route_class=sheets.PageRoute)


@router.api_route("/campaigns/{code}", methods=sheets.LOOKING)
async def campaign(
    request: Request,
    session: Reading,
    code: Annotated[str, Path(max_length=64)],
    cursor: Cursor = None,
) -> Response:
    """Show a campaign: its account, its days, its channels, its gifts."""
    it = await campaigns.by_code(session, code)
    [account] = await campaigns.accounts(session, [it])
    t = Writer(languages.of(request))
    facts = await _money(session, t, it) | {
        "account": account,
        "days_left": _days_left(it),
        "channels": await campaigns.channels(session, account.figures.channels),
        "gifts": await gifts.page(session, it, PageQuery(cursor=cursor, limit=sheets.PAGE_SIZE)),
        "cursor": cursor,
        "linked": linked_data.campaign(sheets.origin(request), account),
    }
    response = sheets.page(request, "campaign.html", facts, demo=account.organization.demo)
    response.headers.update(ASK_AGAIN)
    return response


async def _money(session: ReadSession, t: Writer, it: Campaign) -> dict[str, object]:
    within = await days.span(session, it)
    found = await days.of(session, it.id, within)
    uses = await campaigns.purposes(session, it)
    return {
        "uses": uses,
        "within": within,
        "days": found,
        "chart": pictures.days(t, found, within),
        "as_of": await campaigns.latest(session, [fund.id for _, fund in uses]),
        "paid_for": await funding.paid_for(session, [fund for _, fund in uses]),
    }


def _days_left(it: Campaign) -> int | None:
    if it.state is not CampaignState.open or it.ends_on is None:
        return None
    left = (it.ends_on - today()).days
    return left if left >= 0 else None
