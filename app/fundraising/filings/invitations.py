"""Invitations: whom a targeted campaign asks, by name, and nobody else (Charity Law 29 and 30)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select

from app.fundraising.filings.errors import CampaignNotTargeted, InvitedAlready
from app.fundraising.models import Campaign, CampaignKind, Invitation, InvitedCircle
from app.kit import constraints, vault
from app.kit.database import ReadSession, WriteSession

_FIELD = "name"


async def add(
    session: WriteSession, campaign: Campaign, *, circle: InvitedCircle, name: str, by: str
) -> Invitation:
    """Put somebody on the list of a targeted campaign; the name is sealed, and found by blind index."""
    if campaign.kind is not CampaignKind.targeted:
        raise CampaignNotTargeted(kind=campaign.kind)
    invitation = Invitation(
        campaign_id=campaign.id,
        organization_id=campaign.organization_id,
        circle=circle,
        name_index=vault.of(session).index("invitation", name),
        actor=by,
    )
    async with constraints.told(session, {"invitations_campaign_id_name_index_key": InvitedAlready()}):
        session.add(invitation)
    await vault.keep(session, invitation.id, {_FIELD: name})
    return invitation


async def anybody(session: ReadSession, campaign: Campaign) -> bool:
    """Return whether somebody is on a campaign's list."""
    return bool(await session.scalar(select(exists().where(Invitation.campaign_id == campaign.id))))


async def names(session: ReadSession, invitations: Sequence[Invitation]) -> dict[UUID, str]:
    """Return the names behind invitations; whoever was erased is absent."""
    known = await vault.read(session, [one.id for one in invitations], [_FIELD])
    return {invitation_id: values[_FIELD] for invitation_id, values in known.items()}
