"""Pairs: the two halves of a transfer or of its return, found by the one id that both books share."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import text

from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts


@dataclass(frozen=True, slots=True)
class Half:
    """One side's posting of a pair, and what became of it since.

    Of agency money `owed` are the two accounts, debit and credit, between which a mandate's debt moved. All
    its accounts are of `chart`: whoever names them in an entry carries it to the entry's first.
    """

    posting_id: UUID
    organization_id: UUID
    chart: str
    fund_id: UUID | None
    debit_account_id: UUID
    credit_account_id: UUID
    amount: int
    code: str
    counterparty_id: UUID | None
    follows_posting_id: UUID | None
    follows_offset: int | None
    returned: int
    exchanged: int
    followed: bool
    owed_debit_id: UUID | None
    owed_credit_id: UUID | None


# The account that names the other member tells what the money was for this side.
_HALF = text(
    """
    select p.id, p.organization_id, p.chart, p.fund_id, p.debit_account_id, p.credit_account_id, p.amount,
           case when d.counterparty_id is null then c.code else d.code end,
           coalesce(d.counterparty_id, c.counterparty_id), p.follows_posting_id, p.follows_offset,
           coalesce(sum(f.amount) filter (where f.follows_kind = 'returned'), 0)::bigint,
           coalesce(sum(f.amount) filter (where f.follows_kind = 'exchange'), 0)::bigint,
           coalesce(bool_or(f.follows_kind = 'transfer'), false), b.debit_account_id, b.credit_account_id
    from entries e
    join postings p on p.entry_id = e.id and p.line = 1
    left join postings b on b.entry_id = e.id and b.line = 2
    join accounts d on d.id = p.debit_account_id
    join accounts c on c.id = p.credit_account_id
    left join postings f on f.follows_posting_id = p.id
    where e.reference = :reference
    group by p.id, d.id, c.id, b.id
    """
)


def reference(what: str, pair_id: UUID, side: str) -> str:
    """Return the name of one side's entry, such as transfer:<id>:out."""
    return f"{what}:{pair_id}:{side}"


async def find(session: ReadSession, what: str, pair_id: UUID, side: str) -> Half | None:
    """Return one side of a pair as it stands, None if it is not booked."""
    row = (await session.execute(_HALF, {"reference": reference(what, pair_id, side)})).one_or_none()
    return Half(*row) if row else None


async def carry(session: WriteSession, half: Half, chart: str) -> Half:
    """Return a half with the accounts that go on for its own on the chart on which its member stands now."""
    named = {
        name: account_id
        for name in ("debit_account_id", "credit_account_id", "owed_debit_id", "owed_credit_id")
        if (account_id := getattr(half, name)) is not None
    }
    there = await accounts.carry(session, named.values(), half.chart, chart)
    return replace(half, chart=chart, **{name: there[account_id] for name, account_id in named.items()})
