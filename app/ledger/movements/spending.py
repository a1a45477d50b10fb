"""Spending: a fund pays for its purpose, and what was not needed comes back."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import text

from app.kit.database import WriteSession
from app.ledger import accounts, arrivals, funds, journal
from app.ledger.errors import NothingToReturn
from app.ledger.events import Event
from app.ledger.journal import Follow, Line, Receipt
from app.ledger.models import Direction, EntryKind, FollowKind, Fund


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What a fund pays: fen, for which project, out of which channel (1001, 1002 or 1009), to whom.

    `cost` is the kind of cost as the project's budget calls it; its account is one of its own.
    """

    reference: str
    amount: int
    project_id: UUID
    pay_from: UUID
    pay_code: str = "1002"
    counterparty_id: UUID | None = None
    cost: str | None = None


async def spend(session: WriteSession, fund: Fund, payment: Payment, event: Event) -> Receipt:
    """Pay from a fund for a project that its purpose allows (J8).

    Raises PurposeNotAllowed, FundNotUsable, and FundShort if the fund holds less: it is a decision.
    """
    await funds.check_use(session, fund, project_id=payment.project_id, on=event.day)
    organization_id = fund.organization_id
    bare = event.leaf(
        organization_id,
        "5101",
        fund_id=fund.id,
        project_id=payment.project_id,
        counterparty_id=payment.counterparty_id,
    )
    cost = replace(bare, sub=payment.cost)
    money = event.leaf(organization_id, payment.pay_code, channel_id=payment.pay_from)
    opened = await accounts.open_all(session, [cost, money])
    line = Line(
        debit=opened[cost],
        credit=opened[money],
        amount=payment.amount,
        fund_id=fund.id,
        direction=Direction.outflow,
    )
    draft = event.draft(organization_id, EntryKind.disbursement, payment.reference, [line])
    [receipt] = await journal.post(session, [draft])
    return receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What comes back of an outflow: fen, and into which channel."""

    reference: str
    posting_id: UUID
    amount: int
    into: UUID
    into_code: str = "1002"


_OUTFLOW = text(
    "select id, organization_id, chart, fund_id, debit_account_id, amount from postings"
    " where id = :id and direction = 'out'"
)


async def take_back(session: WriteSession, back: Return, event: Event) -> Receipt:
    """Book unspent money that somebody without books here gives back (J10), as the end of what was paid.

    Raises NothingToReturn if more comes back than is out, ArrivalUnfit if it has reached the beneficiary.
    """
    paid = (await session.execute(_OUTFLOW, {"id": back.posting_id})).one_or_none()
    if paid is None:
        raise NothingToReturn(posting=back.posting_id)
    standing = await arrivals.lock(session, paid.id)
    offset = standing.stands - back.amount
    if offset < 0 or standing.goes_on:
        raise NothingToReturn(asked=back.amount, left=0 if standing.goes_on else standing.stands)
    standing.must_not_have_arrived(offset, back.amount)
    money = event.leaf(paid.organization_id, back.into_code, channel_id=back.into)
    cost = await accounts.carry(session, [paid.debit_account_id], paid.chart, event.chart)
    line = Line(
        debit=await accounts.open_one(session, money),
        credit=cost[paid.debit_account_id],
        amount=back.amount,
        fund_id=paid.fund_id,
        direction=Direction.inflow,
        follows=Follow(posting_id=paid.id, offset=offset, kind=FollowKind.returned),
    )
    draft = event.draft(paid.organization_id, EntryKind.returned, back.reference, [line])
    [receipt] = await journal.post(session, [draft])
    return receipt
