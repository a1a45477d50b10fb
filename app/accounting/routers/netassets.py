"""Decisions about net assets over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting.models import FundMove, Investment
from app.accounting.netassets import coverage, errors, investments, moves
from app.accounting.schemas.netassets.decisions import (
    FundMoveIn,
    FundMoveOut,
    FundMoveQuery,
    InvestmentIn,
    InvestmentOut,
    InvestmentQuery,
)
from app.accounting.schemas.netassets.dues import DueCoverageIn, DueCoverageOut, DuesOut
from app.accounting.vouchers.errors import InputUnfit, LineUnfit
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import FundNotUsable, FundShort, MoreThanLeft
from app.ledger.movements import dues
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import AskedAlready
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["net assets"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]
Reviewer = Annotated[Asking, may(Permission.vouchers_review)]


@router.post(
    "/fund-moves",
    operation_id="create_fund_move",
    status_code=201,
    responses=problems.responses(errors.FundMoveUnfit, errors.RestrictionStands),
)
async def create_fund_move(session: Writing, caller: Recorder, body: FundMoveIn) -> FundMoveOut:
    """Ask for the release of a restriction (J16), or for another purpose (J17); somebody else decides."""
    caller.must(at=body.organization_id)
    return FundMoveOut.of(await moves.request(session, body.as_move(caller.label)))


@router.get("/fund-moves", operation_id="list_fund_moves")
async def list_fund_moves(
    session: Reading, caller: Reader, asked: Annotated[FundMoveQuery, Query()]
) -> Page[FundMoveOut]:
    """List the moves between funds, the newest first."""
    query = select(FundMove).where(FundMove.organization_id.in_(caller.visible()))
    for name in ("organization_id", "kind", "state"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(FundMove, name) == wanted)
    found = await pages.page(session, query, [FundMove.id], asked, newest_first=True, amount=FundMove.amount)
    return found.told([FundMoveOut.of(one) for one in found.items])


@router.get("/fund-moves/{move_id}", operation_id="read_fund_move")
async def read_fund_move(session: Reading, caller: Reader, move_id: UUID) -> FundMoveOut:
    """Read a move between funds."""
    move = await moves.get(session, move_id)
    caller.must(at=move.organization_id)
    return FundMoveOut.of(move)


@router.post(
    "/fund-moves/{move_id}/approval",
    operation_id="approve_fund_move",
    responses=problems.responses(
        *(errors.OwnFundMove, errors.FundMoveDecided, errors.FundMoveUnfit, errors.RestrictionStands),
        *(FundShort, FundNotUsable),
    ),
)
async def approve_fund_move(session: Writing, caller: Reviewer, move_id: UUID) -> FundMoveOut:
    """Book a move that somebody else asked for."""
    move = await moves.lock(session, move_id)
    caller.must(at=move.organization_id)
    organization = await organizations.get(session, move.organization_id)
    return FundMoveOut.of(
        await moves.approve(session, move, by=caller.label, chart=organization.chart_version)
    )


@router.post(
    "/fund-moves/{move_id}/refusal",
    operation_id="decline_fund_move",
    responses=problems.responses(errors.OwnFundMove, errors.FundMoveDecided),
)
async def decline_fund_move(session: Writing, caller: Reviewer, move_id: UUID) -> FundMoveOut:
    """Turn down a move that somebody else asked for."""
    move = await moves.lock(session, move_id)
    caller.must(at=move.organization_id)
    return FundMoveOut.of(await moves.decline(session, move, by=caller.label))


@router.get("/organizations/{organization_id}/dues", operation_id="read_dues", summary="Read what funds owe")
async def read_dues(session: Reading, caller: Reader, organization_id: UUID) -> DuesOut:
    """Read what funds owe because a fact cost more than they held (1122), the oldest first."""
    caller.must(at=organization_id)
    return DuesOut.of(await dues.waiting(session, [organization_id]))


@router.post(
    "/dues/{posting_id}/coverage",
    operation_id="request_due_coverage",
    summary="Ask for a due to be covered",
    status_code=201,
    responses=problems.responses(errors.DueNotFound, MoreThanLeft, AskedAlready),
)
async def request_due_coverage(
    session: Writing, caller: Recorder, posting_id: UUID, body: DueCoverageIn
) -> DueCoverageOut:
    """Ask for what a fund owes to be covered, by itself or by the general fund; an approval books it."""
    due = await coverage.get(session, posting_id)
    caller.must(at=due.organization_id)
    amount = body.amount and body.amount.amount
    return DueCoverageOut.of(await coverage.ask(session, due, body.payer, amount, by=caller.label))


@router.post(
    "/investments",
    operation_id="create_investment",
    status_code=201,
    responses=problems.responses(
        *(errors.InvestmentProhibited, errors.InvestmentFundUnfit, errors.TwoThirdsMissing),
        *(FundShort, LineUnfit, InputUnfit),
    ),
)
async def create_investment(session: Writing, caller: Recorder, body: InvestmentIn) -> InvestmentOut:
    """Record an investment that the law allows, with its resolution, and write the draft of its voucher."""
    caller.must(at=body.organization_id)
    investment = await investments.decide(
        session,
        body.as_investment(caller.label),
        body.inputs(),
        government_funded=body.government_funded,
    )
    return InvestmentOut.of(investment)


@router.get("/investments", operation_id="list_investments")
async def list_investments(
    session: Reading, caller: Reader, asked: Annotated[InvestmentQuery, Query()]
) -> Page[InvestmentOut]:
    """List the investments, the newest first."""
    query = select(Investment).where(Investment.organization_id.in_(caller.visible()))
    if asked.organization_id is not None:
        query = query.where(Investment.organization_id == asked.organization_id)
    found = await pages.page(
        session, query, [Investment.id], asked, newest_first=True, amount=Investment.amount
    )
    return found.told([InvestmentOut.of(one) for one in found.items])
