"""The counter: gifts that reach an organization outside any platform, entered by a clerk."""

from app.accounting.errors import ChannelClosed
from app.accounting.models import Channel, ChannelKind
from app.fundraising import donations, purposes
from app.fundraising.errors import CampaignNotOpen, ChannelNotAtTheCounter, ChannelOfAnotherOrganization
from app.fundraising.gifts import Gift, OutcomeKind
from app.fundraising.models import Campaign, Donation
from app.kit.database import WriteSession


def check(campaign: Campaign, channel: Channel) -> None:
    """Refuse unless gifts for the campaign may be taken through the channel by hand."""
    if channel.organization_id != campaign.organization_id:
        raise ChannelOfAnotherOrganization(channel=channel.id)
    if channel.kind is ChannelKind.merchant:
        raise ChannelNotAtTheCounter(channel=channel.id)
    if channel.closed_at is not None:
        raise ChannelClosed(channel=channel.id)


async def receive(session: WriteSession, campaign: Campaign, gift: Gift) -> tuple[Donation, OutcomeKind]:
    """Book a gift at the counter, where one that could only wait in suspense is refused.

    A platform's money has been paid whatever we say; a clerk can still choose another campaign. The same
    number through the same channel again is a `duplicate`; with other facts it is refused.
    """
    await purposes.choose(session, campaign, gift.amount, gift.allocations or gift.designation)
    [outcome] = await donations.receive(session, [gift])
    if outcome.refusal is not None:
        raise outcome.refusal
    if outcome.kind is OutcomeKind.suspense:
        # It was not open when the gift was given, or somebody has just closed it. The refusal takes back what
        # was booked a moment ago.
        raise CampaignNotOpen(
            "it was not open when the gift was given",
            "捐赠当时该活动未在募捐期内",
            campaign=campaign.id,
            state=campaign.state,
            donated_at=gift.donated_at,
        )
    return await session.get_one(Donation, outcome.donation_id), outcome.kind
