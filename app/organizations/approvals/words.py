"""Words: why a step was decided as it was, sealed under a key of the request's own.

What is asked is often about a person, and who decides writes down names.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from app.kit import vault
from app.kit.database import ReadSession, WriteSession

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


def _field(number: int) -> str:
    return f"step_{number}_reason"
