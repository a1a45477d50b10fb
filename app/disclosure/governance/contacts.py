"""Contacts: where everybody reaches an organization, and the sites and accounts that speak in its name."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from app.disclosure import rounds
from app.disclosure.governance import officers
from app.disclosure.governance.errors import (
    DaysOutOfOrder,
    HappenedAhead,
    OfficialChannelClosed,
    OfficialChannelKnown,
)
from app.disclosure.models import OfficialChannel, PublicContact
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations import organizations
from app.organizations.errors import OutOfSight


async def say(session: WriteSession, contact: PublicContact) -> PublicContact:
    """Say where an organization is reached from a day on; said again of a day, the later version counts.

    The contact person is one of its officers: as such they agree to be named, or are named by law.
    """
    if contact.effective_from > today():
        raise HappenedAhead(day=contact.effective_from)
    # Of two at once one waits here, and takes the next number.
    await organizations.lock(session, contact.organization_id)
    row = PublicContact
    before = select(func.max(row.version)).where(
        row.organization_id == contact.organization_id, row.effective_from == contact.effective_from
    )
    contact.version = (await session.scalar(before) or 0) + 1
    known = {"public_contacts_officer_id_organization_id_fkey": OutOfSight()}
    async with constraints.told(session, known):
        session.add(contact)
    await rounds.anew(session, contact.organization_id)
    return contact


async def on(session: ReadSession, organization_id: UUID, day: date) -> PublicContact | None:
    """Return where an organization is reached on a day."""
    row = PublicContact
    query = select(row).where(row.organization_id == organization_id, row.effective_from <= day)
    return await session.scalar(query.order_by(row.effective_from.desc(), row.version.desc()).limit(1))


async def names(session: ReadSession, contacts: Collection[PublicContact]) -> Mapping[UUID, str]:
    """Return the contact persons that may be named at this moment, by the contact."""
    people = {one.id: one.officer_id for one in contacts if one.officer_id is not None}
    open_ = await officers.nameable(session, people.values())
    called = await officers.names(session, open_)
    return {one: called[officer] for one, officer in people.items() if officer in called}


async def open_channel(session: WriteSession, channel: OfficialChannel) -> OfficialChannel:
    """Put a site or an account on the public list; no other stands there under its address meanwhile."""
    if channel.opened_on > today():
        raise HappenedAhead(day=channel.opened_on)
    async with constraints.told(session, {"official_channels_overlap_excl": OfficialChannelKnown()}):
        session.add(channel)
    await rounds.anew(session, channel.organization_id)
    return channel


async def close_channel(session: WriteSession, channel: OfficialChannel, *, on: date) -> None:
    """Record the last day of a site or an account; it stays on the list."""
    if channel.closed_on is not None:
        raise OfficialChannelClosed(closed_on=channel.closed_on)
    if on > today():
        raise HappenedAhead(day=on)
    async with constraints.told(session, {"official_channels_closed_check": DaysOutOfOrder()}):
        channel.closed_on = on
    await rounds.anew(session, channel.organization_id)


async def channel(session: ReadSession, channel_id: UUID, *, lock: bool = False) -> OfficialChannel:
    """Return a site or an account, or refuse."""
    found = await session.get(
        OfficialChannel, channel_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


def open_on(day: date) -> ColumnElement[bool]:
    """Return what is true of the sites and accounts that were open on a day, the last one included."""
    row = OfficialChannel
    return (row.opened_on <= day) & or_(row.closed_on.is_(None), row.closed_on >= day)
