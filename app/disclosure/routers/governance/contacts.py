"""Contacts, channels and internal systems over HTTP: what staff record."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request

from app.disclosure.governance import contacts, errors, papers, systems
from app.disclosure.models import ManagementSystem
from app.disclosure.schemas.governance.contacts import (
    ChannelClosingIn,
    ManagementSystemIn,
    ManagementSystemOut,
    OfficialChannelIn,
    OfficialChannelOut,
    PublicContactIn,
    PublicContactOut,
    SystemEndIn,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import ReadSession, Writing
from app.kit.http import idempotency, problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/v1/disclosure/governance", tags=["governance"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post(
    "/contacts",
    operation_id="record_public_contact",
    summary="Record a contact",
    status_code=201,
    responses=problems.responses(errors.HappenedAhead, OutOfSight),
)
async def record_public_contact(
    session: Writing, request: Request, caller: Changer, body: PublicContactIn
) -> PublicContactOut:
    """Say where everybody reaches your organization from a day on; said again, the later version counts."""
    caller.must(at=body.organization_id)
    contact = await contacts.say(session, body.as_contact(caller.label))
    if contact.officer_id is not None:
        idempotency.concerns(request, contact.officer_id)
    return PublicContactOut.of(contact, (await contacts.names(session, [contact])).get(contact.id))


@router.post(
    "/channels",
    operation_id="open_official_channel",
    summary="Record a channel",
    status_code=201,
    responses=problems.responses(errors.OfficialChannelKnown, errors.HappenedAhead),
)
async def open_official_channel(
    session: Writing, caller: Changer, body: OfficialChannelIn
) -> OfficialChannelOut:
    """Put a site or an account that speaks in your organization's name on the public list."""
    caller.must(at=body.organization_id)
    channel = await contacts.open_channel(session, body.as_channel(caller.label))
    return OfficialChannelOut.model_validate(channel)


@router.post(
    "/channels/{channel_id}/closing",
    operation_id="close_official_channel",
    summary="Close a channel",
    responses=problems.responses(
        errors.OfficialChannelClosed, errors.HappenedAhead, errors.DaysOutOfOrder, OutOfSight
    ),
)
async def close_official_channel(
    session: Writing, caller: Changer, channel_id: UUID, body: ChannelClosingIn
) -> OfficialChannelOut:
    """Record the last day of a site or an account; it stays on the list."""
    channel = await contacts.channel(session, channel_id, lock=True)
    caller.must(at=channel.organization_id)
    await contacts.close_channel(session, channel, on=body.closed_on)
    return OfficialChannelOut.model_validate(channel)


@router.post(
    "/systems",
    operation_id="record_management_system",
    summary="Record a system",
    status_code=201,
    responses=problems.responses(
        *(errors.SystemKnown, errors.SystemOver, errors.HappenedAhead),
        *(errors.DaysOutOfOrder, AttachmentNotFree, OutOfSight),
    ),
)
async def record_management_system(
    session: Writing, caller: Changer, body: ManagementSystemIn
) -> ManagementSystemOut:
    """Record a system of internal rules with its document; the one that it replaces ends the day before."""
    caller.must(at=body.organization_id)
    system = await systems.adopt(session, body.as_system(caller.label), documents=body.documents)
    return await _whole(session, system)


@router.post(
    "/systems/{system_id}/repeal",
    operation_id="close_management_system",
    summary="Repeal a system",
    responses=problems.responses(errors.SystemOver, errors.HappenedAhead, errors.DaysOutOfOrder, OutOfSight),
)
async def close_management_system(
    session: Writing, caller: Changer, system_id: UUID, body: SystemEndIn
) -> ManagementSystemOut:
    """Record the last day of a system that nothing replaces; it stays to be read."""
    system = await systems.get(session, system_id, lock=True)
    caller.must(at=system.organization_id)
    await systems.repeal(session, system, on=body.ends_on)
    return await _whole(session, system)


async def _whole(session: ReadSession, system: ManagementSystem) -> ManagementSystemOut:
    files = await papers.of(session, systems.KIND, [system.id], public=True)
    return ManagementSystemOut.of(system, files.get(system.id, ()))
