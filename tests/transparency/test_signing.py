"""The signer signs what continues what it signed before, and nothing else."""

import os
from pathlib import Path

import orjson
import psycopg
import pytest
from sqlalchemy import select

from app.kit.database import Database
from app.kit.models import OutboxEvent
from app.transparency import heads, keyring, lag, memory, notes, publishing, signer
from app.transparency.checkpoints import Checkpoint
from app.transparency.errors import (
    FileExposed,
    HistoryRewritten,
    KeyMissing,
    LogGoesOn,
    LogNotBegun,
    LogRolledBack,
    MemoryMissing,
)
from app.transparency.models import Leaf, LogKey, PublishedCheckpoint
from app.transparency.signer import Office
from tests.databases import Cluster
from tests.transparency import logs


@pytest.fixture
async def office(committed: Database, tmp_path: Path) -> Office:
    office = logs.office_in(tmp_path)
    await signer.open_office(committed, office)
    return office


async def checkpoints(database: Database) -> list[tuple[int, str]]:
    async with database.reading() as session:
        rows = await session.execute(
            select(PublishedCheckpoint.size, PublishedCheckpoint.note).order_by(
                PublishedCheckpoint.log_id, PublishedCheckpoint.size
            )
        )
        return [(row.size, row.note) for row in rows]


async def alerts(database: Database) -> list[str]:
    async with database.reading() as session:
        query = select(OutboxEvent.payload).where(OutboxEvent.topic == signer.ALERT).order_by(OutboxEvent.id)
        return [payload["reason"] for payload in await session.scalars(query)]


def as_superuser(cluster: Cluster, name: str, *statements: str) -> None:
    with psycopg.connect(cluster.url(name, "admin"), autocommit=True) as administrator:
        administrator.execute("set session_replication_role = replica")
        for statement in statements:
            administrator.execute(statement)


async def test_a_head_is_signed_once_and_the_next_one_continues_it(
    committed: Database, office: Office
) -> None:
    [key] = keyring.read(office.key_file, office.origin)
    await logs.book(committed, 2)
    first = await logs.sign(committed, office)
    assert first.size == 2
    # The key itself is made public in the log that it signs.
    second = await logs.sign(committed, office)
    assert second.size == 3
    assert await logs.sign(committed, office) is None
    for size, note in await checkpoints(committed):
        assert Checkpoint.opened(note, [key.verifier]).size == size
    assert memory.recall(office.memory_file) == second
    async with committed.reading() as session:
        assert await heads.keys(session, 1) == [key.verifier]
        proof = await heads.proof(session, 1)
        leaf = (await session.scalars(select(Leaf).where(Leaf.index == 1))).one()
    assert proof.check(leaf.body, [key.verifier]) == second


@pytest.mark.parametrize("crash", ["before the memory", "after the memory"])
async def test_after_a_crash_the_same_head_gets_the_same_note(
    committed: Database, office: Office, crash: str
) -> None:
    await logs.book(committed, 2)
    await logs.seal(committed)
    if crash == "after the memory":
        async with committed.reading() as session:
            head = await heads.current(session)
        memory.record(office.memory_file, Checkpoint(head.origin, head.size, head.root))
    signed = await signer.sign(committed, office)
    assert signed.size == 2
    [(_, note)] = await checkpoints(committed)
    assert note == signed.signed(keyring.read(office.key_file, office.origin))


async def test_a_restored_backup_gets_no_signature_and_raises_an_alarm(
    cluster: Cluster, committed: Database, fresh_database: str, office: Office
) -> None:
    await logs.book(committed, 3)
    await logs.sign(committed, office)
    await logs.sign(committed, office)
    before = await checkpoints(committed)
    name, origin = f"{fresh_database}_old", fresh_database
    await committed.engine.dispose()
    cluster.create(name, template=origin)
    restored = Database(cluster.url(name), pool_size=4, info={})
    try:
        await logs.book(committed, 4)
        signed = await logs.sign(committed, office)
        # The backup is from before the last four. It even goes on: with other gifts, past the signed size.
        for reason, booked in ((LogRolledBack, 1), (HistoryRewritten, 5)):
            await logs.book(restored, booked)
            with pytest.raises(reason):
                await logs.sign(restored, office)
            for _ in range(2):
                assert await publishing.publish(restored, office) == 0
            async with restored.reading() as session:
                assert (await lag.measure(session)).alarm == reason.__name__
        assert await alerts(restored) == ["LogRolledBack", "HistoryRewritten"]
        assert await checkpoints(restored) == before
        assert memory.recall(office.memory_file) == signed
    finally:
        await restored.close()
        cluster.drop(name)


REWRITES = {
    "a leaf that was rewritten with its tile and the head": (
        """update leaves set body = convert_to(replace(convert_from(body, 'UTF8'), '"100"', '"900"'), 'UTF8')
        where index = 0""",
        r"""update tiles set hashes = sha256('\x00'::bytea || (select body from leaves where index = 0))
        || substring(hashes from 33) where level = 0""",
        r"""update logs set root = sha256('\x01'::bytea || (select substring(hashes for 32) from tiles)
        || (select substring(hashes from 33) from tiles))""",
    ),
    "tiles that do not lead to the head": (
        "update tiles set hashes = sha256('x') || substring(hashes from 33)",
    ),
    "a head out of nothing": ("update logs set root = sha256('x')",),
    "tiles that are gone": ("delete from tiles",),
}


