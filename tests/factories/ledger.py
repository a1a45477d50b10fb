"""Books with an organization, funds, a channel and whatever moves between them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import text

from app.kit.database import WriteSession
from app.kit.ids import new_code, new_id
from app.ledger import accounts, arrivals, dimensions, exchanges, funds, journal, periods
from app.ledger.accounts import Leaf
from app.ledger.events import Event
from app.ledger.journal import Draft, Line, Receipt
from app.ledger.models import Arrival, ArrivalKind, DimensionKind, Direction, EntryKind, Fund
from app.ledger.movements import givebacks, redesignations, spending, transfers
from app.ledger.movements.givebacks import Giveback, Takeback
from app.ledger.movements.redesignations import Move
from app.ledger.movements.spending import Return
from app.ledger.movements.transfers import Nature, Receiving, Sending, Settlement

CHART = "2026"
NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Books:
    """One organization's books with a channel, a bank account and a project."""

    organization_id: UUID
    general: Fund
    channel_id: UUID
    bank_id: UUID
    project_id: UUID


async def books(session: WriteSession, *, books_from: date = date(2026, 1, 1)) -> Books:
    organization = await dimensions.declare(session, DimensionKind.organization, f"O{new_code(8)}")
    await periods.open_books(session, organization.id, books_from)
    at = {"organization_id": organization.id}
    return Books(
        organization_id=organization.id,
        general=await funds.open_general(session, organization.id),
        channel_id=(await dimensions.declare(session, DimensionKind.channel, "tencent", **at)).id,
        bank_id=(await dimensions.declare(session, DimensionKind.channel, "bank", **at)).id,
        project_id=(await dimensions.declare(session, DimensionKind.project, "P1", **at)).id,
    )


async def fund(session: WriteSession, books: Books, *, code: str | None = None, **over: object) -> Fund:
    values = {"title": "慈安桥", "restricted": True} | over
    row = Fund(organization_id=books.organization_id, code=code or f"F{new_code(6)}", **values)
    await funds.open_fund(session, row)
    await funds.allow(session, row, books.project_id)
    return row


async def account(
    session: WriteSession, books: Books, code: str, *, sub: str | None = None, **dims: UUID | None
) -> UUID:
    leaf = Leaf(organization_id=books.organization_id, chart=CHART, code=code, sub=sub, **dims)
    return await accounts.open_one(session, leaf)


async def gift_draft(session: WriteSession, books: Books, fund: Fund, amount: int) -> Draft:
    line = Line(
        debit=await account(session, books, "1009", channel_id=books.channel_id),
        credit=await account(session, books, "4101", fund_id=fund.id),
        amount=amount,
        fund_id=fund.id,
        direction=Direction.inflow,
    )
    return draft(books, EntryKind.donation, line)


def draft(books: Books, kind: EntryKind, *lines: Line, occurred_at: datetime = NOON, **over: object) -> Draft:
    values = {"reference": f"{kind}:{new_id()}", "actor": "test"} | over
    return Draft(
        organization_id=books.organization_id,
        chart=CHART,
        kind=kind,
        occurred_at=occurred_at,
        lines=lines,
        **values,
    )


async def gift(session: WriteSession, books: Books, fund: Fund, amount: int) -> Receipt:
    [receipt] = await journal.post(session, [await gift_draft(session, books, fund, amount)])
    return receipt


async def spend(
    session: WriteSession,
    books: Books,
    fund: Fund,
    amount: int,
    *,
    due_from: UUID | None = None,
    postings: int = 1,
) -> Receipt:
    line = Line(
        debit=await account(session, books, "5101", fund_id=fund.id, project_id=books.project_id),
        credit=await account(session, books, "1002", channel_id=books.bank_id),
        amount=amount,
        fund_id=fund.id,
        direction=Direction.outflow,
        due_from=due_from,
    )
    shares = [[line] * min(200, postings - done) for done in range(0, postings, 200)]
    drafts = [draft(books, EntryKind.disbursement, *lines) for lines in shares]
    return (await journal.post(session, drafts))[-1]


