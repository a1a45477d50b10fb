"""Channels: the named places of an organization where gifts land."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounting import numbers
from app.accounting.errors import (
    ChannelCodeTaken,
    ChannelNotEmpty,
    ChannelNotFound,
    NumberTaken,
    PlatformHasChannel,
)
from app.accounting.models import Channel, ChannelKind
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, dimensions, floors
from app.ledger.accounts import Leaf
from app.ledger.models import Account, DimensionKind
from app.organizations.access import Permission
from app.organizations.errors import OutOfSight

ACCOUNT_CODES = {ChannelKind.merchant: "1009", ChannelKind.bank: "1002", ChannelKind.cash: "1001"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChannel:
    """What is told of a channel when it is opened. Its code appears in published leaves, for ever."""

    organization_id: UUID
    chart: str
    code: str
    name: str
    kind: ChannelKind
    platform_id: UUID | None = None
    bank_name: str | None = None
    branch: str | None = None
    number: str | None = field(default=None, repr=False)
    purpose: str | None = None
    opened_on: date | None = None
    in_plans: bool = False
    cash_limit_minor: int | None = None
    no_overdraft: bool | None = None
    """Whether payments above what lies there are refused; None: as for its kind, at banks and in boxes."""


_COPIED = ("bank_name", "branch", "purpose", "opened_on", "in_plans", "cash_limit_minor")


async def create(session: WriteSession, new: NewChannel) -> Channel:
    """Open a channel with its leaf account, and those for gifts in suspense and refunds on their way."""
    try:
        # Which of two equal codes came first is for the unique constraint to say, at this very statement.
        async with session.begin_nested():
            return await _create(session, new)
    except IntegrityError as error:
        if "platform_id" in str(error.orig):
            raise PlatformHasChannel(platform=new.platform_id) from None
        if "number_index" in str(error.orig):
            raise NumberTaken from None
        raise ChannelCodeTaken(channel=new.code) from None


async def _create(session: WriteSession, new: NewChannel) -> Channel:
    dimension = await dimensions.declare(
        session, DimensionKind.channel, new.code, organization_id=new.organization_id
    )
    here = Leaf(
        organization_id=new.organization_id,
        chart=new.chart,
        code=ACCOUNT_CODES[new.kind],
        channel_id=dimension.id,
    )
    leaves = [here, replace(here, code="2209", sub="suspense"), replace(here, code="2209", sub="refunds")]
    opened = await accounts.open_all(session, leaves)
    channel = Channel(
        id=dimension.id,
        organization_id=new.organization_id,
        code=new.code,
        name=new.name,
        kind=new.kind,
        chart=new.chart,
        account_id=opened[leaves[0]],
        suspense_account_id=opened[leaves[1]],
        refunds_account_id=opened[leaves[2]],
        platform_id=new.platform_id,
        **{name: getattr(new, name) for name in _COPIED},
    )
    session.add(channel)
    if new.number:
        await numbers.keep(session, channel, new.number)
    # A merchant account is emptied by its platform; what a bank or a box does not hold, nobody pays out.
    guarded = new.kind is not ChannelKind.merchant if new.no_overdraft is None else new.no_overdraft
    if guarded:
        await floors.lay(session, channel.account_id)
    await session.flush()
    return channel


async def get(session: ReadSession, channel_id: UUID) -> Channel:
    """Return a channel, or refuse."""
    channel = await session.get(Channel, channel_id)
    if channel is None:
        raise OutOfSight
    return channel


async def by_code(session: ReadSession, organization_id: UUID, code: str) -> Channel:
    """Return an organization's channel by its code, or refuse."""
    channel = await session.scalar(select(Channel).filter_by(organization_id=organization_id, code=code))
    if channel is None:
        raise ChannelNotFound(channel=code)
    return channel


async def of_platform(session: ReadSession, platform_id: UUID) -> Channel:
    """Return the merchant account through which a platform's gifts come in, or refuse."""
    channel = await session.scalar(select(Channel).filter_by(platform_id=platform_id))
    if channel is None:
        raise ChannelNotFound(platform=platform_id)
    return channel


async def lock(session: WriteSession, channel_id: UUID) -> Channel:
    """Return a channel as it now is, and keep it so until this transaction ends."""
    channel = await session.get(
        Channel, channel_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if channel is None:
        raise OutOfSight
    return channel


async def change(session: WriteSession, channel: Channel, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said of a channel; its code, its kind and its leaf account stay as they are."""
    number, guarded = changes.pop("number", None), changes.pop("no_overdraft", None)
    async with constraints.told(session, {"channels_organization_id_number_index_key": NumberTaken()}):
        for name, value in changes.items():
            setattr(channel, name, value)
        if number:
            await numbers.keep(session, channel, number)
        channel.version += 1
    if guarded is not None:
        await floors.lay(session, channel.account_id, active=guarded)


async def move_to(session: WriteSession, channel: Channel, chart: str) -> None:
    """Let a channel book to its leaf accounts on another chart from now on."""
    code = ACCOUNT_CODES[channel.kind]
    here = Leaf(organization_id=channel.organization_id, chart=chart, code=code, channel_id=channel.id)
    suspense, refunds = (replace(here, code="2209", sub=sub) for sub in ("suspense", "refunds"))
    opened = await accounts.open_all(session, [here, suspense, refunds])
    channel.chart, channel.account_id = chart, opened[here]
    channel.suspense_account_id, channel.refunds_account_id = opened[suspense], opened[refunds]
    await session.flush()


async def whole(session: ReadSession, channel: Channel) -> list[UUID]:
    """Return every leaf account on which money of a channel stands: its own, agency money's, on each chart.

    For a bank it is one account, whatever part of it is not ours and whichever chart it was booked on.
    """
    code = ACCOUNT_CODES[channel.kind]
    standing = select(Account.id).where(Account.channel_id == channel.id, Account.code == code)
    return list(await session.scalars(standing.order_by(Account.id)))


async def holds(session: ReadSession, channel: Channel) -> int:
    """Return all the money that the books show in a channel, in fen."""
    return sum((await accounts.standing(session, await whole(session, channel))).values())


async def close(session: WriteSession, channel: Channel) -> None:
    """Stop using a channel for new gifts; what is booked stays, and late events still find it.

    Raises ChannelNotEmpty while the books show money in it.
    """
    await session.refresh(channel, with_for_update=True)
    left = await holds(session, channel)
    if left:
        raise ChannelNotEmpty(channel=channel.code, balance=left)
    channel.closed_at = channel.closed_at or now()
    channel.version += 1
    await session.flush()


def actions(channel: Channel, balance: int) -> dict[str, Permission]:
    """Return what the state of a channel admits, and what each of it takes: only an empty one is closed."""
    admitted = {"change": Permission.channels_change}
    if channel.closed_at is None and not balance:
        admitted["close"] = Permission.channels_change
    return admitted
