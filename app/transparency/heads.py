"""Heads: the current log with its tree, and proofs read from its tiles."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from app.kit import bulk
from app.kit.database import ReadSession
from app.transparency import tiles, tree
from app.transparency.checkpoints import Proof
from app.transparency.errors import LeafNotProven, LogNotBegun
from app.transparency.models import Leaf, Log, LogKey, PublishedCheckpoint
from app.transparency.notes import VerifierKey
from app.transparency.tiles import Place
from app.transparency.tree import Span


async def current(session: ReadSession) -> Log | None:
    """Return the log that is written now, if one was begun."""
    query = select(Log).order_by(Log.id.desc()).limit(1).execution_options(populate_existing=True)
    return (await session.scalars(query)).one_or_none()


async def of(session: ReadSession, origin: str) -> Log | None:
    """Return the current log if it has this origin; None before the first one was begun.

    Raises LogNotBegun if the books are in another log: a person decides when a new one begins.
    """
    log = await current(session)
    if log is not None and log.origin != origin:
        raise LogNotBegun(f"the current log is {log.origin}", f"当前日志为 {log.origin}", origin=origin)
    return log


async def published(session: ReadSession, log_id: int) -> PublishedCheckpoint | None:
    """Return the latest checkpoint of a log that was signed and made public."""
    query = select(PublishedCheckpoint).where(PublishedCheckpoint.log_id == log_id)
    return (await session.scalars(query.order_by(PublishedCheckpoint.size.desc()).limit(1))).one_or_none()


async def latest(session: ReadSession) -> PublishedCheckpoint:
    """Return the current log's latest public checkpoint; LogNotBegun if there is none yet."""
    log = await current(session)
    found = log and await published(session, log.id)
    if not found:
        raise LogNotBegun
    return found


_TILES = """
    select t.level, t.number, t.hashes
    from unnest(%(logs)s::smallint[], %(levels)s::smallint[], %(numbers)s::bigint[]) w (log_id, level, number)
    join tiles t using (log_id, level, number)
    """


async def tiles_of(session: ReadSession, log_id: int, places: Iterable[Place]) -> dict[Place, bytes]:
    """Return those of these tiles that are there, as wide as they are now."""
    wanted = sorted(places)
    columns = {
        "logs": [log_id] * len(wanted),
        "levels": [place.level for place in wanted],
        "numbers": [place.number for place in wanted],
    }
    rows = await bulk.run(session, _TILES, columns)
    return {Place(row.level, row.number): bytes(row.hashes) for row in rows}


async def hashes(session: ReadSession, log_id: int, spans: Sequence[Span]) -> list[bytes]:
    """Return the hashes of spans of a log's tree, with one statement."""
    return tiles.hashes(await tiles_of(session, log_id, tiles.places(spans)), spans)


async def proof(session: ReadSession, index: int) -> Proof:
    """Return the proof that leaf `index` is in the current log's latest public checkpoint."""
    checkpoint = await latest(session)
    if not 0 <= index < checkpoint.size:
        raise LeafNotProven(index=index, size=checkpoint.size)
    found = await hashes(session, checkpoint.log_id, tree.inclusion(index, checkpoint.size))
    return Proof(index, found, checkpoint.note)


async def leaf_of(
    session: ReadSession, *, entry_id: UUID | None = None, submission_id: UUID | None = None
) -> Leaf | None:
    """Return the leaf of an entry, or of something submitted, in the current log; None while it waits."""
    log = await current(session)
    if log is None:
        return None
    source = Leaf.entry_id == entry_id if entry_id else Leaf.submission_id == submission_id
    return (await session.scalars(select(Leaf).where(Leaf.log_id == log.id, source))).one_or_none()


async def known_keys(session: ReadSession, log_id: int) -> Sequence[LogKey]:
    """Return the keys that sign a log's checkpoints or once did, the newest first."""
    query = select(LogKey).where(LogKey.log_id == log_id).order_by(LogKey.created_at.desc(), LogKey.vkey)
    return (await session.scalars(query)).all()


async def keys(session: ReadSession, log_id: int) -> list[VerifierKey]:
    """Return the keys that sign a log's checkpoints now, the newest first."""
    known = await known_keys(session, log_id)
    return [VerifierKey.read(key.vkey) for key in known if key.retired_at is None]
