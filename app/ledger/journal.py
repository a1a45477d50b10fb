"""The journal: the only way money moves. Entries are posted in batches with a fixed number of statements."""

import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from uuid import UUID

from sqlalchemy import select

from app.kit import bulk, vault
from app.kit.bulk import Statement
from app.kit.clock import legal_day, now
from app.kit.database import WriteSession
from app.kit.facts import fact
from app.ledger import commitments, floors, periods
from app.ledger.drafts import Booked, Commitment, Draft, Follow, Line, Short, allot
from app.ledger.errors import EntryUnfit, FundShort
from app.ledger.models import Account, Balance, Entry, Posting
from app.ledger.models.entries import LINES_MAX
from app.ledger.serials import Counter

__all__ = ["Booked", "Commitment", "Draft", "Follow", "Line", "Receipt", "post"]


@fact()
class Receipt:
    """An entry that is in the books once the transaction commits."""

    entry_id: UUID
    booked_on: date
    postings: list[Booked]


async def post(
    session: WriteSession,
    drafts: Sequence[Draft],
    *,
    ahead: Iterable[Statement] = (),
    along: Iterable[Statement] = (),
) -> list[Receipt]:
    """Book entries in their order, all or none: serial numbers, balances and months move with them.

    `ahead` and `along` are the caller's own statements, made and sent before and behind these entries
    without another wait: the server works on those ahead while the entries are still being made.
    Raises FundShort when a decision asks more of a fund than it holds, AccountShort when it pays more than
    lies on a guarded account; the database refuses the rest.
    """
    if not drafts:
        return []
    for draft in drafts:
        if not 1 <= len(draft.lines) <= LINES_MAX:
            raise EntryUnfit(
                f"an entry has 1 to {LINES_MAX} postings",
                f"一笔分录须有 1 至 {LINES_MAX} 条记账",
                lines=len(draft.lines),
            )
    held = await floors.hold(session, drafts)
    occurred = {draft.id: (draft.organization_id, legal_day(draft.occurred_at)) for draft in drafts}
    wanted = set(occurred.values())
    shared, locked = await bulk.together(session, [periods.sharing(wanted), _locking(drafts)])
    days = await periods.booking_days(session, wanted, shared)
    counters = {row.fund_id: Counter(row.received, row.spent) for row in locked}
    receipts: list[Receipt] = []
    for draft in drafts:
        try:
            receipts.append(Receipt(draft.id, days[occurred[draft.id]], allot(draft, counters)))
        except Short as short:
            raise FundShort(fund=short.line.fund_id, asked=short.line.amount, left=short.left) from None
    bodies = await _bodies(session, receipts)
    await bulk.together(session, chain(ahead, _writes(drafts, receipts, bodies, counters), along))
    await floors.check(session, held)
    return receipts


def _writes(
    drafts: Sequence[Draft],
    receipts: Sequence[Receipt],
    bodies: dict[UUID, bytes],
    counters: dict[UUID, Counter],
) -> Iterator[Statement]:
    # The server writes the entries while their postings are still being put together. The counters come
    # first: the postings are checked against where they stand.
    yield _advanced(counters)
    yield _entries(drafts, receipts, bodies)
    yield _postings(receipts)
    yield _folded(receipts)


def _locking(drafts: Sequence[Draft]) -> Statement:
    funds = sorted({line.fund_id for draft in drafts for line in draft.lines if line.fund_id})
    return Statement(_LOCK_COUNTERS, {"funds": funds})


_LOCK_COUNTERS = (
    "select fund_id, received, spent from fund_counters where fund_id = any(%(funds)s::uuid[])"
    " order by fund_id for no key update"
)
_ADVANCE_COUNTERS = (
    "update fund_counters c set received = n.received, spent = n.spent"
    " from unnest(%(funds)s::uuid[], %(received)s::bigint[], %(spent)s::bigint[])"
    " as n (fund_id, received, spent) where c.fund_id = n.fund_id"
)


def _advanced(counters: dict[UUID, Counter]) -> Statement:
    columns = {
        "funds": list(counters),
        "received": [counter.received for counter in counters.values()],
        "spent": [counter.spent for counter in counters.values()],
    }
    return Statement(_ADVANCE_COUNTERS, columns)


