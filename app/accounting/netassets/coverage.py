"""Coverage: what a fund owes because a fact cost more than it held, covered when somebody else has agreed."""

import enum
from uuid import UUID

from sqlalchemy import select

from app.accounting.netassets.errors import DueNotFound
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.money import yuan
from app.ledger import funds
from app.ledger.errors import MoreThanLeft
from app.ledger.events import Event
from app.ledger.models import Fund
from app.ledger.movements import dues
from app.ledger.movements.dues import Due
from app.organizations import approvals, organizations
from app.organizations.approvals import Matter
from app.organizations.models import Approval, ApprovalState


class DuePayer(enum.StrEnum):
    """Who covers what is due: the fund itself out of what came in since, or the general fund by decision."""

    fund = "fund"
    general = "general"


KINDS = {DuePayer.fund: "due_by_fund", DuePayer.general: "due_by_general_fund"}
"""Under these names coverages stand among the kinds of approval."""

_TITLES = {DuePayer.fund: "由本基金清偿", DuePayer.general: "由一般基金承担"}


async def ask(session: WriteSession, due: Due, payer: DuePayer, amount: int | None, *, by: str) -> Approval:
    """Ask for what is due, or a part of it, to be covered. Raises MoreThanLeft, AskedAlready."""
    asked = due.left if amount is None else amount
    if asked > due.left:
        raise MoreThanLeft(asked=asked, left=due.left)
    fund = await session.get_one(Fund, due.fund_id)
    matter = Matter(
        kind=KINDS[payer],
        organization_id=due.organization_id,
        subject_id=due.posting_id,
        title=f"基金垫付 {fund.code} {yuan(asked)} 元{_TITLES[payer]}",
        amount_minor=asked,
    )
    return await approvals.ask(session, matter, asked_by=by)


async def ended(session: WriteSession, approval: Approval) -> None:
    """Book a coverage that was agreed to. Raises MoreThanLeft, and FundShort if the payer holds less."""
    if approval.state is not ApprovalState.approved:
        return
    due = await get(session, approval.subject_id)
    general = await funds.general(session, due.organization_id)
    # Two that cover the same at once come one after the other, and the second sees what is left.
    held = select(Fund).where(Fund.id.in_({due.fund_id, general.id})).order_by(Fund.id)
    own = {one.id: one for one in await session.scalars(held.with_for_update(key_share=True))}[due.fund_id]
    payer = own if approval.kind == KINDS[DuePayer.fund] else general
    organization = await organizations.get(session, due.organization_id)
    event = Event(
        occurred_at=now(),
        actor=approval.asked_by,
        chart=organization.chart_version,
        summary=f"approval:{approval.id}",
    )
    due = await get(session, due.posting_id)
    await dues.clear(session, due, payer, event, amount=approval.amount_minor)


async def get(session: ReadSession, posting_id: UUID) -> Due:
    """Return what is due by the posting that it was booked with, or refuse if nothing is any more."""
    due = await dues.of_posting(session, posting_id)
    if due is None:
        raise DueNotFound
    return due
