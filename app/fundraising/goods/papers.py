"""Papers: the photographs, invoices and signed lists that belong to gifts in kind and hand-outs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.fundraising.models.goods import GoodsHandout
from app.kit.attachments import files, retention
from app.kit.attachments.files import Owner
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.organizations import attachments
from app.organizations.access import Permission

GIFT = "goods_gift"
HANDOUT = "goods_handout"

READERS = {
    kind: attachments.by_permission(Permission.goods_read, personal=Permission.donors_read)
    for kind in (GIFT, HANDOUT)
}
"""Who reads the files of goods; what names a person only who may read donors."""


async def add(session: WriteSession, owner: Owner, attachment_ids: Sequence[UUID], *, by: str) -> None:
    """Give uploaded files to a gift or a hand-out, all or none; they are kept for as long as it is.

    What shows a person comes under the key of whoever gave or got the goods, and is erased with them.
    """
    if not attachment_ids:
        return
    given = await files.attach(session, attachment_ids, owner, by=by, person_id=owner.id)
    for file in sorted(given, key=lambda one: one.id):
        await retention.hold(session, file.id, f"{owner.kind}:{owner.id}")


async def of_project(
    session: ReadSession, project_id: UUID, organization_ids: Sequence[UUID]
) -> Sequence[Attachment]:
    """Return what shows that the goods handed out for a project came to whom they were meant for."""
    handouts = select(GoodsHandout.id).where(GoodsHandout.project_id == project_id)
    return await files.of_several(session, HANDOUT, handouts, organization_ids)
