"""Verification: every leaf recomputed from the data, and the tree recomputed from the leaves."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, text

from app.kit.database import ReadSession
from app.ledger import commitments
from app.ledger.invariants.rules import Invariant
from app.ledger.verification import Check, examine
from app.transparency import heads, leaves, tiles, tree
from app.transparency.lag import WAITING_SECONDS_MAX
from app.transparency.models import Leaf, Log, PublishedCheckpoint, Submission
from app.transparency.tiles import Place

BATCH = 4 * tiles.WIDTH

_GUARDS = ", ".join(
    f"('{name}')"
    for name in (
        *("leaves_append_only", "log_submissions_append_only", "log_checkpoints_append_only"),
        *("logs_append_only", "logs_grow", "tiles_append_only", "tiles_grow"),
    )
)
GUARDED = Invariant(
    "log_guards",
    "The guards of the public log are in place",
    "公开日志的保护规则齐全有效",
    f"select count(*) from (values {_GUARDS}) g (name)",  # noqa: S608
    f"""
    select 'trigger', g.name from (values {_GUARDS}) g (name)
    where not exists (select from pg_trigger t where t.tgname = g.name and t.tgenabled in ('O', 'A'))
    """,  # noqa: S608
)
SEALED = Invariant(
    "log_sealed",
    f"No entry waits for its leaf longer than {WAITING_SECONDS_MAX} seconds",
    f"分录入日志的等待时间不超过 {WAITING_SECONDS_MAX} 秒",
    "select count(*) from entries where exists (select from logs)",
    f"""
    select 'entry', e.id from entries e
    where e.created_at < now() - interval '{WAITING_SECONDS_MAX} seconds' and exists (select from logs)
      and (select l.index from leaves l
           where l.entry_id = e.id and l.log_id = (select max(id) from logs)) is null
    order by e.xid, e.id
    """,  # noqa: S608
)


async def guards(session: ReadSession) -> Check:
    """Look for a guard that is missing."""
    return await examine(session, GUARDED)


async def sealed(session: ReadSession) -> Check:
    """Look for an entry that should have had its leaf long ago."""
    return await examine(session, SEALED)


async def recomputed(session: ReadSession) -> Check:
    """Recompute every leaf from the books and name the first index whose data say something else."""
    examined, offender = 0, None
    log = await heads.current(session)
    if log is not None:
        async for rows in _batches(session, log):
            offender = await _differs(session, rows, examined)
            examined += len(rows)
            if offender:
                break
        if offender is None and examined != log.size:
            offender = f"index {examined} is missing"
    return Check(
        name="log_leaves",
        title="Every leaf of the public log is what the books say",
        title_zh="公开日志的每一条均与账目重新计算一致",
        examined=examined,
        offender=offender,
    )


async def grown(session: ReadSession) -> Check:
    """Hash every stored leaf into the tree anew; name the first index, tile or checkpoint that differs."""
    log = await heads.current(session)
    walk = _Walk()
    if log is not None:
        async for rows in _batches(session, log):
            await walk.over(session, log, rows)
            if walk.offender:
                break
        if walk.offender is None:
            [root] = tiles.hashes(walk.edge, [(0, walk.size)])
            if (walk.size, root) != (log.size, log.root):
                walk.offender = f"index {walk.size}: the leaves do not lead to the head of size {log.size}"
    return Check(
        name="log_tree",
        title="The leaves lead to the tiles, to the head and to every checkpoint that was signed",
        title_zh="由日志条目可重新算出全部数据块、日志头及每个已签名的检查点",
        examined=walk.size,
        offender=walk.offender,
    )


CHECKS = (guards, sealed, recomputed, grown)


async def _batches(session: ReadSession, log: Log) -> AsyncIterator[Sequence[Any]]:
    columns = (Leaf.index, Leaf.body, Leaf.entry_id, Leaf.submission_id)
    at = 0
    while True:
        query = select(*columns).where(Leaf.log_id == log.id, Leaf.index >= at, Leaf.index < log.size)
        rows = (await session.execute(query.order_by(Leaf.index).limit(BATCH))).all()
        if not rows:
            return
        yield rows
        at = rows[-1][0] + 1


async def _differs(session: ReadSession, rows: Sequence[Any], first: int) -> str | None:
    said = await leaves.said(session, [row.entry_id for row in rows if row.entry_id])
    wanted = [row.submission_id for row in rows if row.submission_id]
    found = await session.scalars(select(Submission).where(Submission.id.in_(wanted))) if wanted else ()
    submitted = {row.id: row for row in found}
    broken = await _unopened(session, rows)
    for index, row in enumerate(rows, first):
        if row.index != index:
            return f"index {index} is missing"
        if row.entry_id:
            entry = said.get(row.entry_id)
            body = leaves.of_entry(index, entry) if entry else None
        else:
            told = submitted.get(row.submission_id)
            body = leaves.of_submission(index, told.id, told.kind, told.body) if told else None
        if body is None:
            return f"index {index}: what it was made of is gone"
        if body != row.body:
            return f"index {index}: the leaf is not what the data say"
        if row.entry_id in broken:
            return f"index {index}: the postings are not what was committed to"
    return None


_CLOSED = text(
    """
    select e.id, e.commit_body, e.body_salt,
           (select json_agg(json_build_array(d.label, c.label, p.amount) order by p.line)
            from postings p join accounts d on d.id = p.debit_account_id
            join accounts c on c.id = p.credit_account_id where p.entry_id = e.id) as lines
    from entries e where e.id = any(:ids) and e.kind <> all(:open)
    """
)


async def _unopened(session: ReadSession, rows: Sequence[Any]) -> set[Any]:
    """Return the entries of kinds that are not open whose commitment their postings do not open."""
    given = {
        "ids": [row.entry_id for row in rows if row.entry_id],
        "open": [kind.value for kind in commitments.OPEN_KINDS],
    }
    return {
        row.id
        for row in await session.execute(_CLOSED, given)
        if row.body_salt is None
        or row.commit_body
        != commitments.commit("body", row.body_salt, commitments.body([tuple(line) for line in row.lines]))
    }


@dataclass(slots=True)
class _Walk:
    """A walk over all leaves from the left, with the tiles at the edge of the tree so far."""

    size: int = 0
    edge: dict[Place, bytes] = field(default_factory=dict[Place, bytes])
    offender: str | None = None

    async def over(self, session: ReadSession, log: Log, rows: Sequence[Any]) -> None:
        """Grow the tree by these leaves and compare with the stored tiles and checkpoints on the way."""
        before, fresh = self.size, [tree.leaf_hash(row.body) for row in rows]
        changed = tiles.grow(self.edge, before, fresh)
        self.size = before + len(rows)
        known = self.edge | changed
        self.edge = {place: known[place] for place in tiles.edge(self.size) if place in known}
        stored = await heads.tiles_of(session, log.id, changed)
        for place, row in sorted(changed.items()):
            there = stored.get(place, b"")[: len(row)]
            if there != row:
                self.offender = _where(place, row, there)
                return
        query = select(PublishedCheckpoint.size, PublishedCheckpoint.root).where(
            PublishedCheckpoint.log_id == log.id, PublishedCheckpoint.size > before
        )
        signed = query.where(PublishedCheckpoint.size <= self.size).order_by(PublishedCheckpoint.size)
        for size, root in await session.execute(signed):
            if tiles.hashes(known, [(0, size)]) != [root]:
                self.offender = f"checkpoint {size} was signed for another tree"
                return


def _where(place: Place, row: bytes, there: bytes) -> str:
    pairs = zip(tiles.split(row), [*tiles.split(there), *[b""] * tiles.WIDTH], strict=False)
    first = next(at for at, (ours, theirs) in enumerate(pairs) if ours != theirs)
    at = (place.number * tiles.WIDTH + first) << (tiles.HEIGHT * place.level)
    return f"index {at}: tile {place.level}/{place.number} is not the hash of the leaves"
