"""Shares: who bears which part of a project's or a site's cost, as planned and as far as it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.projects.budgets.errors import ShareTwice
from app.projects.models import FundingShare, ShareSource


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare:
    """What one source bears, in fen."""

    source: ShareSource
    planned_minor: int
    received_minor: int = 0


async def replace(
    session: WriteSession, project_id: UUID, site_id: UUID | None, told: Sequence[NewShare]
) -> None:
    """Write down who bears what of a project (or of one of its sites) in place of what was told before.

    Whoever calls has locked the project or the site: two who write at once would mix.
    """
    await session.execute(delete(FundingShare).where(_at(project_id, site_id)))
    async with constraints.told(session, {"funding_shares_place_key": ShareTwice()}):
        session.add_all(
            FundingShare(
                project_id=project_id,
                site_id=site_id,
                source=one.source,
                planned_minor=one.planned_minor,
                received_minor=one.received_minor,
            )
            for one in told
        )


async def of(session: ReadSession, project_id: UUID, site_id: UUID | None) -> Sequence[FundingShare]:
    """Return who bears what of a project itself, or of one of its sites."""
    query = select(FundingShare).where(_at(project_id, site_id))
    return (await session.scalars(query.order_by(FundingShare.id))).all()


def _at(project_id: UUID, site_id: UUID | None) -> ColumnElement[bool]:
    place = FundingShare.site_id.is_(None) if site_id is None else FundingShare.site_id == site_id
    return and_(FundingShare.project_id == project_id, place)
