"""Rounds: up to which day an organization's obligations were made, and that they are to be made anew."""

from uuid import UUID

from sqlalchemy import update

from app.disclosure.models import ObligationRound
from app.kit.database import WriteSession


async def anew(session: WriteSession, organization_id: UUID) -> None:
    """Have an organization's obligations made again at the next round: what they are made of has changed."""
    again = update(ObligationRound).where(ObligationRound.organization_id == organization_id)
    await session.execute(again.values(made_on=None))
