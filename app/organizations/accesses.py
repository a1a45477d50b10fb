"""Accesses: the log of who looked at what is personal or financial."""

from collections.abc import Collection
from uuid import UUID

from app.kit.database import Transactions
from app.organizations.models import Access, AccessKind


async def record(
    database: Transactions, caller: str, *, at: UUID | Collection[UUID], kind: AccessKind, subject: UUID | str
) -> None:
    """Write down, in a transaction of its own and before the answer, that a caller looks at something.

    `at` is the organization whose data it is, or all of them; `subject` an id or a code, never a name. If it
    cannot be written, nothing is shown.
    """
    async with database.writing() as session:
        session.add_all(
            Access(organization_id=one, caller=caller, kind=kind, subject=str(subject))
            for one in ([at] if isinstance(at, UUID) else sorted(at))
        )
