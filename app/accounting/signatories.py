"""Signatories: who may sign for the money of a channel, and who did before."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from app.accounting.errors import SignatoryElsewhere
from app.accounting.models import Channel, Signatory
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.models import Staff


async def of(session: ReadSession, channels: Sequence[Channel]) -> dict[UUID, list[Signatory]]:
    """Return who signs now, by channel."""
    query = select(Signatory).where(
        Signatory.channel_id.in_([channel.id for channel in channels]), Signatory.ended_at.is_(None)
    )
    signing: dict[UUID, list[Signatory]] = {channel.id: [] for channel in channels}
    for signatory in await session.scalars(query.order_by(Signatory.id)):
        signing[signatory.channel_id].append(signatory)
    return signing


async def name(session: WriteSession, channel: Channel, staff_ids: Collection[UUID], *, actor: str) -> None:
    """Let exactly these people sign for a locked channel from now on; who signed before stays on record.

    Raises SignatoryElsewhere if one of them is not on the organization's staff.
    """
    own = select(Staff.id).where(Staff.organization_id == channel.organization_id, Staff.id.in_(staff_ids))
    known = set(await session.scalars(own))
    if strangers := set(staff_ids) - known:
        raise SignatoryElsewhere(staff=sorted(map(str, strangers)))
    signing = {one.staff_id: one for one in (await of(session, [channel]))[channel.id]}
    for staff_id, signatory in signing.items():
        if staff_id not in known:
            signatory.ended_at, signatory.ended_by = now(), actor
    session.add_all(
        Signatory(channel_id=channel.id, staff_id=staff_id, named_by=actor)
        for staff_id in sorted(known - signing.keys())
    )
    await session.flush()
