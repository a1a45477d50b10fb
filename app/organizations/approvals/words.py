"""Words: why a step was decided as it was, sealed under a key of the request's own.

What is asked is often about a person, and who decides writes down names.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.organizations.models import ApprovalDecision, Verdict

Place = tuple[UUID, int]
"""A request, and the number of one of its steps."""


async def keep(session: WriteSession, approval_id: UUID, number: int, reason: str) -> None:
    """Seal why a step of a request was decided as it was."""
    await vault.keep(session, approval_id, {_field(number): reason})


async def read(session: ReadSession, places: Collection[Place]) -> Mapping[Place, str]:
    """Return why steps were decided as they were, of those where anything was said."""
    if not places:
        return {}
    fields = {_field(number): number for _, number in places}
    kept = await vault.read(session, sorted({one for one, _ in places}), sorted(fields))
    return {
        (approval_id, fields[field]): said
        for approval_id, words in kept.items()
        for field, said in words.items()
    }


async def of_rejections(session: ReadSession, approval_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return why requests were rejected, of those that were."""
    query = select(ApprovalDecision.approval_id, ApprovalDecision.number).where(
        ApprovalDecision.approval_id.in_(approval_ids), ApprovalDecision.verdict == Verdict.reject
    )
    places = [(approval_id, number) for approval_id, number in await session.execute(query)]
    return {approval_id: said for (approval_id, _), said in (await read(session, places)).items()}


def _field(number: int) -> str:
    return f"step_{number}_reason"
