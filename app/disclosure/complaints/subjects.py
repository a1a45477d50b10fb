"""Subjects: what a complaint may be about, by the codes that the public reads."""

import re
from uuid import UUID

from sqlalchemy import select

from app.disclosure import campaigns
from app.disclosure.complaints.errors import ComplaintSubjectUnknown
from app.disclosure.models import ComplaintSubject, Publication
from app.disclosure.projects import projects
from app.fundraising.models import Campaign
from app.kit.database import ReadSession
from app.projects.models import Project

_ID = re.compile(r"(?:^|/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?$", re.IGNORECASE)


async def check(
    session: ReadSession, organization_id: UUID, kind: ComplaintSubject, code: str | None
) -> str | None:
    """Return the code of what a complaint is about, or refuse one that this organization has not.

    A publication is named as whoever complains found it: by its id, or by an address here that ends in it.
    """
    known = True
    if kind is ComplaintSubject.campaign:
        query = campaigns.shown().where(Campaign.code == code, Campaign.organization_id == organization_id)
        known = await session.scalar(query) is not None
    elif kind is ComplaintSubject.project:
        project = projects.shown().where(Project.code == code, Project.organization_id == organization_id)
        known = await session.scalar(project) is not None
    elif kind is ComplaintSubject.publication:
        code = await _published(session, organization_id, code or "")
        known = code is not None
    if not known:
        raise ComplaintSubjectUnknown(subject_kind=kind)
    return code


async def _published(session: ReadSession, organization_id: UUID, named: str) -> str | None:
    ending = _ID.search(named.strip())
    if ending is None:
        return None
    query = select(Publication.id).where(
        Publication.id == UUID(ending[1]), Publication.organization_id == organization_id
    )
    found = await session.scalar(query)
    return found and str(found)
