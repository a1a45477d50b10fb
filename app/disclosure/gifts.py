"""Gifts: a campaign's donations as the public reads them, with only what each giver agreed to show."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounting.models import Channel
from app.disclosure import campaigns, names
from app.disclosure.names import Name
from app.fundraising import givers
from app.fundraising.models import Campaign, CampaignDay, Donation, DonationState
from app.kit.database import ReadSession
from app.kit.http import pages
from app.kit.http.pages import PageQuery, Slice, Summary


class Refunded(enum.StrEnum):
    """How much of a gift went back: told also where the giver hides the amount."""

    none = "none"
    partly = "partly"
    wholly = "wholly"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicGift:
    """A gift without its lookup code, which is the donor's own key. A hidden amount is None."""

    donated_at: datetime
    state: DonationState
    giver: Name
    channel: Channel
    refund: Refunded
    amount: int | None
    refunded: int | None
    message: str | None


async def page(session: ReadSession, campaign: Campaign, paging: PageQuery) -> Slice[PublicGift]:
    """Return one page of a campaign's gifts, the latest to be recorded first.

    The summary is what the campaign's own page says, without gifts that were voided: from the days' totals,
    as counting the gifts themselves would cost a stranger's question more with each of them.
    """
    query = select(Donation).where(Donation.campaign_id == campaign.id)
    uncounted = paging.model_copy(update={"include": None})
    found = await pages.page(session, query, [Donation.id], uncounted, newest_first=True)
    summed = await _summary(session, campaign) if paging.include else None
    return Slice(await told(session, found.items), found.next_cursor, summed)


async def _summary(session: ReadSession, campaign: Campaign) -> Summary:
    sums = select(func.sum(CampaignDay.gift_count), func.sum(CampaignDay.raised))
    row = (await session.execute(sums.where(CampaignDay.campaign_id == campaign.id))).one()
    return Summary.of(int(row[0] or 0), row[1] or 0)


async def told(session: ReadSession, rows: Sequence[Donation]) -> list[PublicGift]:
    """Return gifts in their order, each with only what its giver agreed to show."""
    words = await givers.told(session, [gift for gift in rows if _speaks(gift)])
    ways = await campaigns.channels(session, {gift.channel_id for gift in rows})
    return [_public(gift, words.get(gift.id, {}), ways[gift.channel_id]) for gift in rows]


def _speaks(gift: Donation) -> bool:
    # What may not be shown in any part is not opened either.
    return not gift.anonymous or gift.show_message


def _public(gift: Donation, words: dict[str, str], channel: Channel) -> PublicGift:
    message = words.get("message") if gift.show_message else None
    share = Refunded.none if not gift.refunded else Refunded.partly
    return PublicGift(
        donated_at=gift.donated_at,
        state=gift.state,
        giver=names.of(gift, words.get("name")),
        channel=channel,
        refund=Refunded.wholly if gift.refunded == gift.amount else share,
        amount=gift.amount if gift.show_amount else None,
        refunded=gift.refunded if gift.show_amount else None,
        message=names.without_numbers(message) if message else None,
    )
