"""Files: how one is received, read, attached, held and deleted."""

import asyncio
import hashlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Select, select, update

from app.kit import vault
from app.kit.attachments import contents
from app.kit.attachments.errors import AttachmentGone, AttachmentNotFree, FileTooLarge
from app.kit.attachments.findings import Looked
from app.kit.attachments.stores import Store
from app.kit.clock import now
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.models import AccessClass, Attachment

SIZE_BYTES_MAX = 20 * 1024 * 1024
LOOSE_FOR = timedelta(days=1)
"""How long an uploaded file may belong to nothing."""

_NONCE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What is said of a file that comes in. `person_id` is whom it is about, if that is known already."""

    organization_id: UUID
    kind: str
    access: AccessClass
    file_name: str
    uploaded_by: str
    person_id: UUID | None = None
    retain_until: date | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """What a file belongs to."""

    kind: str
    id: UUID
    organization_id: UUID


async def receive(database: Transactions, store: Store, upload: Upload, content: bytes) -> Attachment:
    """Look at a file, seal it if it is personal, and keep it; it must be attached to something within a day.

    The row comes first and says when the bytes are there: whatever breaks off, the sweep finds them.
    """
    if len(content) > SIZE_BYTES_MAX:
        raise FileTooLarge(size_bytes_max=SIZE_BYTES_MAX)
    looked = await asyncio.to_thread(contents.look, content, public=upload.access is AccessClass.public)
    async with database.writing() as session:
        file, kept = await _row(session, upload, looked, content)
    await store.put(_key(file), kept)
    if looked.copy is not None:
        await store.put(_public_key(file), looked.copy)
    async with database.writing() as session:
        await session.execute(update(Attachment).where(Attachment.id == file.id).values(stored_at=now()))
        return await session.get_one(Attachment, file.id, populate_existing=True)


async def _row(
    session: WriteSession, upload: Upload, looked: Looked, content: bytes
) -> tuple[Attachment, bytes]:
    file = Attachment(
        organization_id=upload.organization_id,
        kind=upload.kind,
        access=upload.access,
        media_type=looked.media_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
        uploaded_by=upload.uploaded_by,
        retain_until=upload.retain_until,
        taken_at=looked.taken_at,
        latitude_microdegrees=looked.latitude_microdegrees,
        longitude_microdegrees=looked.longitude_microdegrees,
    )
    if looked.copy is not None:
        file.public_media_type = looked.media_type
        file.public_sha256 = hashlib.sha256(looked.copy).digest()
    if upload.access is not AccessClass.personal:
        file.file_name = upload.file_name
        session.add(file)
        return file, content
    key = os.urandom(vault.KEY_BYTES)
    await _seal(session, file, upload.person_id or file.id, key, upload.file_name)
    session.add(file)
    nonce = os.urandom(_NONCE)
    return file, nonce + await asyncio.to_thread(AESGCM(key).encrypt, nonce, content, file.id.bytes)


async def _seal(session: WriteSession, file: Attachment, holder: UUID, key: bytes, name: str) -> None:
    # A holder without a key gets one: a file about nobody known is a person of its own to the vault, so
    # that its key is wrapped again when the master key changes, and destroyed with the file.
    await vault.keep(session, holder, {})
    [held] = (await vault.keys(session, [holder])).values()
    ciphers = vault.of(session)
    file.holder_id = holder
    file.sealed_key = ciphers.seal(held, holder, f"attachment:{file.id}", key)
    file.file_name_sealed = ciphers.seal(held, holder, f"attachment-name:{file.id}", name.encode())


async def _unsealed(session: ReadSession, file: Attachment) -> tuple[bytes, str]:
    assert file.holder_id is not None  # noqa: S101 - constraints say so of every personal file
    assert file.sealed_key is not None  # noqa: S101
    assert file.file_name_sealed is not None  # noqa: S101
    held = (await vault.keys(session, [file.holder_id])).get(file.holder_id)
    if held is None:
        raise AttachmentGone
    ciphers = vault.of(session)
    key = ciphers.open(held, file.holder_id, f"attachment:{file.id}", file.sealed_key)
    name = ciphers.open(held, file.holder_id, f"attachment-name:{file.id}", file.file_name_sealed)
    return key, name.decode()


async def name_of(session: ReadSession, file: Attachment) -> str:
    """Return a file's name, also a sealed one; AttachmentGone if its person has been erased."""
    return file.file_name if file.file_name is not None else (await _unsealed(session, file))[1]


