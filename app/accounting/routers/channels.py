"""Accounting over HTTP: channels."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import channels
from app.accounting.errors import ChannelCodeTaken
from app.accounting.models import Channel
from app.accounting.schemas.channels import ChannelIn, ChannelOut, ChannelQuery
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Slice, SummedPage
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
    responses=problems.responses(ChannelCodeTaken),
)
async def create_channel(session: Writing, caller: Changer, body: ChannelIn) -> Channel:
    """Open a bank account or a cash box as a place where gifts land; platforms bring their own."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    return await channels.create(session, body.as_channel(organization.chart_version))


@router.get("", operation_id="list_channels", response_model=SummedPage[ChannelOut])
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


@router.get("/{channel_id}", operation_id="read_channel", response_model=ChannelOut)
async def read_channel(session: Reading, caller: Reader, channel_id: UUID) -> Channel:
    """Read a channel."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    return channel


@router.post("/{channel_id}/closing", operation_id="close_channel", response_model=ChannelOut)
async def close_channel(session: Writing, caller: Changer, channel_id: UUID) -> Channel:
    """Stop using a channel for new gifts at the counter; what is booked stays, late events still find it."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    await channels.close(session, channel)
    return channel
