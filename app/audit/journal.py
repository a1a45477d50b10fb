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

PAGE = 1_000
"""Entries that are in memory at once."""


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

    def add(self, page: Any) -> None:  # noqa: ANN401 - a row of the statement below
        """Count a page that is told after those before it."""
        self.count += page.count
        self.first = page.first if self.first is None else self.first
        self.last = page.last
        for org, chart, label, debit, credit in page.totals:
            total = self.accounts[org, chart, label]
            total[0] += debit
            total[1] += credit

    def written(self) -> list[dict[str, Any]]:
        """Return the totals as JSON: by organization, chart and label."""
        return [
            {"organization": org, "chart": chart, "account": label, "debit": debit, "credit": credit}
            for (org, chart, label), (debit, credit) in sorted(self.accounts.items())
        ]


# The lines of a page are put together by PostgreSQL and sent as one text, with what they add up to: nobody
# parses on the way what they say, and no row becomes an object. Which entries are on the page is settled
# first, then each one's postings are looked up: without the lateral join, a planner that does not know the
# limit would read all postings for a page.
_OF_PROJECT = """
      and exists (select from postings q join accounts b on b.id in (q.debit_account_id, q.credit_account_id)
                  where q.entry_id = e.id and b.project_id = :project)
"""
_LINES = """
    select w.index, w.organization, w.chart, m.debits, m.credits, m.amounts,
      '{"index":' || w.index || ',"entry":' || json_build_object(
        'id', w.id, 'organization', w.organization, 'kind', w.kind, 'reference', w.reference,
        'occurred_at', w.occurred_at, 'booked_on', w.booked_on, 'created_at', w.created_at,
        'actor', w.actor, 'summary', w.summary, 'source', w.source, 'reverses', w.reverses_id,
        'chart', w.chart, 'body_salt', encode(w.body_salt, 'hex'))::text
      || ',"postings":' || m.postings || ',"leaf":' || convert_from(w.body, 'UTF8') || E'}\\n' as line
    from (
      select l.index, l.body, e.*, o.code as organization
      from leaves l
      join entries e on e.id = l.entry_id
      join dimensions o on o.id = e.organization_id
      where l.log_id = :log and l.index > :after and l.index < :size
        and e.organization_id = any(:ids) and e.booked_on between :first and :last {more}
      order by l.index limit :limit
    ) w
    cross join lateral (
      select json_agg(json_build_object(
          'line', p.line, 'debit', d.label, 'credit', c.label, 'amount', p.amount, 'currency', p.currency,
          'fund', f.code, 'direction', p.direction, 'first_serial', p.first_serial,
          'follows', p.follows_posting_id) order by p.line)::text as postings,
        array_agg(d.label) as debits, array_agg(c.label) as credits, array_agg(p.amount) as amounts
      from postings p
      join accounts d on d.id = p.debit_account_id
      join accounts c on c.id = p.credit_account_id
      left join funds f on f.id = p.fund_id
      where p.entry_id = w.id
    ) m
"""
_PAGE = """
    with told as materialized ({lines})
    select count(*) as count, min(index) as first, max(index) as last,
      string_agg(line, '' order by index) as lines,
      (select json_agg(json_build_array(organization, chart, label, debit, credit)) from (
        select organization, chart, label, sum(debit)::bigint as debit, sum(credit)::bigint as credit from (
          select organization, chart, unnest(debits) as label, unnest(amounts) as debit, 0 as credit from told
          union all
          select organization, chart, unnest(credits), 0, unnest(amounts) from told) moved
        group by organization, chart, label) summed) as totals
    from told
"""
_TYPES = (
    bindparam("ids", type_=ARRAY(Uuid())),
    bindparam("first", type_=Date()),
    bindparam("last", type_=Date()),
)


def _page(more: str = "") -> TextClause:
    return text(_PAGE.replace("{lines}", _LINES.replace("{more}", more))).bindparams(*_TYPES)


LINES = f"select line from ({_LINES.replace('{more}', '')}) w order by index"  # noqa: S608 - our own words
"""What a pull says, line by line, as one statement: what streaming is measured against."""
_EVERY, _PROJECTS = _page(), _page(_OF_PROJECT)


async def lines(database: Transactions, extent: Extent, totals: Totals) -> AsyncGenerator[bytes]:
    """Yield the entries as NDJSON, a page at a time and each in a short transaction; `totals` grows along."""
    after, left = extent.after, extent.limit
    while left is None or left > 0:
        wanted = PAGE if left is None else min(PAGE, left)
        async with database.reading() as session:
            page = await _read(session, extent, after, wanted)
        if not page.count:
            return
        totals.add(page)
        after = page.last
        left = None if left is None else left - page.count
        yield page.lines.encode()
        if page.count < wanted:
            return


async def _read(session: ReadSession, extent: Extent, after: int, limit: int) -> Any:  # noqa: ANN401 - a row
    mandate = extent.mandate
    where: dict[str, Any] = {
        "log": extent.checkpoint.log_id,
        "after": after,
        "size": extent.checkpoint.size,
        "ids": list(mandate.organization_ids),
        "first": mandate.first,
        "last": mandate.last,
        "limit": limit,
    }
    if extent.project_id is None:
        return (await session.execute(_EVERY, where)).one()
    return (await session.execute(_PROJECTS, where | {"project": extent.project_id})).one()


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
