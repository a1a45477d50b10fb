"""Campaigns and their gifts over HTTP, for everybody."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.disclosure import campaigns, days, gifts
from app.disclosure.errors import SpanUnfit
from app.disclosure.projects import funding
from app.disclosure.schemas.campaigns import (
    PublicCampaignDetail,
    PublicCampaignOut,
    PublicCampaignQuery,
    SpanQuery,
)
from app.disclosure.schemas.gifts import PublicGiftOut, PublicGiftPage
from app.fundraising.errors import CampaignNotFound
from app.fundraising.models import Campaign, CampaignState
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.caching import ASK_AGAIN, CacheableRoute
from app.kit.http.pages import CursorUnreadable, Page
from app.organizations.signin import public

router = APIRouter(prefix="/campaigns", route_class=CacheableRoute, dependencies=[public])

OfCampaign = Annotated[str, Path(max_length=64, description="The code on its posters.")]


@router.get("", operation_id="list_public_campaigns", responses=problems.responses(CursorUnreadable))
async def list_campaigns(
    session: Reading, asked: Annotated[PublicCampaignQuery, Query()]
) -> Page[PublicCampaignOut]:
    """List the campaigns that are or were open, each with its totals."""
    state = CampaignState(asked.state) if asked.state else None
    query = campaigns.matching(organization=asked.organization, state=state, q=asked.q)
    keys = [Campaign.code] if asked.sort == "code" else [Campaign.starts_on, Campaign.id]
    found = await pages.page(session, query, keys, asked, newest_first=asked.sort.startswith("-"))
    items = [PublicCampaignOut.of(account) for account in await campaigns.accounts(session, found.items)]
    return found.told(items)


@router.get(
    "/{code}",
    operation_id="read_public_campaign",
    responses=problems.responses(CampaignNotFound, SpanUnfit),
)
async def read_campaign(
    session: Reading, code: OfCampaign, asked: Annotated[SpanQuery, Query()]
) -> PublicCampaignDetail:
    """Read what a campaign raised, gave back, spent and holds, by channel and by day."""
    campaign = await campaigns.by_code(session, code)
    account = await campaigns.account(session, campaign)
    uses = await campaigns.purposes(session, campaign)
    within = await days.span(session, campaign, first=asked.first, last=asked.last)
    happened = await days.of(session, campaign.id, within)
    ways = await campaigns.channels(session, account.figures.channels)
    latest = await campaigns.latest(session, [fund.id for _, fund in uses])
    paid = await funding.paid_for(session, [fund for _, fund in uses])
    as_of = latest or campaign.opened_at or campaign.created_at
    return PublicCampaignDetail.whole(account, (uses, paid), ways, (within, happened), as_of)


@router.get(
    "/{code}/donations",
    operation_id="list_public_donations",
    responses=problems.responses(CampaignNotFound, CursorUnreadable),
)
async def list_donations(
    request: Request, response: Response, session: Reading, code: OfCampaign, paging: pages.Paging
) -> PublicGiftPage:
    """List a campaign's gifts, the latest first; a name in full only where the giver agreed.

    The summary is that of the campaign itself: the gifts that stand, none that was voided.
    """
    campaign = await campaigns.by_code(session, code)
    found = await gifts.page(session, campaign, paging)
    owners = await campaigns.organizations(session, [campaign.organization_id])
    language = problems.language_of(request)
    response.headers["Content-Language"] = language
    response.headers.update(ASK_AGAIN)
    items = [PublicGiftOut.of(gift, language) for gift in found.items]
    demo = owners[campaign.organization_id].demo
    return PublicGiftPage(items=items, next_cursor=found.next_cursor, summary=found.summary, demo=demo)
