"""Accounting over HTTP: channels."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.accounting import channels, signatories
from app.accounting.errors import ChannelCodeTaken, ChannelNotEmpty, NumberTaken, SignatoryElsewhere
from app.accounting.models import Channel
from app.accounting.schemas.channels import (
    ChannelChanges,
    ChannelDetail,
    ChannelIn,
    ChannelOut,
    ChannelQuery,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.ledger import floors
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/channels", tags=["accounting"], route_class=IdempotentRoute)

_ORDERS: pages.Orders = {
    "code": [Channel.code, Channel.id],
    "name": [Channel.name, Channel.id],
    "created_at": [Channel.id],
}
Reader = Annotated[Asking, may(Permission.channels_read)]
Changer = Annotated[Asking, may(Permission.channels_change)]


@router.post(
    "",
    operation_id="create_channel",
    response_model=ChannelOut,
    status_code=201,
    responses=problems.responses(ChannelCodeTaken, NumberTaken),
)
async def create_channel(session: Writing, caller: Changer, body: ChannelIn) -> Channel:
    """Open a bank account or a cash box as a place where gifts land; platforms bring their own."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    return await channels.create(session, body.as_channel(organization.chart_version))


@router.get("", operation_id="list_channels", response_model=Page[ChannelOut])
async def list_channels(
    session: Reading, caller: Reader, asked: Annotated[ChannelQuery, Query()]
) -> Slice[Channel]:
    """List the channels of the organizations that you can see, by code."""
    query = select(Channel).where(Channel.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(Channel.organization_id == asked.organization_id)
    if asked.kind:
        query = query.where(Channel.kind == asked.kind)
    if asked.closed is not None:
        query = query.where(Channel.closed_at.is_not(None) == asked.closed)
    if asked.q:
        query = query.where(pages.holding(asked.q, Channel.code, Channel.name))
    return await pages.listed(session, query, _ORDERS, asked)


@router.get("/{channel_id}", operation_id="read_channel")
async def read_channel(
    session: Reading, caller: Reader, response: Response, channel_id: UUID
) -> ChannelDetail:
    """Read a channel with its balance in the books; its `ETag` is what a change must name in `If-Match`."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    response.headers["ETag"] = versions.etag(channel.version)
    return await _detail(session, channel, caller)


@router.patch(
    "/{channel_id}",
    operation_id="change_channel",
    responses=problems.responses(VersionNotStated, VersionStale, NumberTaken, SignatoryElsewhere),
)
async def change_channel(
    session: Writing,
    caller: Changer,
    response: Response,
    channel_id: UUID,
    body: ChannelChanges,
    if_match: versions.IfMatch = None,
) -> ChannelDetail:
    """Change what is said of a channel and who signs for it; code, kind and leaf account never change."""
    channel = await channels.lock(session, channel_id)
    caller.must(at=channel.organization_id)
    versions.expect(if_match, channel.version)
    await channels.change(session, channel, **body.changes())
    if body.signatory_ids is not None:
        await signatories.name(session, channel, body.signatory_ids, actor=caller.label)
    response.headers["ETag"] = versions.etag(channel.version)
    return await _detail(session, channel, caller)


async def _detail(session: ReadSession, channel: Channel, caller: Asking) -> ChannelDetail:
    balance = await channels.holds(session, channel)
    signing = (await signatories.of(session, [channel]))[channel.id]
    guarded = bool(await floors.standing(session, [channel.account_id]))
    allowed = caller.caller.allowed(channels.actions(channel, balance), at=channel.organization_id)
    return ChannelDetail.telling(channel, balance, guarded=guarded, signing=signing, allowed=allowed)


@router.post(
    "/{channel_id}/closing",
    operation_id="close_channel",
    response_model=ChannelOut,
    responses=problems.responses(ChannelNotEmpty),
)
async def close_channel(session: Writing, caller: Changer, channel_id: UUID) -> Channel:
    """Stop using an empty channel for new gifts; what is booked stays, late events still find it."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    await channels.close(session, channel)
    return channel
