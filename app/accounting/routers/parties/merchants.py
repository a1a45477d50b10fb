"""Merchant accounts over HTTP: whose platform, which bank account they are paid out to, and for which fee."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import channels
from app.accounting.bank.errors import ChannelIsNoBankAccount, LineOfAnotherAccount
from app.accounting.errors import NumberTaken
from app.accounting.models import Channel, ChannelKind, MerchantTerms
from app.accounting.parties import errors, terms
from app.accounting.schemas.parties.merchants import (
    MerchantOut,
    MerchantQuery,
    MerchantTermsIn,
    MerchantTermsOut,
    MerchantTermsQuery,
)
from app.kit.clock import today
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.ledger import accounts
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/accounting/merchant-accounts", tags=["accounting"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.bank_read)]
Recorder = Annotated[Asking, may(Permission.bank_record)]


async def _shown(session: ReadSession, told: Sequence[Channel]) -> list[MerchantOut]:
    agreed = await terms.in_force(session, [one.id for one in told], today())
    platforms = await terms.platforms(session, told)
    stands = await accounts.standing(session, [one.account_id for one in told])
    return [
        MerchantOut.of(one, platforms.get(one.id), agreed.get(one.id), stands[one.account_id]) for one in told
    ]


@router.get("", operation_id="list_merchant_accounts")
async def list_merchant_accounts(
    session: Reading, caller: Reader, asked: Annotated[MerchantQuery, Query()]
) -> Page[MerchantOut]:
    """List the platforms' merchant accounts with what lies there and the terms in force, by code."""
    query = select(Channel).where(
        Channel.organization_id.in_(caller.visible()), Channel.kind == ChannelKind.merchant
    )
    if asked.organization_id:
        query = query.where(Channel.organization_id == asked.organization_id)
    found = await pages.page(session, query, [Channel.code, Channel.id], asked)
    return found.told(await _shown(session, found.items))


@router.get(
    "/{channel_id}",
    operation_id="read_merchant_account",
    responses=problems.responses(errors.ChannelIsNoMerchantAccount),
)
async def read_merchant_account(session: Reading, caller: Reader, channel_id: UUID) -> MerchantOut:
    """Read a merchant account with the terms in force today."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    terms.must_be_merchant(channel)
    [shown] = await _shown(session, [channel])
    return shown


@router.post(
    "/{channel_id}/terms",
    operation_id="add_merchant_terms",
    response_model=MerchantTermsOut,
    status_code=201,
    responses=problems.responses(
        *(errors.ChannelIsNoMerchantAccount, errors.TermsTaken, NumberTaken),
        *(ChannelIsNoBankAccount, LineOfAnotherAccount),
    ),
)
async def add_merchant_terms(
    session: Writing, caller: Recorder, channel_id: UUID, body: MerchantTermsIn
) -> MerchantTerms:
    """Record what was agreed with a platform from a day on; earlier terms stay on record."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    return await terms.agree(session, channel, body.terms(), actor=caller.label)


@router.get("/{channel_id}/terms", operation_id="list_merchant_terms")
async def list_merchant_terms(
    session: Reading, caller: Reader, channel_id: UUID, asked: Annotated[MerchantTermsQuery, Query()]
) -> Page[MerchantTermsOut]:
    """List all terms that a merchant account has had, the latest first."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    query = select(MerchantTerms).where(MerchantTerms.channel_id == channel.id)
    keys = [MerchantTerms.valid_from, MerchantTerms.id]
    found = await pages.page(session, query, keys, asked, newest_first=True)
    items = [MerchantTermsOut.model_validate(one) for one in found.items]
    return found.told(items)