async def refund(
    session: WriteSession,
    books: Books,
    gift: Receipt,
    amount: int,
    *,
    fact: bool = False,
    paid_by: Fund | None = None,
) -> Receipt:
    """Take a part of a gift back: a decision, or a fact that happens whatever the fund holds."""
    [parts] = (await exchanges.standing(session, [gift.entry_id])).values()
    payers = {paid_by.id} if paid_by else {part.fund_id for part in parts}
    due = {payer: await account(session, books, "1122", fund_id=payer) for payer in payers}
    lines = exchanges.lines(
        exchanges.divide(parts, amount),
        credit=await account(session, books, "2209"),
        debit={paid_by.id: await account(session, books, "5301", fund_id=paid_by.id)} if paid_by else None,
        due_from=due if fact else None,
        paid_by=paid_by.id if paid_by else None,
    )
    [receipt] = await journal.post(session, [draft(books, EntryKind.refund, *lines)])
    return receipt


def event(summary: str = "test") -> Event:
    return Event(occurred_at=NOON, actor="test", summary=summary)


async def transfer(
    session: WriteSession, sender: Books, receiver: Books, fund: Fund | None, amount: int, **over: object
) -> tuple[UUID, Receipt]:
    values = {"nature": Nature.grant, "id": new_id()} | over
    sending = Sending(
        sender_id=sender.organization_id,
        receiver_id=receiver.organization_id,
        amount=amount,
        pay_from=sender.bank_id,
        fund=fund,
        **values,
    )
    return sending.id, await transfers.send(session, sending, event())


async def receive(
    session: WriteSession,
    receiver: Books,
    fund: Fund | None,
    transfer_id: UUID,
    *,
    owed_id: UUID | None = None,
) -> Receipt:
    receiving = Receiving(
        transfer_id=transfer_id,
        receiver_id=receiver.organization_id,
        into=receiver.bank_id,
        fund=fund,
        owed_id=owed_id,
    )
    return await transfers.receive(session, receiving, event())


async def give_back(
    session: WriteSession, giver: Books, transfer_id: UUID, amount: int
) -> tuple[UUID, Receipt]:
    giving = Giveback(id=new_id(), transfer_id=transfer_id, amount=amount, pay_from=giver.bank_id)
    return giving.id, await givebacks.give_back(session, giving, event())


async def take_back(session: WriteSession, taker: Books, transfer_id: UUID, giveback_id: UUID) -> Receipt:
    taking = Takeback(id=giveback_id, transfer_id=transfer_id, into=taker.bank_id)
    return await givebacks.take_back(session, taking, event())


async def returned(session: WriteSession, books: Books, outflow: UUID, amount: int) -> Receipt:
    back = Return(reference=f"back:{new_id()}", posting_id=outflow, amount=amount, into=books.bank_id)
    return await spending.take_back(session, back, event())


async def move(session: WriteSession, source: Fund, target: Fund, amount: int) -> Receipt:
    moving = Move(reference=f"move:{new_id()}", source=source, target=target, amount=amount)
    return await redesignations.move(session, moving, event())


async def settle(session: WriteSession, transfer_id: UUID, fund: Fund) -> list[Receipt]:
    return await transfers.settle(session, Settlement(transfer_id=transfer_id, fund=fund), event())


async def postings_read(session: WriteSession) -> int:
    """How many rows of postings this transaction has read; from now on as if they were too many to scan."""
    return await rows_read(session, "postings")


async def rows_read(session: WriteSession, table: str) -> int:
    """How many rows of a table this transaction has read; from now on as if they were too many to scan."""
    for small_table_plan in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin"):
        await session.execute(text(f"set local {small_table_plan} = off"))
    counted = "coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
    query = text(f"select {counted} from pg_stat_xact_user_tables where relname = :table")
    return (await session.execute(query, {"table": table})).scalar_one()


async def arrival(
    session: WriteSession, posting_id: UUID, *, start: int, amount: int, on: date | None = None
) -> Arrival:
    row = Arrival(
        posting_id=posting_id,
        start=start,
        amount=amount,
        kind=ArrivalKind.paid,
        arrived_on=on or NOON.date(),
        evidence="receipt",
    )
    return await arrivals.record(session, row)
