"""The demo's beneficiaries: generated people whom running projects helped, one who asks, and a village.

Nobody in it exists: names are numbered, and so are the documents, whose region is one that is not given out.
"""

from datetime import date, datetime
from uuid import UUID

from stdnum.cn import ric

from app.kit.clock import LEGAL_ZONE
from app.kit.database import Database, WriteSession
from app.kit.persons.documents import DocumentKind
from app.organizations.models import Organization
from app.projects.aid_cases import cases
from app.projects.aid_cases.cases import Application
from app.projects.beneficiaries import benefits, persons
from app.projects.beneficiaries.benefits import Given
from app.projects.beneficiaries.persons import Particulars
from app.projects.models import (
    AidStandard,
    AidStandardNotice,
    BenefitKind,
    BookKind,
    Project,
    ProjectCategory,
    ProjectState,
    VillageItem,
    VillageItemDone,
)
from app.projects.register import projects, standards, steps
from app.projects.register.projects import NewProject
from app.projects.register.steps import Move
from app.projects.villages import books, homes, statements
from app.projects.villages.books import Booked
from app.projects.villages.homes import NewVillage

ACTOR = "demo"
REGION = "619999"
"""No county has this code: a number that begins with it is nobody's."""

AGREED_AT = datetime(2026, 2, 20, 9, tzinfo=LEGAL_ZONE)
PEOPLE = 12
TOLD_ON = date(2026, 3, 2)


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
    async with database.writing() as session:
        await _ask_for_help(session, county, helped[0])
    async with database.writing() as session:
        await _open_village(session, county)
    return project.id


async def _ask_for_help(session: WriteSession, county: Organization, who: UUID) -> None:
    """Take an application that waits for its verifications."""
    new = illness(county, code="610924-2026-DB-0001", title="示例：大病救助")
    project = await relieving(session, new)
    await cases.apply(session, project, application(who, date(2026, 4, 2)), by=ACTOR)


async def relieving(session: WriteSession, new: NewProject) -> Project:
    """Return a running project for help in an illness, whose standard everybody was told."""
    project = await running(session, new)
    standard = AidStandard(
        project_id=project.id,
        number=1,
        valid_from=date(2026, 3, 1),
        standard="自付医疗费用超过两万元的部分按三成资助",
        workflow="申请、两人核实、审批、公示七日、发放",
        norms="不收取任何费用",
        made_by=ACTOR,
        cap_episode_minor=3_000_000,
        cap_year_minor=5_000_000,
    )
    await standards.add(session, project, standard)
    told = AidStandardNotice(
        standard_id=standard.id,
        told_on=TOLD_ON,
        way="村务公开栏",
        audience="全县",
        told_by=ACTOR,
    )
    await standards.tell(session, standard, told)
    return project


def application(who: UUID, on: date) -> Application:
    """Return what a generated person asks for; the account is nobody's."""
    story = {
        "applicant": "申请人0001",
        "diagnosis": "示例诊断",
        "payee_name": "受益人0001",
        "payee_account": "6200000000000000",
    }
    return Application(
        beneficiary_id=who,
        applied_on=on,
        asked_minor=2_000_000,
        cost_minor=9_000_000,
        insured_minor=5_000_000,
        story=story,
    )


async def _open_village(session: WriteSession, county: Organization) -> None:
    """Let a village try a Happy Home out, with a quarter of its public book told to everybody."""
    new = NewVillage(
        organization_id=county.id,
        code="610924-XFJY-0001",
        region_code="610924",
        town="示例镇",
        name="示例村",
        pilot_phase=1,
        started_on=date(2026, 1, 10),
    )
    village = await homes.start(session, new, by=ACTOR)
    for item in VillageItem:
        row = VillageItemDone(
            village_id=village.id,
            item=item,
            done_on=date(2026, 1, 20),
            note="示例",
            recorded_by=ACTOR,
        )
        await homes.tick(session, village, row)
    await homes.establish(session, village, on=date(2026, 1, 21))
    lines = ((BookKind.income, 800_000, "乡贤捐赠"), (BookKind.expense, 120_000, "关爱中心过冬煤炭"))
    for kind, amount, words in lines:
        booked = Booked(kind=kind, on=date(2026, 2, 12), amount_minor=amount, words=words, by=ACTOR)
        await books.book(session, village, booked)
    await statements.publish(session, village, year=2026, quarter=1, by=ACTOR)


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


def illness(place: Organization, *, code: str, title: str) -> NewProject:
    """Return a project that helps in an illness."""
    return NewProject(
        organization_id=place.id,
        code=code,
        title=title,
        category=ProjectCategory.medical_aid,
        content="资助大病患者家庭",
        region_code="610924",
        planned_from=date(2026, 3, 1),
        planned_to=date(2026, 12, 31),
        beneficiary_rule="自付费用超过标准的患者，经两人核实并公示",
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
