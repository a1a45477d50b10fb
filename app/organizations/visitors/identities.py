"""Identities: what was proven of a visitor, as blind indexes by which every feature finds its own person."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.vault import Vault
from app.organizations.models import IdentityKind, Visit, Visitor, VisitorIdentity


def platform_index(secrets: Vault, platform_id: UUID, external_id: str) -> bytes:
    """Return by what a platform's user is found.

    In hexadecimal, because an index makes no difference of case and a platform's ids may.
    """
    return secrets.index("donor", f"{platform_id}:{external_id.encode().hex()}")


async def of(session: ReadSession, visitor_id: UUID, kind: IdentityKind) -> Sequence[bytes]:
    """Return the indexes under which a visitor is known, of one kind."""
    found = select(VisitorIdentity.index).where(
        VisitorIdentity.visitor_id == visitor_id, VisitorIdentity.kind == kind
    )
    return (await session.scalars(found.order_by(VisitorIdentity.index))).all()


async def known(session: WriteSession, proven: Sequence[tuple[IdentityKind, bytes]]) -> UUID:
    """Return the one visitor behind everything that was proven together; who is new is taken in.

    Where two proofs led to two visitors so far, the first one's takes over what the other was known by.
    """
    first, *more = [await _visitor(session, kind, index) for kind, index in proven]
    for other in sorted(set(more) - {first}):
        await session.execute(
            update(VisitorIdentity).where(VisitorIdentity.visitor_id == other).values(visitor_id=first)
        )
        await session.execute(
            update(Visit).where(Visit.visitor_id == other, Visit.ended_at.is_(None)).values(ended_at=now())
        )
    return first


async def _visitor(session: WriteSession, kind: IdentityKind, index: bytes) -> UUID:
    found = select(VisitorIdentity.visitor_id).where(
        VisitorIdentity.kind == kind, VisitorIdentity.index == index
    )
    # Locked, so that of two who join visitors at once the later sees what the earlier did.
    found = found.with_for_update()
    if (visitor_id := await session.scalar(found)) is not None:
        return visitor_id
    fresh = Visitor()
    session.add(fresh)
    await session.flush()
    put = insert(VisitorIdentity).values(kind=kind, index=index, visitor_id=fresh.id, proven_at=now())
    put = put.on_conflict_do_nothing(index_elements=["kind", "index"]).returning(VisitorIdentity.visitor_id)
    if (visitor_id := await session.scalar(put)) is not None:
        return visitor_id
    # Somebody was quicker: a statement of its own sees them.
    await session.delete(fresh)
    return (await session.scalars(found)).one()


async def forget(session: WriteSession, visitor_id: UUID) -> None:
    """Forget by what a visitor was known, and end their visits: whoever signs in again is somebody new."""
    await session.execute(delete(VisitorIdentity).where(VisitorIdentity.visitor_id == visitor_id))
    await session.execute(
        update(Visit).where(Visit.visitor_id == visitor_id, Visit.ended_at.is_(None)).values(ended_at=now())
    )