def _entries(drafts: Sequence[Draft], receipts: Sequence[Receipt], bodies: dict[UUID, bytes]) -> Statement:
    salts = {entry_id: commitments.new_salt() for entry_id in bodies}
    written_at = now()
    bound = [_bound(draft) for draft in drafts]
    columns: dict[str, list[object]] = {
        "id": [d.id for d in drafts],
        "created_at": [written_at] * len(drafts),
        "booked_on": [receipt.booked_on for receipt in receipts],
        "body_salt": [salts.get(d.id) for d in drafts],
        "commit_body": [
            commitments.commit("body", salts[d.id], bodies[d.id]) if d.id in bodies else None for d in drafts
        ],
        "commit_donor": [donor for donor, _ in bound],
        "commit_reference": [reference for _, reference in bound],
        "currency": ["CNY"] * len(drafts),
    }
    for name in _COPIED:
        columns[name] = list(map(operator.attrgetter(name), drafts))
    return bulk.inserting(Entry, columns)


_COPIED = (
    *("organization_id", "chart", "kind", "reference", "occurred_at", "actor", "summary", "source"),
    "reverses_id",
)


def _bound(draft: Draft) -> tuple[bytes | None, bytes | None]:
    said = draft.commits
    if said is None:
        return None, None
    told = {"donor": said.donor, "reference": said.reference}
    made = vault.commitments(said.person_key, draft.id, told)
    return made["donor"], made["reference"]


async def _bodies(session: WriteSession, receipts: Sequence[Receipt]) -> dict[UUID, bytes]:
    # Only entries whose postings are not published need one, so recording gifts never pays for this look-up.
    closed = [r for r in receipts if r.postings[0].draft.kind not in commitments.OPEN_KINDS]
    if not closed:
        return {}
    ids = {side for r in closed for posting in r.postings for side in (posting.debit, posting.credit)}
    rows = await session.execute(select(Account.id, Account.label).where(Account.id.in_(ids)))
    labels = {row.id: row.label for row in rows}
    return {
        r.entry_id: commitments.body([(labels[p.debit], labels[p.credit], p.amount) for p in r.postings])
        for r in closed
    }


def _postings(receipts: Sequence[Receipt]) -> Statement:
    postings = [posting for receipt in receipts for posting in receipt.postings]
    columns: dict[str, list[object]] = {
        "id": [p.id for p in postings],
        "entry_id": [p.draft.id for p in postings],
        "line": [p.number for p in postings],
        "organization_id": [p.draft.organization_id for p in postings],
        "chart": [p.draft.chart for p in postings],
        "currency": ["CNY"] * len(postings),
        "debit_account_id": [p.debit for p in postings],
        "credit_account_id": [p.credit for p in postings],
        "amount": [p.amount for p in postings],
        "fund_id": [p.fund_id for p in postings],
        "direction": [p.direction for p in postings],
        "first_serial": [p.first_serial for p in postings],
        "follows_posting_id": [p.follows and p.follows.posting_id for p in postings],
        "follows_kind": [p.follows and p.follows.kind for p in postings],
        "follows_offset": [p.follows and p.follows.offset for p in postings],
        "stands_for_id": [p.stands_for for p in postings],
    }
    return bulk.inserting(Posting, columns)


_FOLD = (
    "on conflict (account_id, month) do update set debit = balances.debit + excluded.debit,"
    " credit = balances.credit + excluded.credit,"
    " posting_count = balances.posting_count + excluded.posting_count"
)


def _folded(receipts: Sequence[Receipt]) -> Statement:
    sums: defaultdict[tuple[UUID, date], list[int]] = defaultdict(lambda: [0, 0, 0])
    for receipt in receipts:
        month = periods.month_of(receipt.booked_on)
        for posting in receipt.postings:
            debit, credit = sums[posting.debit, month], sums[posting.credit, month]
            debit[0] += posting.amount
            debit[2] += 1
            credit[1] += posting.amount
            credit[2] += 1
    # In the order of the key, so that two batches never wait for each other crosswise.
    rows = sorted(sums.items())
    columns: dict[str, list[object]] = {
        "account_id": [key[0] for key, _ in rows],
        "month": [key[1] for key, _ in rows],
        "debit": [total[0] for _, total in rows],
        "credit": [total[1] for _, total in rows],
        "posting_count": [total[2] for _, total in rows],
    }
    return bulk.inserting(Balance, columns, then=_FOLD)
