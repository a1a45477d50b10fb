"""Moves: a restriction ends (J16), or money gets another purpose (J17), with its ground and two people."""

from uuid import UUID

from sqlalchemy import select

from app.accounting.models import FundMove, Ground, MoveKind, MoveState
from app.accounting.netassets.errors import (
    FundMoveDecided,
    FundMoveNotFound,
    FundMoveUnfit,
    OwnFundMove,
    RestrictionStands,
)
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.ledger.events import Event
from app.ledger.models import Fund
from app.ledger.movements import redesignations
from app.ledger.movements.redesignations import Move

GROUNDS = {
    MoveKind.release: {Ground.limits_ended, Ground.provider_revoked},
    MoveKind.redesignation: {
        *(Ground.donor_consent, Ground.filed_change, Ground.provider_restricted, Ground.law)
    },
}
"""By what each kind may happen: 会计制度 art. 69-71, 慈善法 art. 58."""


async def request(session: WriteSession, move: FundMove) -> FundMove:
    """Ask for a move. Raises FundMoveUnfit, RestrictionStands: what could never be booked is told now."""
    await _fit(session, move)
    session.add(move)
    await session.flush()
    return move


async def _fit(session: ReadSession, move: FundMove) -> tuple[Fund, Fund]:
    source, target = [
        await session.get(Fund, fund_id) for fund_id in (move.source_fund_id, move.target_fund_id)
    ]
    here = {fund.organization_id for fund in (source, target) if fund}
    if source is None or target is None or here != {move.organization_id} or source is target:
        raise FundMoveUnfit(
            "a move is between two funds of the organization", "调整须在本机构的两个基金之间进行"
        )
    if move.ground not in GROUNDS[move.kind]:
        raise FundMoveUnfit(
            "the ground is not one for this kind", "该依据不适用于此类调整", ground=move.ground
        )
    if move.kind is MoveKind.release:
        if not source.restricted or not target.general:
            raise FundMoveUnfit(
                "a release goes from a restricted fund to the general one",
                "解除限定须由限定基金转入非限定基金",
            )
        if move.ground is Ground.limits_ended and source.usable_until and source.usable_until >= today():
            raise RestrictionStands(usable_until=source.usable_until)
    elif not target.restricted:
        raise FundMoveUnfit(
            "money that becomes free is released, not re-designated",
            "转为非限定的资金应办理解除限定，而非改变用途",
        )
    return source, target


async def approve(session: WriteSession, move: FundMove, *, by: str, chart: str) -> FundMove:
    """Book a move that somebody else asked for. Raises OwnFundMove, FundMoveDecided, FundShort."""
    _must_be_anothers(move, by)
    source, target = await _fit(session, move)
    event = Event(occurred_at=now(), actor=by, chart=chart, summary=f"{move.kind}: {move.ground}")
    moving = Move(
        reference=f"fund-move:{move.id}",
        source=source,
        target=target,
        amount=move.amount,
        released=move.kind is MoveKind.release,
    )
    receipt = await redesignations.move(session, moving, event)
    move.entry_id = receipt.entry_id
    return await _decided(session, move, MoveState.booked, by)


async def decline(session: WriteSession, move: FundMove, *, by: str) -> FundMove:
    """Turn a move down."""
    _must_be_anothers(move, by)
    return await _decided(session, move, MoveState.declined, by)


def _must_be_anothers(move: FundMove, by: str) -> None:
    if move.state is not MoveState.requested:
        raise FundMoveDecided(state=move.state)
    if by == move.requested_by:
        raise OwnFundMove


async def _decided(session: WriteSession, move: FundMove, state: MoveState, by: str) -> FundMove:
    # All at once: the database knows no half-decided move.
    move.state, move.decided_by, move.decided_at = state, by, now()
    await session.flush()
    return move


async def lock(session: WriteSession, move_id: UUID) -> FundMove:
    """Return a move as it is now and keep it so until the transaction ends."""
    query = select(FundMove).where(FundMove.id == move_id).with_for_update()
    move = await session.scalar(query.execution_options(populate_existing=True))
    if move is None:
        raise FundMoveNotFound
    return move


async def get(session: ReadSession, move_id: UUID) -> FundMove:
    """Return a move, or refuse."""
    move = await session.get(FundMove, move_id)
    if move is None:
        raise FundMoveNotFound
    return move
