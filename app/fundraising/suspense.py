"""Suspense: gifts that nobody could place yet, and how a person claims one for a campaign."""

from uuid import UUID

from sqlalchemy import literal, select

from app.accounting import channels
from app.fundraising import givers, placements, purposes, totals
from app.fundraising.errors import ChannelOfAnotherOrganization, DonationNotInSuspense, DonationRefunded
from app.fundraising.models import Campaign, Donation, DonationState, Refund, RefundState
from app.fundraising.purposes import Wanted
from app.kit.clock import legal_day, now
from app.kit.database import ReadSession, WriteSession
from app.ledger import journal
from app.ledger.journal import Draft
from app.ledger.models import EntryKind
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks


async def claim(
    session: WriteSession,
    donation: Donation,
    campaign: Campaign,
    wanted: Wanted = None,
    *,
    actor: str,
) -> None:
    """Give a gift in suspense to a campaign of the same organization: Dr 2209 / Cr 4101, into its funds.

    Of two clerks at once one wins. What was refunded meanwhile is not claimed; the campaign shows the whole
    gift as raised and that part as refunded, each on its own day.
    """
    await session.refresh(donation, with_for_update=True)
    if donation.state is not DonationState.suspense:
        raise DonationNotInSuspense(donation=donation.id, state=donation.state)
    if campaign.organization_id != donation.organization_id:
        raise ChannelOfAnotherOrganization(campaign=campaign.id)
    left = donation.amount - donation.refunded
    if not left:
        raise DonationRefunded(donation=donation.id)
    parts = await purposes.choose(session, campaign, left, wanted)
    channel = await channels.get(session, donation.channel_id)
    draft = Draft(
        organization_id=donation.organization_id,
        chart=channel.chart,
        kind=EntryKind.claim,
        reference=f"claim:{donation.id}",
        occurred_at=now(),
        actor=actor,
        lines=placements.lines(parts, channel.suspense_account_id),
    )
    [receipt] = await journal.post(session, [await givers.committed(session, donation, draft)])
    donation.state, donation.campaign_id = DonationState.posted, campaign.id
    donation.entry_id = receipt.entry_id
    await session.flush()
    await _count(session, donation, campaign.id)


async def _count(session: WriteSession, donation: Donation, campaign_id: UUID) -> None:
    changes = totals.Changes()
    changes.gift((campaign_id, legal_day(donation.donated_at), donation.channel_id), donation.amount)
    refunded = select(Refund).where(Refund.donation_id == donation.id, Refund.state == RefundState.posted)
    for refund in await session.scalars(refunded):
        day = legal_day(refund.refunded_at)
        changes.refund((campaign_id, day, donation.channel_id), refund.amount)
    await totals.fold(session, changes)
    if donation.donor_id:
        await totals.count_donors(session, [(campaign_id, donation.donor_id)])


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the gifts that nobody could place yet, for those who claim them."""
    return tasks.row(
        organization_id=Donation.organization_id,
        subject_id=Donation.id,
        title=literal("捐赠待认领：").concat(Donation.first_campaign_code),
        amount_minor=Donation.amount - Donation.refunded,
        since_at=Donation.created_at,
    ).where(
        Donation.organization_id.in_(caller.holds(Permission.suspense_claim)),
        Donation.state == DonationState.suspense,
        Donation.refunded < Donation.amount,
    )
