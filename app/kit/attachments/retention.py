"""Retention: when files are deleted, and what holds them."""

from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.kit import vault
from app.kit.attachments.errors import AttachmentGone
from app.kit.attachments.files import LOOSE_FOR, keys_of
from app.kit.attachments.stores import Store
from app.kit.clock import now, today
from app.kit.database import Transactions, WriteSession
from app.kit.models import Attachment, AttachmentHold

_AT_ONCE = 200


async def hold(session: WriteSession, attachment_id: UUID, holder: str) -> None:
    """Keep a file whatever its retention says, until this holder (`publication:<id>`) releases it."""
    made = await session.execute(
        insert(AttachmentHold)
        .values(attachment_id=attachment_id, holder=holder)
        .on_conflict_do_nothing()
        .returning(AttachmentHold.holder)
    )
    if made.first() is not None:
        await _count(session, attachment_id, +1)


async def release(session: WriteSession, attachment_id: UUID, holder: str) -> None:
    """Let a file go, as far as this holder is concerned; a second time it changes nothing."""
    gone = delete(AttachmentHold).filter_by(attachment_id=attachment_id, holder=holder)
    if (await session.execute(gone.returning(AttachmentHold.holder))).first() is not None:
        await _count(session, attachment_id, -1)


async def _count(session: WriteSession, attachment_id: UUID, by: int) -> None:
    # The row itself is changed: a deletion that waits for it looks at the count again.
    counted = (
        update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.deleted_at.is_(None))
        .values(hold_count=Attachment.hold_count + by)
        .returning(Attachment.id)
    )
    if (await session.scalar(counted)) is None:
        raise AttachmentGone


async def discard(session: WriteSession, attachment_id: UUID) -> None:
    """Let the next sweep delete a file that was given to the wrong thing, unless somebody else holds it."""
    gone = update(Attachment).where(
        Attachment.id == attachment_id, Attachment.hold_count == 0, Attachment.deleted_at.is_(None)
    )
    await session.execute(gone.values(deleted_at=now()))


async def sweep(database: Transactions, store: Store) -> int:
    """Delete the files whose time is over; return how many. What broke off before is finished."""
    async with database.writing() as session:
        over = or_(
            Attachment.owner_kind.is_(None) & (Attachment.created_at < now() - LOOSE_FOR),
            Attachment.retain_until < today(),
        )
        due = select(Attachment.id).where(over, Attachment.deleted_at.is_(None), Attachment.hold_count == 0)
        await session.execute(
            update(Attachment)
            .where(
                Attachment.id.in_(due.limit(_AT_ONCE)),
                Attachment.hold_count == 0,
                Attachment.deleted_at.is_(None),
                over,
            )
            .values(deleted_at=now())
        )
    async with database.reading() as session:
        left = select(Attachment).where(Attachment.deleted_at.is_not(None), Attachment.removed_at.is_(None))
        files = (await session.scalars(left.limit(_AT_ONCE))).all()
    for file in files:
        for key in keys_of(file):
            await store.delete(key)
        async with database.writing() as session:
            await vault.erase(session, file.id)
            await session.execute(update(Attachment).where(Attachment.id == file.id).values(removed_at=now()))
    return len(files)
