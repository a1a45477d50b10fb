"""Dimensions: how the features above make themselves known to the books."""

from collections.abc import Sequence
from uuid import UUID

from app.kit.database import WriteSession
from app.ledger.models import Dimension, DimensionKind


async def declare(
    session: WriteSession, kind: DimensionKind, code: str, *, organization_id: UUID | None = None
) -> Dimension:
    """Make a thing of the world known to the books under a code that will never change, and return it."""
    dimension = Dimension(kind=kind, code=code, organization_id=organization_id)
    session.add(dimension)
    # The feature's own row shares this id and points to it, in whatever order the unit of work would choose.
    await session.flush()
    return dimension


async def declare_all(
    session: WriteSession, kind: DimensionKind, codes: Sequence[str], *, organization_id: UUID
) -> dict[str, UUID]:
    """Make many things of an organization known to the books, and return the id of each code."""
    made = [Dimension(kind=kind, code=code, organization_id=organization_id) for code in codes]
    session.add_all(made)
    await session.flush()
    return {one.code: one.id for one in made}
