"""Cash over HTTP: sessions, counts by two people, differences, and deposits."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import channels
from app.accounting import errors as channel_errors
from app.accounting.bank.errors import ChannelIsNoBankAccount, LineOfAnotherAccount
from app.accounting.cash import deposits, errors, sessions
from app.accounting.models import CashDeposit, CashSession
from app.accounting.schemas.cash import (
    CashSessionIn,
    CashSessionOut,
    CashSessionQuery,
    CountIn,
    DepositIn,
    DepositOut,
    DepositQuery,
    DifferenceIn,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import FRAME, Page
from app.ledger.errors import AccountShort
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["cash"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.bank_read)]
Cashier = Annotated[Asking, may(Permission.cash_record)]
Recorder = Annotated[Asking, may(Permission.bank_record)]


@router.post(
    "/cash-sessions",
    operation_id="open_cash_session",
    status_code=201,
    responses=problems.responses(
        errors.CashSessionOpen,
        errors.CashTakenLater,
        errors.ChannelIsNoCashBox,
        errors.SecondPersonNeeded,
        channel_errors.ChannelClosed,
    ),
)
async def open_cash_session(session: Writing, caller: Cashier, body: CashSessionIn) -> CashSessionOut:
    """Open a session on a cash box, or a donation box whose money goes into it; one at a time."""
    channel = await channels.get(session, body.channel_id)
    caller.must(at=channel.organization_id)
    return CashSessionOut.of(await sessions.begin(session, channel, body.opening(), actor=caller.label))


@router.get("/cash-sessions", operation_id="list_cash_sessions")
async def list_cash_sessions(
    session: Reading, caller: Reader, asked: Annotated[CashSessionQuery, Query()]
) -> Page[CashSessionOut]:
    """List sessions on cash boxes, the latest first."""
    exact = asked.model_dump(exclude=FRAME, exclude_none=True)
    query = select(CashSession).where(CashSession.organization_id.in_(caller.visible())).filter_by(**exact)
    found = await pages.page(session, query, [CashSession.id], asked, newest_first=True)
    return found.told([CashSessionOut.of(one) for one in found.items])


@router.get("/cash-sessions/{session_id}", operation_id="read_cash_session")
async def read_cash_session(session: Reading, caller: Reader, session_id: UUID) -> CashSessionOut:
    """Read a session on a cash box."""
    found = await sessions.get(session, session_id)
    caller.must(at=found.organization_id)
    return CashSessionOut.of(found)


@router.post(
    "/cash-sessions/{session_id}/count",
    operation_id="record_cash_count",
    responses=problems.responses(errors.CashSessionNotOpen, errors.SecondPersonNeeded),
)
async def record_cash_count(
    session: Writing, caller: Cashier, session_id: UUID, body: CountIn
) -> CashSessionOut:
    """Write down what two people have counted; a counter's session that agrees is closed."""
    held = await sessions.hold(session, session_id)
    caller.must(at=held.organization_id)
    await sessions.count(session, held, body.denominations, second=body.second_id, actor=caller.label)
    return CashSessionOut.of(held)


@router.post(
    "/cash-sessions/{session_id}/difference",
    operation_id="record_cash_difference",
    responses=problems.responses(errors.CashSessionNotCounted, errors.CountersDecide),
)
async def record_cash_difference(
    session: Writing, caller: Recorder, session_id: UUID, body: DifferenceIn
) -> CashSessionOut:
    """Decide about a difference between count and sum, with its reason, and book it; not who counted."""
    held = await sessions.hold(session, session_id)
    caller.must(at=held.organization_id)
    await sessions.settle(session, held, reason=body.reason, actor=caller.label)
    return CashSessionOut.of(held)


@router.post(
    "/cash-deposits",
    operation_id="record_cash_deposit",
    status_code=201,
    responses=problems.responses(
        errors.ChannelIsNoCashBox,
        ChannelIsNoBankAccount,
        LineOfAnotherAccount,
        errors.SlipTaken,
        AccountShort,
    ),
)
async def record_cash_deposit(session: Writing, caller: Cashier, body: DepositIn) -> DepositOut:
    """Record cash that was taken to the bank: it leaves its box, and waits for the bank's line."""
    box = await channels.get(session, body.box_id)
    caller.must(at=box.organization_id)
    bank = await channels.get(session, body.bank_id)
    return DepositOut.of(await deposits.make(session, box, bank, body.slip(), actor=caller.label))


@router.get("/cash-deposits", operation_id="list_cash_deposits")
async def list_cash_deposits(
    session: Reading, caller: Reader, asked: Annotated[DepositQuery, Query()]
) -> Page[DepositOut]:
    """List deposits, the latest first."""
    query = select(CashDeposit).where(CashDeposit.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(CashDeposit.organization_id == asked.organization_id)
    found = await pages.page(
        session, query, [CashDeposit.id], asked, newest_first=True, amount=CashDeposit.amount
    )
    return found.told([DepositOut.of(one) for one in found.items])
