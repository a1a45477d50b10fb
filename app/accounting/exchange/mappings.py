"""Mappings: an organization's accounts in the words of another bookkeeping program."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select

from app.accounting.models import AccountMapping, Program
from app.kit.database import ReadSession, WriteSession


async def of(session: ReadSession, organization_id: UUID, program: Program) -> dict[str, str]:
    """Return another program's codes by our labels."""
    query = select(AccountMapping).where(
        AccountMapping.organization_id == organization_id, AccountMapping.program == program
    )
    return {one.label: one.their_code for one in await session.scalars(query)}


async def replace(
    session: WriteSession, organization_id: UUID, program: Program, codes: Mapping[str, str]
) -> None:
    """Let these be all the codes of a program."""
    gone = delete(AccountMapping).where(
        AccountMapping.organization_id == organization_id, AccountMapping.program == program
    )
    await session.execute(gone)
    for label, their_code in codes.items():
        session.add(
            AccountMapping(
                organization_id=organization_id, program=program, label=label, their_code=their_code
            )
        )
    await session.flush()
