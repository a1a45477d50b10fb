"""Volunteers and teams of which nobody exists."""

from datetime import date

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.kit.persons.documents import DocumentKind
from app.organizations.models import Organization
from app.volunteers import teams, volunteers
from app.volunteers.models import Team, Volunteer
from app.volunteers.teams import NewTeam
from app.volunteers.volunteers import Particulars
from tests.volunteers.office import person


async def volunteer(session: WriteSession, organization: Organization, **over: object) -> Volunteer:
    """A volunteer whose document somebody has seen."""
    told = person(**over)
    told["document_kind"] = DocumentKind(told["document_kind"])
    return await volunteers.register(
        session, organization.id, Particulars(**told), actor="test", checked=True
    )


async def team(session: WriteSession, organization: Organization, **over: object) -> Team:
    """A team at the top of its organization."""
    values = {"code": f"T{new_code(8)}", "name": "爱心服务队", "founded_on": date(2020, 10, 13)} | over
    return await teams.found(session, NewTeam(organization_id=organization.id, **values))
