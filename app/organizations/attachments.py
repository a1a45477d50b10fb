"""Attachments: who may read a file."""

from collections.abc import Awaitable, Callable, Mapping

from app.kit.database import ReadSession
from app.kit.models import AccessClass, Attachment
from app.organizations.access import Caller, Permission
from app.organizations.errors import NotAllowed, OutOfSight

Reader = Callable[[ReadSession, Caller, Attachment], Awaitable[None]]
"""Refuses (OutOfSight, NotAllowed) whoever may not read a file of what it belongs to."""

Readers = Mapping[str, Reader]
"""For each kind of owner the rule that decides; `app/wiring.py` hands them down."""


def by_permission(permission: Permission, *, personal: Permission | None = None) -> Reader:
    """Return the rule that one permission at the owner's organization lets a caller read.

    What is personal needs a second one; without it nobody reads personal files by this rule.
    """

    async def may_read(_: ReadSession, caller: Caller, file: Attachment) -> None:
        needed = permission if file.access is not AccessClass.personal else personal
        for one in (permission, needed):
            if one is None or file.organization_id not in caller.holds(one):
                if not caller.sees(file.organization_id):
                    raise OutOfSight
                raise NotAllowed(permission=one, organization_id=file.organization_id)

    return may_read


async def must_read(session: ReadSession, caller: Caller, file: Attachment, readers: Readers) -> None:
    """Refuse unless a caller may read a file: by its owner's rule, or as who uploaded it a moment ago."""
    if file.owner_kind is None:
        if file.uploaded_by != caller.label:
            raise OutOfSight
        return
    reader = readers.get(file.owner_kind)
    if reader is None:
        raise OutOfSight
    await reader(session, caller, file)
