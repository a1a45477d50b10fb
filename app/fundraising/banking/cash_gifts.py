"""Cash gifts: what comes in during a session at the counter, or lies in a donation box."""

from dataclasses import dataclass, field
from uuid import UUID

from app.accounting import channels
from app.accounting.cash import sessions
from app.accounting.cash.errors import CashSessionNotCounted
from app.accounting.models import CashSession, CashSessionKind, CashSessionState
from app.fundraising import donations, purposes
from app.fundraising.errors import BoxOpenedAtOnce, CampaignNotOpen, ChannelOfAnotherOrganization
from app.fundraising.gifts import Gift, Giver, OutcomeKind
from app.fundraising.models import Campaign, Donation
from app.fundraising.purposes import Wanted
from app.kit.database import WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class CashGift:
    """A gift with its sheet's number, unique in its cash box; without a campaign it is unrestricted."""

    sheet_number: str
    amount: int
    campaign: Campaign | None = None
    wanted: Wanted = None
    giver: Giver = field(default_factory=Giver)
    message: str | None = None


async def record(
    session: WriteSession, session_id: UUID, told: CashGift, *, actor: str
) -> tuple[Donation, OutcomeKind]:
    """Book a gift that a clerk takes during an open session: Dr 1001 / Cr 4101, and add it to the sum.

    The same sheet again is a duplicate and adds nothing; with another amount it is refused.
    """
    held = await sessions.hold(session, session_id)
    sessions.must_be_open(held)
    if held.kind is CashSessionKind.box:
        raise BoxOpenedAtOnce(session=held.id)
    donation, kind = await _book(session, held, told, f"sheet:{told.sheet_number}", actor)
    if kind is not OutcomeKind.duplicate:
        held.gift_count += 1
        held.expected_minor += told.amount
    await session.flush()
    return donation, kind


async def record_box(
    session: WriteSession, held: CashSession, campaign: Campaign | None, wanted: Wanted, *, actor: str
) -> Donation:
    """Book what two people counted in a donation box as one gift without a name; close the session."""
    if held.kind is not CashSessionKind.box or held.state is not CashSessionState.counted:
        raise CashSessionNotCounted(session=held.id, state=held.state)
    amount = held.counted_minor or 0
    if not amount:
        raise CashSessionNotCounted("the box was empty", "捐款箱为空", session=held.id)
    told = CashGift(
        sheet_number=str(held.id),
        amount=amount,
        campaign=campaign,
        wanted=wanted,
        giver=Giver(anonymous=True),
        message=f"捐款箱 {held.box_number}",
    )
    donation, _ = await _book(session, held, told, f"box:{held.id}", actor)
    held.gift_count, held.expected_minor = 1, amount
    await sessions.close(session, held)
    return donation


async def _book(
    session: WriteSession, held: CashSession, told: CashGift, number: str, actor: str
) -> tuple[Donation, OutcomeKind]:
    channel = await channels.get(session, held.channel_id)
    campaign, wanted = told.campaign, told.wanted
    if campaign is not None:
        if campaign.organization_id != held.organization_id:
            raise ChannelOfAnotherOrganization(channel=channel.id)
        await purposes.choose(session, campaign, told.amount, wanted)
    gift = Gift(
        source_id=channel.id,
        channel=channel,
        their_id=number,
        campaign=campaign.code if campaign else "",
        general=campaign is None,
        amount=told.amount,
        donated_at=sessions.moment(held),
        actor=actor,
        source=channel.code,
        designation=wanted if isinstance(wanted, str) else None,
        allocations=() if isinstance(wanted, str) or wanted is None else wanted,
        giver=told.giver,
        message=told.message,
    )
    [outcome] = await donations.receive(session, [gift])
    if outcome.refusal is not None:
        raise outcome.refusal
    if campaign is not None and outcome.kind is OutcomeKind.suspense:
        # A clerk can still choose another campaign while the giver stands there.
        raise CampaignNotOpen(campaign=campaign.id, state=campaign.state)
    return await session.get_one(Donation, outcome.donation_id), outcome.kind