@pytest.mark.parametrize("rewrite", REWRITES)
async def test_a_rewritten_history_gets_no_signature(
    cluster: Cluster, committed: Database, fresh_database: str, office: Office, rewrite: str
) -> None:
    await logs.book(committed, 2)
    await logs.sign(committed, office)
    before = await checkpoints(committed)
    as_superuser(cluster, fresh_database, "delete from log_submissions", *REWRITES[rewrite])

    await logs.book(committed, 1)

    with pytest.raises(HistoryRewritten):
        await logs.sign(committed, office)
    assert await publishing.publish(committed, office) == 0
    assert await checkpoints(committed) == before
    assert await alerts(committed) == ["HistoryRewritten"]


async def test_after_lossy_restore_a_new_origin_names_the_old_checkpoint(
    cluster: Cluster, committed: Database, fresh_database: str, office: Office, tmp_path: Path
) -> None:
    entries = await logs.book(committed, 3)
    await logs.sign(committed, office)
    lost = Checkpoint(office.origin, 90, b"x" * 32)
    memory.record(office.memory_file, lost)
    assert await publishing.publish(committed, office) == 0

    renewed = logs.office_in(tmp_path, "example.org/ledger-2027")
    with pytest.raises(LogGoesOn):
        await signer.open_office(committed, renewed)
    with pytest.raises(LogNotBegun):
        await publishing.seal(committed, renewed.origin)
    for _ in range(2):
        # Broken off and begun again, it is the same.
        await signer.open_office(committed, renewed, succeed=True)
    signed = await logs.sign(committed, renewed)
    async with committed.reading() as session:
        log = await heads.current(session)
        rows = (await session.scalars(select(Leaf).where(Leaf.log_id == log.id).order_by(Leaf.index))).all()
        with pytest.raises(LogNotBegun):
            await heads.of(session, office.origin)
    said = {"origin": office.origin, "size": "90", "root": lost.root.hex()}
    assert leaf(rows[0]) | {"id": None} == {
        "v": 1,
        "index": 0,
        "id": None,
        "kind": "origin",
        "body": {"succeeds": said},
    }
    assert (log.origin, signed.size) == (renewed.origin, len(rows))
    assert [row.entry_id for row in rows if row.entry_id] == entries
    assert await alerts(committed) == ["LogRolledBack"]


def leaf(row: Leaf) -> dict[str, object]:
    return orjson.loads(row.body)


async def test_keys_are_rotated_while_the_log_goes_on(committed: Database, office: Office) -> None:
    await logs.book(committed, 1)
    await logs.sign(committed, office)
    [old] = keyring.read(office.key_file, office.origin)
    with pytest.raises(KeyMissing):
        keyring.retire(office.key_file, office.origin)
    new = keyring.add(office.key_file, office.origin)
    await logs.sign(committed, office)
    both = await logs.sign(committed, office)
    _, note = (await checkpoints(committed))[-1]
    for key in (old, new):
        assert Checkpoint.opened(note, [key.verifier]) == both
    assert keyring.retire(office.key_file, office.origin) == old
    await logs.sign(committed, office)
    after = await logs.sign(committed, office)
    notes_of = await checkpoints(committed)
    assert Checkpoint.opened(notes_of[-1][1], [new.verifier]) == after
    with pytest.raises(notes.NoteWrong):
        Checkpoint.opened(notes_of[-1][1], [old.verifier])
    assert len({size for size, _ in notes_of}) == len(notes_of)
    async with committed.reading() as session:
        states = [leaf(row).get("body") for row in await session.scalars(select(Leaf).order_by(Leaf.index))]
        assert {"vkey": str(old.verifier), "state": "retired"} in states
        assert {"vkey": str(new.verifier), "state": "signing"} in states
        known = (await session.scalars(select(LogKey))).all()
        assert {row.vkey: row.retired_at is None for row in known} == {
            str(old.verifier): False,
            str(new.verifier): True,
        }


async def test_files_that_others_may_read_are_refused(committed: Database, office: Office) -> None:
    await logs.book(committed, 1)
    for path in (office.key_file, office.memory_file):
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o640)
        with pytest.raises(FileExposed):
            await logs.sign(committed, office)
        assert await publishing.publish(committed, office) == 0
        path.chmod(0o600)
    assert (await logs.sign(committed, office)).size == 1


async def test_a_signer_without_memory_signs_nothing(committed: Database, office: Office) -> None:
    await logs.book(committed, 1)
    await logs.sign(committed, office)
    kept = office.memory_file.read_text()
    office.memory_file.unlink()
    with pytest.raises(MemoryMissing):
        await logs.sign(committed, office)
    with pytest.raises(HistoryRewritten, match="nothing remembers"):
        await signer.open_office(committed, office)
    os.close(os.open(office.memory_file, os.O_CREAT | os.O_WRONLY, 0o600))
    office.memory_file.write_text(kept)
    assert (await logs.sign(committed, office)).size == 2


async def test_two_signers_do_not_sign_at_once(committed: Database, office: Office) -> None:
    await logs.book(committed, 1)
    await logs.seal(committed)
    with memory.held(office.memory_file) as ours:
        assert ours
        assert await signer.sign(committed, office) is None
    assert (await signer.sign(committed, office)).size == 1


async def test_an_older_memory_is_bound_by_what_was_published(
    cluster: Cluster, committed: Database, fresh_database: str, office: Office
) -> None:
    await logs.book(committed, 2)
    old = office.memory_file.read_text()
    await logs.sign(committed, office)
    office.memory_file.write_text(old)
    as_superuser(cluster, fresh_database, *REWRITES["a leaf that was rewritten with its tile and the head"])
    with pytest.raises(HistoryRewritten):
        await signer.sign(committed, office)
