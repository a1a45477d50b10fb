"""The demo's care for donors: two of them merged, one spoken with and thanked, and documents asked for."""

from sqlalchemy import select

from app.fundraising.care import contacts, merges, requests, thanks
from app.fundraising.care.contacts import Said
from app.fundraising.models import (
    Campaign,
    ContactWay,
    Donation,
    DonationState,
    Donor,
    MergeGround,
    ThanksKind,
)
from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.models import IdentityKind
from app.organizations.visitors import identities

ACTOR = "demo"


async def load(session: WriteSession, campaign_code: str) -> None:
    """Show what staff do about donors of a campaign, and what one of them asks."""
    campaign = (await session.scalars(select(Campaign).where(Campaign.code == campaign_code))).one()
    query = select(Donation).where(
        Donation.campaign_id == campaign.id,
        Donation.state == DonationState.posted,
        Donation.donor_id.is_not(None),
        Donation.refunded == 0,
    )
    gifts = (await session.scalars(query.order_by(Donation.id))).all()
    gift = gifts[0]
    other = next(one for one in gifts if one.donor_id != gift.donor_id)
    kept = await session.get_one(Donor, gift.donor_id)
    merged = await session.get_one(Donor, other.donor_id)
    place = campaign.organization_id
    await merges.merge(
        session, kept, merged, organization_id=place, ground=MergeGround.donor_said, actor=ACTOR
    )
    said = Said(ContactWay.phone, now(), "来电询问慈安桥进展，已告知查询方式。")
    await contacts.note(session, kept, said, organization_id=place, actor=ACTOR)
    await thanks.mark(session, gift, ThanksKind.thanks, ContactWay.letter, actor=ACTOR)
    if kept.external_index is not None:
        visitor_id = await identities.known(session, [(IdentityKind.platform, kept.external_index)])
        await requests.ask_documents(session, visitor_id, gift, "请提供该笔捐款的拨付凭证复印件。")
