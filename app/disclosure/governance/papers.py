"""Papers: the files of charters and of audits, by what they belong to."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from app.kit.database import ReadSession
from app.kit.models import Attachment


async def of(
    session: ReadSession, kind: str, owners: Collection[UUID], *, public: bool
) -> Mapping[UUID, Sequence[UUID]]:
    """Return the files of several owners of a kind; with `public` those alone that everybody may have."""
    query = select(Attachment.owner_id, Attachment.id).where(
        Attachment.owner_kind == kind, Attachment.owner_id.in_(owners), Attachment.deleted_at.is_(None)
    )
    if public:
        query = query.where(Attachment.public_sha256.is_not(None))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for owner_id, file_id in await session.execute(query.order_by(Attachment.id)):
        if owner_id is not None:
            found[owner_id].append(file_id)
    return found
