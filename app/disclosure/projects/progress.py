"""Progress: published reports with their photographs, and how far they have brought a project."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.kit.database import ReadSession
from app.kit.models import Attachment
from app.projects.models import Indicator, ProgressFigure, ProgressReport, Project
from app.projects.progress import reports

REPORTS_MAX = 40
"""So many reports are told with a project, the latest first: ten years of quarters."""

PHOTOS_LOOKED_AT = 12
"""So many photographs of a report are passed over to find the next one's first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Something by which a project is measured, and how far published reports have come with it."""

    indicator: Indicator
    reached: int


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photograph for everybody, with the report that it came with and the project that it shows."""

    photo: Attachment
    report: ProgressReport
    project: Project


@dataclass(frozen=True, slots=True)
class Told:
    """A published report with the photographs of which there is a copy for everybody."""

    report: ProgressReport
    photos: Sequence[Attachment]


async def measured(session: ReadSession, project_id: UUID) -> list[Measured]:
    """Return a project's indicators; what was accepted and not published is not told by them either."""
    said = (
        select(ProgressFigure.indicator_id, func.sum(ProgressFigure.value).label("value"))
        .join(ProgressReport, ProgressReport.id == ProgressFigure.report_id)
        .where(ProgressFigure.project_id == project_id, ProgressReport.published_on.is_not(None))
        .group_by(ProgressFigure.indicator_id)
        .subquery()
    )
    query = (
        select(Indicator, func.coalesce(said.c.value, 0))
        .outerjoin(said, said.c.indicator_id == Indicator.id)
        .where(Indicator.project_id == project_id)
        .order_by(Indicator.code)
    )
    return [Measured(row[0], int(row[1])) for row in await session.execute(query)]


async def told(session: ReadSession, project_id: UUID) -> list[Told]:
    """Return a project's published reports, the latest first."""
    query = select(ProgressReport).where(
        ProgressReport.project_id == project_id, ProgressReport.published_on.is_not(None)
    )
    found = (await session.scalars(query.order_by(ProgressReport.number.desc()).limit(REPORTS_MAX))).all()
    photos: dict[UUID | None, list[Attachment]] = {}
    copies = select(Attachment).where(
        Attachment.owner_kind == reports.OWNER,
        Attachment.owner_id.in_([one.id for one in found]),
        Attachment.public_sha256.is_not(None),
        Attachment.deleted_at.is_(None),
    )
    for photo in await session.scalars(copies.order_by(Attachment.id)):
        photos.setdefault(photo.owner_id, []).append(photo)
    return [Told(one, photos.get(one.id, [])) for one in found]


async def newest(session: ReadSession, count: int) -> list[Pictured]:
    """Return the first photograph of each report, of those that were published last."""
    query = (
        select(Attachment, ProgressReport, Project)
        .join(ProgressReport, ProgressReport.id == Attachment.owner_id)
        .join(Project, Project.id == ProgressReport.project_id)
        .where(
            Attachment.owner_kind == reports.OWNER,
            Attachment.public_media_type.startswith("image/"),
            Attachment.deleted_at.is_(None),
            ProgressReport.published_on.is_not(None),
        )
        .order_by(ProgressReport.published_on.desc(), ProgressReport.id.desc(), Attachment.id)
        .limit(count * PHOTOS_LOOKED_AT)
    )
    first: dict[UUID, Pictured] = {}
    for photo, report, project in await session.execute(query):
        first.setdefault(report.id, Pictured(photo, report, project))
    return list(first.values())[:count]
