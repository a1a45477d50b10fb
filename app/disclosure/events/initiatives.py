"""Initiatives: works of culture with many parts, as plain lists that an organization writes itself."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select

from app.disclosure.events import events
from app.disclosure.events.errors import EventCodeTaken
from app.disclosure.models import Initiative, InitiativeItem
from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


async def begin(session: WriteSession, initiative: Initiative) -> Initiative:
    """Begin an initiative, for everybody to read."""
    taken = {"initiatives_organization_id_code_key": EventCodeTaken(code_taken=initiative.code)}
    async with constraints.told(session, taken):
        session.add(initiative)
    return initiative


async def add_item(session: WriteSession, initiative: Initiative, item: InitiativeItem) -> InitiativeItem:
    """Add an item; an event that is named must be this organization's."""
    if item.event_id is not None:
        event = await events.get(session, item.event_id)
        if event.organization_id != initiative.organization_id:
            raise OutOfSight
    session.add(item)
    await session.flush()
    return item


async def get(session: ReadSession, initiative_id: UUID) -> Initiative:
    """Return an initiative, or refuse."""
    found = await session.get(Initiative, initiative_id)
    if found is None:
        raise OutOfSight
    return found


def listing(organization_id: UUID | None) -> Select[Initiative]:
    """Return the query for initiatives, of one organization or of all."""
    query = select(Initiative)
    return query if organization_id is None else query.where(Initiative.organization_id == organization_id)


async def items(session: ReadSession, initiative: Initiative) -> Sequence[InitiativeItem]:
    """Return what an initiative is made of, in the order in which it was written."""
    query = select(InitiativeItem).where(InitiativeItem.initiative_id == initiative.id)
    return (await session.scalars(query.order_by(InitiativeItem.id))).all()
