"""The counter: gifts that reach an organization outside any platform, entered by a clerk."""

from app.accounting.errors import ChannelClosed
from app.accounting.models import Channel, ChannelKind
from app.fundraising import donations, placements
from app.fundraising.errors import (
    AllocationsUnequal,
    CampaignNotOpen,
    ChannelNotAtTheCounter,
    ChannelOfAnotherOrganization,
    DesignationNotFound,
)
from app.fundraising.gifts import Gift, Outcome, OutcomeKind
from app.fundraising.models import Campaign
from app.kit.database import WriteSession


def check(campaign: Campaign, channel: Channel) -> None:
    """Refuse unless gifts for the campaign may be taken through the channel by hand."""
    if channel.organization_id != campaign.organization_id:
        raise ChannelOfAnotherOrganization(channel=channel.id)
    if channel.kind is ChannelKind.merchant:
        raise ChannelNotAtTheCounter(channel=channel.id)
    if channel.closed_at is not None:
        raise ChannelClosed(channel=channel.id)


async def receive(session: WriteSession, campaign: Campaign, gift: Gift) -> Outcome:
    """Book a gift at the counter; one that could only wait in suspense is refused.

    A platform's money has been paid whatever we say; a clerk can still choose another campaign. The same number
    through the same channel again is a `duplicate`, with other facts it is refused.
    """
    if gift.allocations and sum(part.amount for part in gift.allocations) != gift.amount:
        raise AllocationsUnequal(amount=gift.amount)
    [outcome] = await donations.receive(session, [gift])
    if outcome.refusal is not None:
        raise outcome.refusal
    if outcome.kind is OutcomeKind.suspense:
        # Whoever catches this rolls back what was booked a moment ago: the transaction is refused as a whole.
        raise await _why(session, campaign, gift)
    return outcome


async def _why(session: WriteSession, campaign: Campaign, gift: Gift) -> Exception:
    atlas = await placements.look_up(session, [campaign.code])
    known = {place.designation for place in atlas.places(campaign.code)}
    asked = {part.designation for part in gift.allocations} | ({gift.designation} - {None})
    if asked - known:
        return DesignationNotFound(designations=sorted(filter(None, asked - known)))
    return CampaignNotOpen(campaign=campaign.id, state=campaign.state)
