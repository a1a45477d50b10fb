"""Dimensions: how the features above make themselves known to the books."""

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
