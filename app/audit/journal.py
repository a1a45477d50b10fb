"""Journal: every entry in the order of the public log, streamed page by page, with a trailer that adds up."""

from collections import defaultdict
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, Date, TextClause, Uuid, bindparam, text

from app.audit.mandates import Mandate
from app.kit.database import ReadSession, Transactions
from app.transparency.models import PublishedCheckpoint

PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Extent:
    """What is pulled: of whom, after which index, how much at most, and up to which signed checkpoint."""

    mandate: Mandate
    checkpoint: PublishedCheckpoint
    after: int = -1
    limit: int | None = None
    project_id: UUID | None = None
    """Only what touches this project; all if absent."""


@dataclass(slots=True)
class Totals:
    """What has been told so far: where the pull stands, and what it adds up to by account."""

    count: int = 0
    first: int | None = None
    last: int | None = None
    accounts: defaultdict[tuple[str, str, str], list[int]] = field(
        default_factory=lambda: defaultdict[tuple[str, str, str], list[int]](lambda: [0, 0])
    )

    def written(self) -> list[dict[str, Any]]:
        """Return the totals as JSON: by organization, chart and label."""
        return [
            {"organization": org, "chart": chart, "account": label, "debit": debit, "credit": credit}
            for (org, chart, label), (debit, credit) in sorted(self.accounts.items())
        ]


# The line is put together by PostgreSQL: what it says is parsed by nobody on the way.
_WANTED = """
    from leaves l
    join entries e on e.id = l.entry_id
    join dimensions o on o.id = e.organization_id
    where l.log_id = :log and l.index > :after and l.index {end}
      and e.organization_id = any(:ids) and e.booked_on between :first and :last
"""
_OF_PROJECT = """
      and exists (select from postings q join accounts b on b.id in (q.debit_account_id, q.credit_account_id)
                  where q.entry_id = e.id and b.project_id = :project)
"""
_TYPES = (
    bindparam("ids", type_=ARRAY(Uuid())),
    bindparam("first", type_=Date()),
    bindparam("last", type_=Date()),
)
_LINES = (
    """
    select l.index, '{"index":' || l.index || ',"entry":' || json_build_object(
        'id', e.id, 'organization', o.code, 'kind', e.kind, 'reference', e.reference,
        'occurred_at', e.occurred_at, 'booked_on', e.booked_on, 'created_at', e.created_at,
        'actor', e.actor, 'summary', e.summary, 'source', e.source, 'reverses', e.reverses_id,
        'chart', e.chart, 'body_salt', encode(e.body_salt, 'hex'))::text
      || ',"postings":' || (
        select json_agg(json_build_object(
          'line', p.line, 'debit', d.label, 'credit', c.label, 'amount', p.amount, 'currency', p.currency,
          'fund', f.code, 'direction', p.direction, 'first_serial', p.first_serial,
          'follows', p.follows_posting_id) order by p.line)::text
        from postings p
        join accounts d on d.id = p.debit_account_id
        join accounts c on c.id = p.credit_account_id
        left join funds f on f.id = p.fund_id
        where p.entry_id = e.id)
      || ',"leaf":' || convert_from(l.body, 'UTF8') || E'}\\n' as line
    """  # noqa: S608 - our own words
    + _WANTED.format(end="< :size")
    + "{more} order by l.index limit :limit"
)
_SUMS = (
    """
    select o.code as org, a.chart, a.label, sum(x.debit)::bigint as debit, sum(x.credit)::bigint as credit
    from (select l.index, e.id, o.code """  # noqa: S608 - our own words
    + _WANTED.format(end="<= :until")
    + """{more}) o
    join postings p on p.entry_id = o.id
    cross join lateral (values (p.debit_account_id, p.amount, 0::bigint),
                               (p.credit_account_id, 0::bigint, p.amount)) x (account_id, debit, credit)
    join accounts a on a.id = x.account_id
    group by o.code, a.chart, a.label
    """
)


def _statement(words: str, more: str = "") -> TextClause:
    return text(words.replace("{more}", more)).bindparams(*_TYPES)


LINES, _TOTALS = _statement(_LINES), _statement(_SUMS)
_LINES_OF_PROJECT, _TOTALS_OF_PROJECT = _statement(_LINES, _OF_PROJECT), _statement(_SUMS, _OF_PROJECT)


async def lines(database: Transactions, extent: Extent, totals: Totals) -> AsyncGenerator[bytes]:
    """Yield the entries as NDJSON, a page at a time and each in a short transaction; `totals` grows along."""
    after, left = extent.after, extent.limit
    while left is None or left > 0:
        page = PAGE if left is None else min(PAGE, left)
        async with database.reading() as session:
            rows = await _page(session, extent, after, page)
            if rows:
                await _add(session, extent, totals, (after, rows[-1].index))
        if not rows:
            return
        totals.count += len(rows)
        totals.first = rows[0].index if totals.first is None else totals.first
        after = totals.last = rows[-1].index
        left = None if left is None else left - len(rows)
        yield "".join(row.line for row in rows).encode()
        if len(rows) < page:
            return


async def _page(session: ReadSession, extent: Extent, after: int, page: int) -> list[Any]:
    where = _where(extent, after) | {"size": extent.checkpoint.size, "limit": page}
    statement = LINES if extent.project_id is None else _LINES_OF_PROJECT
    return list((await session.execute(statement, where)).all())


async def _add(session: ReadSession, extent: Extent, totals: Totals, span: tuple[int, int]) -> None:
    statement = _TOTALS if extent.project_id is None else _TOTALS_OF_PROJECT
    for row in await session.execute(statement, _where(extent, span[0]) | {"until": span[1]}):
        total = totals.accounts[row.org, row.chart, row.label]
        total[0] += row.debit
        total[1] += row.credit


def _where(extent: Extent, after: int) -> dict[str, Any]:
    mandate = extent.mandate
    return {
        "log": extent.checkpoint.log_id,
        "after": after,
        "ids": list(mandate.organization_ids),
        "first": mandate.first,
        "last": mandate.last,
    } | ({} if extent.project_id is None else {"project": extent.project_id})


async def stream(database: Transactions, extent: Extent) -> AsyncGenerator[bytes]:
    """Yield the lines and then the trailer: count, where to go on, totals by account, the checkpoint."""
    totals = Totals()
    async for part in lines(database, extent, totals):
        yield part
    yield orjson.dumps({"trailer": trailer(extent, totals)}) + b"\n"


def trailer(extent: Extent, totals: Totals) -> dict[str, Any]:
    """Return what closes a pull. `next_after` goes on behind everything that was looked at."""
    cut = extent.limit is not None and totals.count >= extent.limit and totals.last is not None
    return {
        "count": totals.count,
        "first_index": totals.first,
        "last_index": totals.last,
        "next_after": totals.last if cut else max(extent.checkpoint.size - 1, extent.after),
        "complete": not cut,
        "totals": totals.written(),
        "checkpoint": extent.checkpoint.note,
    }
