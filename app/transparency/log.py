"""Log: what is appended to it, and the sealer that gives every committed entry its leaf."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.kit import bulk
from app.kit.clock import now
from app.kit.database import WriteSession
from app.transparency import heads, leaves, tiles, tree
from app.transparency.errors import HeadMoved, HistoryRewritten
from app.transparency.models import Leaf, Log, Submission, Tile
from app.transparency.tiles import Place

BATCH_MAX = 4096
BODY_BYTES_MAX = 60_000
_LOCK = 0x7365616C  # "seal"


async def append(
    session: WriteSession, kind: str, body: Mapping[str, Any], *, reference: str | None = None
) -> UUID:
    """Let something be sealed into the public log if the caller's transaction commits; return its id.

    It becomes public word by word and for ever: never a person's data, nor a bare hash of it. Amounts are
    strings of fen. What is submitted again under the same `reference` is the first one.
    """
    written = leaves.canonical(body)
    if len(written) > BODY_BYTES_MAX:
        raise ValueError("too long for a leaf: publish a digest of it")
    submission = Submission(kind=kind, body=written, reference=reference)
    columns = {"id": submission.id, "created_at": submission.created_at, "kind": kind, "body": written}
    put = insert(Submission).values(**columns, reference=reference).on_conflict_do_nothing()
    await session.execute(put)
    if reference is None:
        return submission.id
    return (await session.scalars(select(Submission.id).where(Submission.reference == reference))).one()


async def seal(session: WriteSession, origin: str, *, batch_max: int = BATCH_MAX) -> int:
    """Give the next committed entries and submissions their leaves; return how many, 0 if there are none.

    The advisory lock lets one sealer work at a time; that two of them can never build on one head is the
    compare-and-swap's doing, which raises HeadMoved.
    """
    if not await session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))):
        return 0
    log = await heads.of(session, origin) or await begin(session, origin)
    await _catch_up(session, log)
    waiting = await _waiting(session, log, batch_max)
    if waiting:
        await _seal(session, log, waiting)
    if log.resume_xid is not None and len(waiting) < batch_max:
        # Everything that was there has its leaf: from here on nothing can appear behind the cursor.
        finished = {"cursor_xid": log.resume_xid, "cursor_id": UUID(int=0), "resume_xid": None}
        await session.execute(update(Log).where(Log.id == log.id).values(finished))
        return len(waiting) or await seal(session, origin, batch_max=batch_max)
    return len(waiting)


async def begin(session: WriteSession, origin: str, *, first: UUID | None = None) -> Log:
    """Begin a log, empty or with a submission as its first leaf; it is the current one from now on."""
    log = Log(origin=origin, root=tree.EMPTY_ROOT)
    session.add(log)
    await session.flush()
    if first is not None:
        await _seal(session, log, [_Waiting(None, first, entry=False)])
    return log


class _Waiting:
    """Something that waits for its leaf."""

    __slots__ = ("entry", "id", "xid")

    def __init__(self, xid: str | None, waiting_id: UUID, *, entry: bool) -> None:
        self.xid, self.id, self.entry = xid, waiting_id, entry


async def _catch_up(session: WriteSession, log: Log) -> None:
    """Begin a search for whatever has no leaf, if this is the first round or the server is another one.

    Transaction ids tell the order of commits in one server only: after a logical restore the old rows bear
    numbers that the new server will give to new ones.
    """
    found = await session.execute(_SERVER)
    server = found.one()
    if log.system_identifier == server.system_identifier:
        return
    log.system_identifier, log.resume_xid = server.system_identifier, server.settled
    log.cursor_xid, log.cursor_id = "0", UUID(int=0)
    await session.flush()


# The horizon is read before the search: what commits in between is found by both, and sealed once.
_SERVER = text(
    "select system_identifier, pg_snapshot_xmin(pg_current_snapshot())::text as settled"
    " from pg_control_system()"
)
# No row can still appear behind the oldest transaction that runs, nor before the cursor. A leaf is looked up
# row by row: as a join the planner would read all leaves for a handful of entries.
_WAITING = """
    select xid::text as xid, id, entry from (
      (select e.xid, e.id, true as entry from entries e
       where (e.xid, e.id) > (cast(:xid as xid8), :id) {settled}
         and (select l.index from leaves l where l.entry_id = e.id and l.log_id = :log) is null
       order by e.xid, e.id limit :limit)
      union all
      (select e.xid, e.id, false from log_submissions e
       where (e.xid, e.id) > (cast(:xid as xid8), :id) {settled}
         and (select l.index from leaves l where l.submission_id = e.id and l.log_id = :log) is null
       order by e.xid, e.id limit :limit)
    ) w order by w.xid, w.id limit :limit
    """
_NEXT = text(_WAITING.format(settled="and e.xid < pg_snapshot_xmin(pg_current_snapshot())"))
_ANYWHERE = text(_WAITING.format(settled=""))


async def _waiting(session: WriteSession, log: Log, limit: int) -> list[_Waiting]:
    where = {"xid": log.cursor_xid, "id": log.cursor_id, "log": log.id, "limit": limit}
    if log.resume_xid is not None:
        # However many there are: the service's own limit on statements is for requests.
        await session.execute(text("set local statement_timeout = 0"))
    rows = await session.execute(_NEXT if log.resume_xid is None else _ANYWHERE, where)
    return [_Waiting(row.xid, row.id, entry=row.entry) for row in rows]


async def _seal(session: WriteSession, log: Log, waiting: Sequence[_Waiting]) -> None:
    bodies = await _bodies(session, log.size, waiting)
    edge = await heads.tiles_of(session, log.id, tiles.edge(log.size))
    try:
        fits = tiles.hashes(edge, [(0, log.size)]) == [log.root]
        changed = tiles.grow(edge, log.size, [tree.leaf_hash(body) for body in bodies])
    except KeyError:
        fits, changed = False, {}
    if not fits:
        moved = await session.scalar(select(Log.size).where(Log.id == log.id)) != log.size
        raise HeadMoved if moved else HistoryRewritten("the tiles are not those of the head")
    size = log.size + len(bodies)
    [root] = tiles.hashes({**edge, **changed}, [(0, size)])
    sealed_at = now()
    columns: dict[str, Sequence[object]] = {
        "log_id": [log.id] * len(bodies),
        "index": list(range(log.size, size)),
        "body": bodies,
        "sealed_at": [sealed_at] * len(bodies),
        "entry_id": [one.id if one.entry else None for one in waiting],
        "submission_id": [None if one.entry else one.id for one in waiting],
    }
    await bulk.together(session, [bulk.inserting(Leaf, columns), _growing(log.id, changed)])
    head = {"size": size, "root": root, "sealed_at": sealed_at}
    if waiting[-1].xid is not None:
        head |= {"cursor_xid": waiting[-1].xid, "cursor_id": waiting[-1].id}
    before = (Log.id == log.id, Log.size == log.size, Log.root == log.root)
    moved = await session.scalar(update(Log).where(*before).values(head).returning(Log.size))
    if moved is None:
        raise HeadMoved
    await session.refresh(log)


async def _bodies(session: WriteSession, size: int, waiting: Sequence[_Waiting]) -> list[bytes]:
    said = await leaves.said(session, [one.id for one in waiting if one.entry])
    wanted = [one.id for one in waiting if not one.entry]
    rows = await session.scalars(select(Submission).where(Submission.id.in_(wanted))) if wanted else ()
    submitted = {row.id: row for row in rows}
    return [
        leaves.of_entry(index, said[one.id])
        if one.entry
        else leaves.of_submission(index, one.id, submitted[one.id].kind, submitted[one.id].body)
        for index, one in enumerate(waiting, size)
    ]


def _growing(log_id: int, changed: Mapping[Place, bytes]) -> bulk.Statement:
    rows = sorted(changed.items())
    columns: dict[str, Sequence[object]] = {
        "log_id": [log_id] * len(rows),
        "level": [place.level for place, _ in rows],
        "number": [place.number for place, _ in rows],
        "hashes": [row for _, row in rows],
    }
    then = "on conflict (log_id, level, number) do update set hashes = excluded.hashes"
    return bulk.inserting(Tile, columns, then=then)