async def read(database: Transactions, store: Store, file: Attachment) -> bytes:
    """Return a file as it came; AttachmentGone if it is deleted or its person erased."""
    if file.deleted_at is not None or file.stored_at is None:
        raise AttachmentGone
    key = None
    if file.access is AccessClass.personal:
        async with database.reading() as session:
            key, _ = await _unsealed(session, file)
    kept = await store.get(_key(file))
    if key is not None:
        kept = await asyncio.to_thread(AESGCM(key).decrypt, kept[:_NONCE], kept[_NONCE:], file.id.bytes)
    return _checked(kept, file.sha256)


async def public_copy(store: Store, file: Attachment) -> bytes:
    """Return the copy for everybody, without metadata; AttachmentGone if there is none."""
    if file.deleted_at is not None or file.stored_at is None or file.public_sha256 is None:
        raise AttachmentGone
    return _checked(await store.get(_public_key(file)), file.public_sha256)


def _checked(content: bytes, sha256: bytes) -> bytes:
    if hashlib.sha256(content).digest() != sha256:
        raise RuntimeError("the store holds other bytes than were put there")
    return content


async def attach(
    session: WriteSession, ids: Sequence[UUID], owner: Owner, *, by: str, person_id: UUID | None = None
) -> Sequence[Attachment]:
    """Give uploaded files to what they belong to, all or none; only their uploader can.

    With `person_id` personal files come under that person's key: who erases the person erases them.
    """
    wanted = set(ids)
    given = update(Attachment).where(
        Attachment.id.in_(wanted),
        Attachment.organization_id == owner.organization_id,
        Attachment.uploaded_by == by,
        Attachment.owner_kind.is_(None),
        Attachment.stored_at.is_not(None),
        Attachment.deleted_at.is_(None),
    )
    values = {"owner_kind": owner.kind, "owner_id": owner.id, "attached_at": now()}
    files = (await session.scalars(given.values(values).returning(Attachment))).all()
    if len(files) != len(wanted):
        raise AttachmentNotFree(attachments=sorted(str(one) for one in wanted - {file.id for file in files}))
    for file in files:
        if person_id is not None and file.access is AccessClass.personal:
            key, name = await _unsealed(session, file)
            await _seal(session, file, person_id, key, name)
            await vault.erase(session, file.id)
    return files


async def of(session: ReadSession, owner: Owner) -> Sequence[Attachment]:
    """Return the files of an owner in the order in which they were uploaded."""
    query = select(Attachment).filter_by(owner_kind=owner.kind, owner_id=owner.id)
    return (await session.scalars(query.order_by(Attachment.id))).all()


async def of_several(
    session: ReadSession, kind: str, owners: Select[UUID], organization_ids: Collection[UUID]
) -> Sequence[Attachment]:
    """Return the files of the owners of a kind that a query finds, at some organizations."""
    query = select(Attachment).where(
        Attachment.owner_kind == kind,
        Attachment.owner_id.in_(owners),
        Attachment.organization_id.in_(organization_ids),
    )
    return (await session.scalars(query.order_by(Attachment.id))).all()


async def get(session: ReadSession, attachment_id: UUID) -> Attachment:
    """Return what is known of a file, or refuse."""
    file = await session.get(Attachment, attachment_id)
    if file is None:
        raise AttachmentGone
    return file


def keys_of(file: Attachment) -> list[str]:
    """Return the keys under which a file lies in the store: itself, and its public copy if it has one."""
    return [_key(file)] if file.public_sha256 is None else [_key(file), _public_key(file)]


def _key(file: Attachment) -> str:
    # By its content, so that the store alone can be checked; by its id, so that no two share their bytes
    # and one can be deleted without a look at the others. What is sealed tells not even its hash.
    if file.access is AccessClass.personal:
        return f"sealed/{file.id}"
    return f"{file.sha256.hex()[:2]}/{file.sha256.hex()}/{file.id}"


def _public_key(file: Attachment) -> str:
    return f"{_key(file)}.public"
