"""Projects: what is published of one while it runs and when it has ended."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table, Value
from app.kit.database import ReadSession
from app.organizations.models import Organization, Region
from app.projects.beneficiaries import statistics
from app.projects.beneficiaries.statistics import Span
from app.projects.budgets import actuals
from app.projects.models import (
    BenefitBasis,
    CostKind,
    LeftoverDecision,
    LeftoverState,
    Programme,
    Project,
    ProjectPartner,
)
from app.projects.schemas import labels, work_labels

_FEN = Measure.fen


def _said(codes: str, value: str) -> str:
    word = (labels.CODES.get(codes) or work_labels.CODES[codes])[value]
    return word if isinstance(word, str) else word[0]


async def name(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell which project it is."""
    project = await _project(session, asked)
    programme = project.programme_id and await session.get(Programme, project.programme_id)
    category = _said("ProjectCategory", project.category)
    return [
        Field("code", "项目代码", "Code", Measure.text, project.code),
        Field("name", "项目名称", "Name", Measure.text, project.title),
        Field("category", "项目类别", "Category", Measure.text, category),
        Field("programme", "所属品牌项目", "Programme", Measure.text, programme.title if programme else "无"),
    ]


async def content(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what it does."""
    project = await _project(session, asked)
    return [Field("content", "项目内容", "What it does", Measure.text, project.content)]


async def time(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell when it is and was carried out."""
    project = await _project(session, asked)
    return [
        Field("planned_from", "计划开始", "Planned from", Measure.day, project.planned_from),
        Field("planned_to", "计划结束", "Planned until", Measure.day, project.planned_to),
        Field("executed_from", "实际开始", "Carried out from", Measure.day, project.executed_from),
        Field("executed_to", "实际结束", "Carried out until", Measure.day, project.executed_to),
    ]


async def place(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell where it is carried out."""
    project = await _project(session, asked)
    region = await session.scalar(select(Region.name).where(Region.code == project.region_code))
    spot = "".join(part for part in (region, project.town, project.village) if part)
    return [Field("place", "实施地域", "Where", Measure.text, spot)]


async def beneficiaries(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell who may be helped and how they are found, and how many were; nobody by name."""
    project = await _project(session, asked)
    told = await statistics.figures(session, project.id, Span(month_to=asked.last))
    times = {
        basis: sum(one.person_times for one in told.sums if one.basis is basis) for basis in BenefitBasis
    }
    return [
        Field("rule", "受益人群及其确定方式", "Who, and how found", Measure.text, project.beneficiary_rule),
        Field("persons", "累计受益人数（实名）", "People, known", Measure.persons, told.person_count),
        Field(
            "times_known",
            "累计受益人次（实名）",
            "Times, of people known",
            Measure.person_times,
            times[BenefitBasis.identified],
        ),
        Field(
            "times_counted",
            "累计受益人次（仅计人次）",
            "Times, only counted",
            Measure.person_times,
            times[BenefitBasis.counted_only],
        ),
    ]


async def expenditure(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what was spent, by year and kind of cost, in whoever's books."""
    sums: dict[tuple[int, CostKind | None], int] = defaultdict(int)
    for (year, kind, _), amount in (await actuals.spent(session, asked.subject.id, asked.last)).items():
        sums[year, kind] += amount
    rows: list[list[Value]] = [
        [f"{year} {_said('CostKind', kind) if kind else '未分类'}", amount]
        for (year, kind), amount in sorted(sums.items(), key=lambda one: (one[0][0], one[0][1] or ""))
    ]
    return [
        Field("spent", "累计支出", "Spent in all", _FEN, sum(sums.values())),
        Table(
            "costs",
            "分年度分类支出",
            "By year and kind of cost",
            (Column("cost", "年度、类别", "Year and kind"), Column("amount", "金额", "Amount", _FEN)),
            rows,
        ),
    ]


async def executors(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell who carries it out beside the organization: members, and organizations outside by name."""
    rows = await session.execute(
        select(func.coalesce(Organization.name, ProjectPartner.name), ProjectPartner.task)
        .outerjoin(Organization, Organization.id == ProjectPartner.organization_id)
        .where(ProjectPartner.project_id == asked.subject.id)
        .order_by(ProjectPartner.id)
    )
    return [
        Table(
            "executors",
            "委托第三方执行情况",
            "Who carries it out besides",
            (Column("name", "名称", "Name"), Column("task", "任务", "Task")),
            [list(row) for row in rows],
        )
    ]


async def remainder(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell how much was left over, by decisions that hold."""
    rows = await _leftovers(session, asked)
    return [Field("amount", "剩余财产金额", "Left over", _FEN, sum(one.amount for one, _ in rows))]


async def remainder_use(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell for what the rest is used now."""
    return [
        Table(
            "uses",
            "剩余财产的处理",
            "What the rest is used for",
            (
                Column("use", "处理方式", "Use"),
                Column("project", "转用项目", "Project"),
                Column("amount", "金额", "Amount", _FEN),
                Column("ground", "依据", "Ground"),
            ),
            [
                [_said("LeftoverUse", one.use), code, one.amount, one.ground]
                for one, code in await _leftovers(session, asked)
            ],
        )
    ]


async def _leftovers(session: ReadSession, asked: Asked) -> list[tuple[LeftoverDecision, str | None]]:
    target = Project.__table__.alias("target")
    rows = await session.execute(
        select(LeftoverDecision, target.c.code)
        .outerjoin(target, target.c.id == LeftoverDecision.target_project_id)
        .where(
            LeftoverDecision.project_id == asked.subject.id,
            LeftoverDecision.state == LeftoverState.approved,
        )
        .order_by(LeftoverDecision.id)
    )
    return [(row[0], row[1]) for row in rows]


async def _project(session: ReadSession, asked: Asked) -> Project:
    return await session.get_one(Project, asked.subject.id)
