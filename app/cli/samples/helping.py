"""The demo's beneficiaries: generated people whom running projects helped, and people who were only counted.

Nobody in it exists: names are numbered, and so are the documents, whose region is one that is not given out.
"""

from datetime import date, datetime
from uuid import UUID

from stdnum.cn import ric

from app.kit.clock import LEGAL_ZONE
from app.kit.database import Database, WriteSession
from app.kit.persons.documents import DocumentKind
from app.organizations.models import Organization
from app.projects.beneficiaries import benefits, persons
from app.projects.beneficiaries.benefits import Given
from app.projects.beneficiaries.persons import Particulars
from app.projects.models import BenefitKind, Project, ProjectCategory, ProjectState
from app.projects.register import projects, steps
from app.projects.register.projects import NewProject
from app.projects.register.steps import Move

ACTOR = "demo"
REGION = "619999"
"""No county has this code: a number that begins with it is nobody's."""

AGREED_AT = datetime(2026, 2, 20, 9, tzinfo=LEGAL_ZONE)
PEOPLE = 12


async def load(database: Database, county: Organization) -> UUID:
    """Carry a school project out in a county, with help to generated people; return the project's id."""
    async with database.writing() as session:
        project = await running(session, _schools(county))
        helped = [await person(session, county, number) for number in range(PEOPLE)]
        given = [
            Given(
                kind=BenefitKind.money,
                given_on=date(2026, 3 + place % 3, 15),
                title="助学金",
                amount_minor=200_000,
                beneficiary_id=who,
                reference=f"ZX-{place + 1:03d}",
            )
            for place, who in enumerate([*helped, *helped[:4]])
        ]
        books = Given(
            kind=BenefitKind.goods,
            given_on=date(2026, 4, 23),
            title="图书",
            person_count=86,
            amount_minor=258_000,
            quantity=172,
            unit="册",
        )
        await benefits.record(session, project, [*given, books], by=ACTOR)
        return project.id


def _schools(county: Organization) -> NewProject:
    return NewProject(
        organization_id=county.id,
        code="610924-2026-ZX-0001",
        title="示例：乡村学子助学",
        category=ProjectCategory.education,
        content="资助家庭困难学生，为乡村小学添置图书",
        region_code="610924",
        planned_from=date(2026, 3, 1),
        planned_to=date(2026, 12, 31),
        beneficiary_rule="经学校推荐、公示的家庭困难学生",
    )


async def running(session: WriteSession, new: NewProject) -> Project:
    """Return a project that has been approved and has begun."""
    project = await projects.create(session, new, by=ACTOR)
    for state in (ProjectState.proposed, ProjectState.approved, ProjectState.running):
        await steps.move(session, project, Move(to=state, by=ACTOR, on=date(2026, 3, 1)))
    return project


async def person(session: WriteSession, at: Organization, number: int) -> UUID:
    """Register a generated person; the same number is the same person in every demo."""
    digits = f"{REGION}{1970 + number % 40}{1 + number % 12:02d}{1 + number % 28:02d}{900 + number % 100}"
    told = Particulars(
        name=f"受益人{number + 1:04d}",
        document_kind=DocumentKind.resident_id,
        document_number=digits + ric.calc_check_digit(digits + "0"),
        agreed_at=AGREED_AT,
        region_code=at.region_code,
    )
    return (await persons.register(session, at.id, told, actor=ACTOR)).id
