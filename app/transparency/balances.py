"""Balances: trial balances as of an index of the log, the same for ever, and their root for every day."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, select, text

from app.kit.database import ReadSession, WriteSession
from app.transparency import heads, leaves, log, tiles, tree
from app.transparency.models import Submission

KIND = "trial_balances"


@dataclass(frozen=True, slots=True)
class Line:
    """What was ever debited and credited to an account by the leaves before an index."""

    organization_id: UUID
    org: str
    chart: str
    code: str
    label: str
    account_id: UUID
    name: str
    name_zh: str
    debit: int
    credit: int


_AS_OF = text(
    """
    select a.organization_id, d.code as org, a.chart, a.code, a.label, a.id, k.name, k.name_zh,
           sum(x.debit)::bigint as debit, sum(x.credit)::bigint as credit
    from leaves l
    join entries e on e.id = l.entry_id
    join postings p on p.entry_id = e.id
    cross join lateral (values (p.debit_account_id, p.amount, 0::bigint),
                               (p.credit_account_id, 0::bigint, p.amount)) x (account_id, debit, credit)
    join accounts a on a.id = x.account_id
    join dimensions d on d.id = a.organization_id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    where l.log_id = :log and l.index < :size and (:everywhere or e.organization_id = any(:ids))
      and e.booked_on <= :until
    group by a.organization_id, d.code, a.chart, a.code, a.label, a.id, k.name, k.name_zh
    order by d.code collate "C", a.chart collate "C", a.label collate "C"
    """
).bindparams(bindparam("ids", type_=ARRAY(Uuid())))


async def as_of(
    session: ReadSession,
    log_id: int,
    size: int,
    organization_ids: Collection[UUID] | None = None,
    *,
    until: date = date(2999, 12, 31),
) -> list[Line]:
    """Return the trial balances of these organizations, or of all, over the first `size` leaves.

    `until` leaves out what was booked on later days, for a mandate that ends there.
    """
    ids = sorted(organization_ids or ())
    where = {"log": log_id, "size": size, "ids": ids, "everywhere": organization_ids is None, "until": until}
    # As long as the books are: the service's own limit on statements is for the rest.
    await session.execute(text("set local statement_timeout = 0"))
    return [Line(*row) for row in await session.execute(_AS_OF, where)]


def digest(org: str, lines: Collection[Line]) -> bytes:
    """Return the hash of one organization's trial balance, as its leaf under the daily root."""
    accounts = [
        {"chart": one.chart, "label": one.label, "debit": str(one.debit), "credit": str(one.credit)}
        for one in lines
    ]
    return tree.leaf_hash(leaves.canonical({"org": org, "accounts": accounts}))


def root(lines: Collection[Line]) -> bytes:
    """Return the root of the tree over every organization's trial balance, by the order of their codes."""
    books: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        books[line.org].append(line)
    grown = tiles.grow({}, 0, [digest(org, books[org]) for org in sorted(books)])
    [found] = tiles.hashes(grown, [(0, len(books))])
    return found


async def announce(session: WriteSession, day: date) -> UUID | None:
    """Append the day's root of all trial balances to the log, once a day; None if there is nothing to do."""
    reference = f"{KIND}:{day}"
    current = await heads.current(session)
    known = await session.scalar(select(Submission.id).where(Submission.reference == reference))
    if current is None or known is not None:
        return None
    lines = await as_of(session, current.id, current.size)
    body = {
        "day": day.isoformat(),
        "as_of_index": str(current.size),
        "organizations": len({line.org for line in lines}),
        "debit": str(sum(line.debit for line in lines)),
        "credit": str(sum(line.credit for line in lines)),
        "root": root(lines).hex(),
    }
    return await log.append(session, KIND, body, reference=reference)
