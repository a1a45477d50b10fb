"""Terms: where a platform pays out what it collected, after how many days, and which fee it keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounting import channels, numbers
from app.accounting.bank import statements
from app.accounting.bank.errors import LineOfAnotherAccount
from app.accounting.errors import NumberTaken
from app.accounting.models import Channel, ChannelKind, MerchantTerms
from app.accounting.parties.errors import ChannelIsNoMerchantAccount, TermsTaken
from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.organizations.models import Platform

WHOLE = 10_000
"""Basis points of the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """What was agreed with a platform, from a day on; its merchant number is sealed like an account's."""

    valid_from: date
    settlement_channel_id: UUID
    fee_rate_basis_points: int
    settlement_days: int
    merchant_number: str | None = None


def must_be_merchant(channel: Channel) -> None:
    """Refuse a channel that is no platform's merchant account."""
    if channel.kind is not ChannelKind.merchant:
        raise ChannelIsNoMerchantAccount(channel=channel.code)


async def agree(session: WriteSession, channel: Channel, new: NewTerms, *, actor: str) -> MerchantTerms:
    """Record the terms of a merchant account from a day on; those before it stay on record.

    Raises ChannelIsNoMerchantAccount, ChannelIsNoBankAccount, LineOfAnotherAccount, TermsTaken, NumberTaken.
    """
    must_be_merchant(channel)
    into = await channels.get(session, new.settlement_channel_id)
    statements.must_be_bank(into)
    if into.organization_id != channel.organization_id:
        raise LineOfAnotherAccount(channel=into.id)
    if new.merchant_number:
        taken = {"channels_organization_id_number_index_key": NumberTaken()}
        async with constraints.told(session, taken):
            await numbers.keep(session, channel, new.merchant_number)
    agreed = MerchantTerms(
        organization_id=channel.organization_id,
        channel_id=channel.id,
        valid_from=new.valid_from,
        settlement_channel_id=into.id,
        fee_rate_basis_points=new.fee_rate_basis_points,
        settlement_days=new.settlement_days,
        made_by=actor,
    )
    other = {"merchant_terms_channel_id_valid_from_key": TermsTaken(valid_from=new.valid_from)}
    async with constraints.told(session, other):
        session.add(agreed)
    return agreed


async def in_force(session: ReadSession, channel_ids: Sequence[UUID], on: date) -> dict[UUID, MerchantTerms]:
    """Return the terms of these merchant accounts on a day; accounts without any are absent."""
    query = (
        select(MerchantTerms)
        .where(MerchantTerms.channel_id.in_(channel_ids), MerchantTerms.valid_from <= on)
        .order_by(MerchantTerms.channel_id, MerchantTerms.valid_from)
    )
    # The last of each account wins.
    return {one.channel_id: one for one in await session.scalars(query)}


def fee(terms: MerchantTerms, gross: int) -> int:
    """Return the fee in fen that a platform keeps of a gross amount; half a fen counts as one."""
    return (gross * terms.fee_rate_basis_points * 2 + WHOLE) // (WHOLE * 2)


async def platforms(session: ReadSession, accounts: Sequence[Channel]) -> dict[UUID, Platform]:
    """Return whose platform each of these merchant accounts stands at, by channel."""
    ids = [one.platform_id for one in accounts if one.platform_id]
    known = {one.id: one for one in await session.scalars(select(Platform).where(Platform.id.in_(ids)))}
    return {
        one.id: known[one.platform_id] for one in accounts if one.platform_id and one.platform_id in known
    }
