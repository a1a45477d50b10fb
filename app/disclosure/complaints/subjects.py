"""Subjects: what a complaint may be about, by the codes that the public reads."""

from uuid import UUID

from sqlalchemy import select

from app.disclosure import campaigns
from app.disclosure.complaints.errors import ComplaintSubjectUnknown
from app.disclosure.models import ComplaintSubject
from app.fundraising.models import Campaign
from app.kit.database import ReadSession
from app.projects.models import Project


async def check(
    session: ReadSession, organization_id: UUID, kind: ComplaintSubject, code: str | None
) -> str | None:
    """Return the code of what a complaint is about, or refuse one that this organization has not.

    A publication is named as whoever complains found it: by its number, or by its address elsewhere.
    """
    known = True
    if kind is ComplaintSubject.campaign:
        query = campaigns.shown().where(Campaign.code == code, Campaign.organization_id == organization_id)
        known = await session.scalar(query) is not None
    elif kind is ComplaintSubject.project:
        project = select(Project.id).where(Project.code == code, Project.organization_id == organization_id)
        known = await session.scalar(project) is not None
    if not known:
        raise ComplaintSubjectUnknown(subject_kind=kind)
    return code
