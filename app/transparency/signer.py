"""Signer: signs the head of the log, if and only if it continues what was signed before."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.kit import outbox
from app.kit.clock import now
from app.kit.database import ReadSession, Transactions, WriteSession
from app.transparency import heads, keyring, log, memory, tree
from app.transparency.checkpoints import Checkpoint
from app.transparency.errors import HistoryRewritten, LogGoesOn, LogRolledBack
from app.transparency.models import Log, LogKey, PublishedCheckpoint
from app.transparency.notes import NoteWrong, SigningKey
from app.transparency.tree import EMPTY_ROOT, ProofWrong

ALERT = "alert.log_not_signed"


@dataclass(frozen=True, slots=True)
class Office:
    """Where a log is signed: its origin, the file of its keys, and the file of what was signed last."""

    origin: str
    key_file: Path
    memory_file: Path


async def sign(database: Transactions, office: Office) -> Checkpoint | None:
    """Sign the log's head and publish it; return it, or None if there is nothing new or somebody else signs.

    Raises LogRolledBack or HistoryRewritten, and signs nothing, if the head does not continue what was signed
    before. What is signed is remembered first: after a crash in between, the same head is signed again.
    """
    keys = keyring.read(office.key_file, office.origin)
    with memory.held(office.memory_file) as ours:
        if not ours:
            return None
        remembered = memory.recall(office.memory_file)
        async with database.reading() as session:
            found = await heads.of(session, office.origin)
            if found is None:
                return None
            last = await heads.published(session, found.id)
            head = Checkpoint(found.origin, found.size, found.root)
            quiet = last is not None and (last.size, last.root) == (head.size, head.root)
            if quiet and head == remembered and found.alarm is None and await _known(session, found, keys):
                return None
            await _check(session, found, remembered)
            if last is not None and last.size > remembered.size:
                # The memory is the older one of the two: whatever our keys have signed binds us as well.
                await _check(session, found, _opened(last, keys))
        if head != remembered:
            await asyncio.to_thread(memory.record, office.memory_file, head)
        async with database.writing() as session:
            await _publish(session, found.id, head, keys)
    return head


async def _check(session: ReadSession, found: Log, before: Checkpoint) -> None:
    """Refuse a head that is behind `before`, is not what the tiles say, or does not extend it."""
    facts: dict[str, Any] = {"signed_size": before.size, "size": found.size}
    if before.origin != found.origin:
        raise LogGoesOn(f"what was signed last is of {before.origin}")
    if found.size < before.size:
        raise LogRolledBack(**facts)
    spans = [(0, found.size), *tree.consistency(before.size, found.size)]
    try:
        root, *proof = await heads.hashes(session, found.id, spans)
        if root != found.root:
            raise HistoryRewritten("the tiles do not lead to the head", **facts)
        if before.size:
            tree.check_consistency(before.size, found.size, before.root, found.root, proof)
    except (KeyError, ProofWrong):
        raise HistoryRewritten(**facts) from None


def _opened(last: PublishedCheckpoint, keys: Sequence[SigningKey]) -> Checkpoint:
    try:
        return Checkpoint.opened(last.note, [key.verifier for key in keys])
    except NoteWrong:
        raise HistoryRewritten("a published checkpoint bears none of our signatures") from None


async def _known(session: ReadSession, found: Log, keys: Sequence[SigningKey]) -> bool:
    told = await heads.keys(session, found.id)
    return set(told) == {key.verifier for key in keys}


async def _publish(session: WriteSession, log_id: int, head: Checkpoint, keys: Sequence[SigningKey]) -> None:
    row = {"log_id": log_id, "size": head.size, "root": head.root, "note": head.signed(keys)}
    # One note a size, for ever: after a rotation the size that has one keeps it.
    put = insert(PublishedCheckpoint).values(**row, signed_at=now()).on_conflict_do_nothing()
    await session.execute(put)
    await session.execute(update(Log).where(Log.id == log_id, Log.alarm.is_not(None)).values(alarm=None))
    signing = {str(key.verifier) for key in keys}
    told = select(LogKey.vkey).where(LogKey.log_id == log_id, LogKey.retired_at.is_(None))
    known = set(await session.scalars(told))
    for vkey in sorted(signing - known):
        session.add(LogKey(vkey=vkey, log_id=log_id))
        await log.append(session, "key", {"vkey": vkey, "state": "signing"}, reference=f"key:{vkey}")
    for vkey in sorted(known - signing):
        gone = update(LogKey).where(LogKey.vkey == vkey).values(retired_at=func.now())
        await session.execute(gone)
        await log.append(session, "key", {"vkey": vkey, "state": "retired"}, reference=f"retired:{vkey}")


async def alarm(session: WriteSession, reason: str) -> bool:
    """Write down that the log's head is not signed, and tell it once; return whether it is news."""
    fresh = (Log.alarm.is_distinct_from(reason), Log.id == select(func.max(Log.id)).scalar_subquery())
    put = update(Log).where(*fresh).values(alarm=reason, alarmed_at=now()).returning(Log.origin, Log.size)
    row = (await session.execute(put)).one_or_none()
    if row is None:
        return False
    facts = {"reason": reason, "origin": row.origin, "size": row.size}
    await outbox.tell(session, ALERT, organization_id=None, subject=row.origin, payload=facts)
    return True


async def open_office(database: Transactions, office: Office, *, succeed: bool = False) -> list[SigningKey]:
    """Make what is missing to sign: a key, a memory; return the keys that sign.

    With `succeed` a log that can't be signed any more goes on under the office's new origin: it begins with a
    leaf that names what was signed last under the old one, and every entry gets a new leaf in it.
    """
    try:
        remembered = memory.recall(office.memory_file) if office.memory_file.exists() else None
        if remembered is not None and remembered.origin != office.origin:
            if not succeed:
                raise LogGoesOn(f"what was signed last is of {remembered.origin}: say --succeed")
            await _succeed(database, office, remembered)
        elif remembered is None:
            async with database.reading() as session:
                found = await heads.of(session, office.origin)
                if found is not None and await heads.published(session, found.id):
                    raise HistoryRewritten(
                        "checkpoints were signed, and nothing remembers which was the last"
                    )
            memory.record(office.memory_file, Checkpoint(office.origin, 0, EMPTY_ROOT))
        return keyring.read(office.key_file, office.origin)
    except keyring.KeyMissing:
        return [keyring.add(office.key_file, office.origin)]


async def _succeed(database: Transactions, office: Office, before: Checkpoint) -> None:
    async with database.writing() as session:
        current = await heads.current(session)
        if current is None or current.origin != office.origin:
            old = {"origin": before.origin, "size": str(before.size), "root": before.root.hex()}
            first = await log.append(session, "origin", {"succeeds": old})
            await log.begin(session, office.origin, first=first)
    memory.record(office.memory_file, Checkpoint(office.origin, 0, EMPTY_ROOT))
