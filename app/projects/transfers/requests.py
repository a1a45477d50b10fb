"""Requests: money that one member asks to send to another, decided at the sender, through its states."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from app.accounting.models import AgencyMandate
from app.accounting.parties import mandates
from app.accounting.parties.errors import MandateEnded
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.kit.money import yuan
from app.ledger import funds
from app.ledger.errors import FundShort
from app.ledger.models import Fund
from app.ledger.movements.transfers import Nature
from app.organizations import approvals
from app.organizations.approvals import Matter, Tier
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization, Role
from app.projects.courses import Course
from app.projects.models import Transfer, TransferState, TransferStep
from app.projects.transfers.errors import (
    MandateShort,
    TransferMoved,
    TransferNotInState,
    TransferPartsApart,
)

KIND = "transfer"
"""Under this name transfers stand among the kinds of approval."""

STEPS = (Tier(50_000_00, (Role.reviewer,)), Tier(None, (Role.reviewer, Role.admin)))
"""Up to fifty thousand yuan one reviewer of the sender; above, a reviewer and then an admin."""

S = TransferState


def _told(transfer: Transfer) -> tuple[list[UUID], dict[str, Any]]:
    # Both sides hear of it: what the sender has sent the receiver waits for.
    sides = {"sender_id": transfer.sender_id, "receiver_id": transfer.receiver_id}
    names = {name: str(organization_id) for name, organization_id in sides.items()}
    return list(sides.values()), {"nature": transfer.nature, **names}


COURSE = Course(
    kind=KIND,
    payment=Transfer,
    step=TransferStep,
    next={
        S.requested: {S.approved, S.rejected, S.withdrawn},
        S.approved: {S.sent, S.withdrawn},
        S.sent: {S.received},
        S.received: {S.accounted},
        S.accounted: {S.settled, S.received},
        S.settled: set(),
        S.rejected: set(),
        S.withdrawn: set(),
    },
    not_in_state=TransferNotInState,
    overtaken=TransferMoved,
    told=_told,
)
get, withdraw, ended, move = COURSE.get, COURSE.withdraw, COURSE.ended, COURSE.move


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTransfer:
    """What is asked for: who sends how much to whom, of which nature, out of which fund, on what ground."""

    sender_id: UUID
    receiver_id: UUID
    nature: Nature
    amount: int
    purpose: str
    fund_id: UUID | None = None
    mandate_id: UUID | None = None


async def ask(session: WriteSession, new: NewTransfer, *, by: str) -> Transfer:
    """Ask for a transfer and put it before those who decide transfers at the sender.

    Agency money names the mandate that it is handed on by. Raises TransferPartsApart, FundNotUsable,
    FundShort; MandateEnded, MandateShort for more than the mandate still has to hand on.
    """
    receiver = await session.get(Organization, new.receiver_id)
    if receiver is None:
        raise TransferPartsApart(receiver=new.receiver_id)
    values = {name: getattr(new, name) for name in NewTransfer.__slots__}
    transfer = Transfer(code=f"T{new_code(10)}", requested_by=by, **values)
    apart = TransferPartsApart()
    if (new.mandate_id is None) == (new.nature is Nature.agency):
        raise apart
    if new.mandate_id is not None:
        await _must_hand_on(session, new, new.mandate_id)
    names = ("two_members_check", "fund_check", "fund_id_sender_id_fkey", "mandate_fkey")
    async with constraints.told(session, {f"transfers_{name}": apart for name in names}):
        session.add(transfer)
    await _must_hold(session, transfer)
    await COURSE.begin(session, transfer, by=by)
    matter = Matter(
        kind=KIND,
        organization_id=transfer.sender_id,
        subject_id=transfer.id,
        title=f"划拨 {transfer.code} 至 {receiver.name} {yuan(new.amount)} 元",
        amount_minor=new.amount,
    )
    await approvals.ask(session, matter, asked_by=by)
    return transfer


async def _must_hand_on(session: WriteSession, new: NewTransfer, mandate_id: UUID) -> None:
    # Two who ask for one mandate's money at once come in turn, and the second sees what the first asked for.
    mandate = await session.get(AgencyMandate, mandate_id, with_for_update=True, populate_existing=True)
    if mandate is None or mandate.organization_id != new.sender_id:
        raise TransferPartsApart(mandate=mandate_id)
    if mandate.ended_at is not None:
        raise MandateEnded(mandate=mandate.code)
    # What was sent stands in the books already.
    asked = await session.scalar(
        select(func.sum(Transfer.amount)).where(
            Transfer.mandate_id == mandate_id, Transfer.state.in_({S.requested, S.approved})
        )
    )
    left = (await mandates.standing(session, [mandate]))[mandate.id].left - int(asked or 0)
    if left < new.amount:
        raise MandateShort(mandate=mandate.code, left=left)


async def _must_hold(session: ReadSession, transfer: Transfer) -> None:
    if transfer.fund_id is None:
        return
    fund = await session.get_one(Fund, transfer.fund_id)
    funds.check_day(fund, today())
    left = (await funds.left(session, [fund.id])).get(fund.id, 0)
    if left < transfer.amount:
        raise FundShort(fund=fund.id, asked=transfer.amount, left=left)


async def seen(session: ReadSession, transfer_id: UUID, places: frozenset[UUID]) -> Transfer:
    """Return a transfer that one of these members sends or receives, or refuse."""
    transfer = await get(session, transfer_id)
    if not places & {transfer.sender_id, transfer.receiver_id}:
        raise OutOfSight
    return transfer


async def fund(session: ReadSession, fund_id: UUID | None) -> Fund | None:
    """Return the fund that a body names, if it names one; refuse one that there is not."""
    return None if fund_id is None else await must_be_fund(session, fund_id)


async def mandate(session: ReadSession, mandate_id: UUID | None) -> AgencyMandate | None:
    """Return the mandate that a body names, if it names one; refuse one that there is not."""
    if mandate_id is None:
        return None
    found = await session.get(AgencyMandate, mandate_id)
    if found is None:
        raise TransferPartsApart(mandate=mandate_id)
    return found


async def must_be_fund(session: ReadSession, fund_id: UUID) -> Fund:
    """Return a fund, or refuse."""
    found = await session.get(Fund, fund_id)
    if found is None:
        raise TransferPartsApart(fund=fund_id)
    return found


def between(places: frozenset[UUID]) -> Select[Transfer]:
    """Return the query for the transfers that these members send or receive."""
    return select(Transfer).where(or_(Transfer.sender_id.in_(places), Transfer.receiver_id.in_(places)))
