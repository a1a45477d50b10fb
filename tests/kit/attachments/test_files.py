"""Files: kept, sealed, attached once, held, and deleted in time, with real commits."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kit import vault
from app.kit.attachments import files, retention, stores
from app.kit.attachments.errors import AttachmentGone, AttachmentNotFree, FileTooLarge, StoreAway
from app.kit.attachments.files import LOOSE_FOR, Owner, Upload
from app.kit.attachments.stores import Store
from app.kit.clock import today
from app.kit.database import Database
from app.kit.ids import new_id
from app.kit.models import AccessClass, Attachment
from tests.kit.attachments.pictures import photo

PDF = b"%PDF-1.7\nsecret of a person"
HERE = UUID(int=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> Store:
    return stores.opened(f"file://{folder}")


def upload(access: AccessClass = AccessClass.internal, **over: object) -> Upload:
    said = {"kind": "contract", "file_name": "王小明.pdf", "uploaded_by": "staff:1"} | over
    return Upload(organization_id=HERE, access=access, **said)


def count_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def forge(folder: Path, name: str) -> None:
    [path] = [path for path in folder.rglob("*") if path.is_file()]
    assert name in str(path)
    path.write_bytes(b"%PDF-1.7\nforged")


def owner() -> Owner:
    return Owner("thing", new_id(), HERE)


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def attached(database: Database, store: Store, access: AccessClass, **over: object) -> Attachment:
    file = await files.receive(database, store, upload(access, **over), PDF)
    async with database.writing() as session:
        [file] = await files.attach(session, [file.id], owner(), by="staff:1")
    return file


async def test_what_is_personal_is_nowhere_in_clear(committed: Database, store: Store, folder: Path) -> None:
    file = await files.receive(committed, store, upload(AccessClass.personal), PDF)

    assert b"secret" not in bytes_in(folder)
    assert await files.read(committed, store, file) == PDF
    async with committed.reading() as session:
        row = str((await session.execute(text("select to_jsonb(a) from attachments a"))).scalar_one())
        assert "王小明" not in row
        assert await files.name_of(session, file) == "王小明.pdf"


async def test_erasing_a_person_erases_their_files(committed: Database, store: Store) -> None:
    person = new_id()
    file = await files.receive(committed, store, upload(AccessClass.personal), PDF)
    async with committed.writing() as session:
        await vault.keep(session, person, {"name": "王小明"})
        [file] = await files.attach(session, [file.id], owner(), by="staff:1", person_id=person)
    assert await files.read(committed, store, file) == PDF

    async with committed.writing() as session:
        await vault.erase(session, person)

    with pytest.raises(AttachmentGone):
        await files.read(committed, store, file)


async def test_bytes_that_were_changed_are_not_handed_out(
    committed: Database, store: Store, folder: Path
) -> None:
    file = await files.receive(committed, store, upload(), PDF)
    forge(folder, file.sha256.hex())

    with pytest.raises(RuntimeError):
        await files.read(committed, store, file)


async def test_a_file_is_attached_once_by_its_uploader_in_its_organization(
    committed: Database, store: Store
) -> None:
    file = await files.receive(committed, store, upload(), PDF)
    for by, at in (("staff:2", HERE), ("staff:1", UUID(int=2))):
        with pytest.raises(AttachmentNotFree):
            async with committed.writing() as session:
                await files.attach(session, [file.id], Owner("thing", new_id(), at), by=by)

    async def take() -> bool:
        try:
            async with committed.writing() as session:
                await files.attach(session, [file.id], owner(), by="staff:1")
        except AttachmentNotFree:
            return False
        return True

    assert sum(await asyncio.gather(*(take() for _ in range(8)))) == 1


async def test_nobody_takes_part_of_what_was_named(committed: Database, store: Store) -> None:
    file = await files.receive(committed, store, upload(), PDF)
    it = owner()
    with pytest.raises(AttachmentNotFree):
        async with committed.writing() as session:
            await files.attach(session, [file.id, new_id()], it, by="staff:1")

    async with committed.reading() as session:
        assert await files.of(session, it) == []


async def test_what_nobody_attached_goes_after_a_day(
    committed: Database, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await files.receive(committed, store, upload(AccessClass.public), photo())
    await attached(committed, store, AccessClass.internal)
    assert timedelta(days=1) == LOOSE_FOR
    assert await retention.sweep(committed, store) == 0
    assert count_in(folder) == 3

    # A day later, as far as loose files are concerned.
    monkeypatch.setattr(retention, "LOOSE_FOR", timedelta(days=-1))

    assert await retention.sweep(committed, store) == 1
    assert count_in(folder) == 1
    assert await retention.sweep(committed, store) == 0


async def test_what_is_held_stays_until_it_is_released(committed: Database, store: Store) -> None:
    file = await attached(committed, store, AccessClass.internal, retain_until=today() - timedelta(days=1))
    async with committed.writing() as session:
        for _ in range(2):
            await retention.hold(session, file.id, "publication:1")
    assert await retention.sweep(committed, store) == 0
    assert await files.read(committed, store, file) == PDF

    async with committed.writing() as session:
        await retention.release(session, file.id, "publication:1")
        await retention.release(session, file.id, "publication:1")

    assert await retention.sweep(committed, store) == 1
    async with committed.writing() as session:
        with pytest.raises(AttachmentGone):
            await retention.hold(session, file.id, "publication:2")


async def test_a_hold_and_a_deletion_that_meet_never_both_win(committed: Database, store: Store) -> None:
    for _ in range(6):
        file = await attached(
            committed, store, AccessClass.internal, retain_until=today() - timedelta(days=1)
        )

        async def hold(file: Attachment = file) -> bool:
            try:
                async with committed.writing() as session:
                    await retention.hold(session, file.id, "publication:1")
                    await asyncio.sleep(0.02)
            except AttachmentGone:
                return False
            return True

        held, swept = await asyncio.gather(hold(), retention.sweep(committed, store))

        assert held is not bool(swept)
        if held:
            assert await files.read(committed, store, file) == PDF


async def test_a_store_that_is_away_leaves_no_file_that_claims_to_be_there(committed: Database) -> None:
    with pytest.raises(StoreAway):
        await files.receive(committed, stores.opened(None), upload(), PDF)

    async with committed.reading() as session:
        [stored] = (await session.scalars(text("select stored_at from attachments"))).all()
    assert stored is None


async def test_a_file_may_be_only_so_large(committed: Database, store: Store) -> None:
    with pytest.raises(FileTooLarge):
        await files.receive(committed, store, upload(), b"%PDF" + bytes(files.SIZE_BYTES_MAX))


async def test_what_a_file_is_cannot_be_changed(committed: Database, store: Store) -> None:
    await files.receive(committed, store, upload(), PDF)

    for change in ("update attachments set size_bytes = 1", "delete from attachments"):
        with pytest.raises(DBAPIError):
            async with committed.writing() as session:
                await session.execute(text(change))
