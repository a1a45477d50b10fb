"""Sheets: projects by the sheetful, taken over whole or not at all, each fault at its line and column."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.sheets import sheetfuls, values
from app.kit.sheets.cells import Kind
from app.kit.sheets.faults import Said
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.sheetfuls import Sheetful
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations.models import Organization, Region
from app.projects.models import Programme, Project, ProjectCategory, ProjectState
from app.projects.register import programmes, projects, steps
from app.projects.register.errors import ProjectCodeTaken
from app.projects.register.projects import NewProject

ROWS_MAX = 10_000
"""A sheet is one transaction; a longer list comes in several sheets."""

C = ProjectCategory
CATEGORIES = {
    "教育助学": C.education,
    "健康": C.health,
    "产业帮扶": C.industry,
    "交通便民": C.transport,
    "消费帮扶": C.consumption,
    "应急救灾": C.emergency,
    "大病救助": C.medical_aid,
    "济困": C.livelihood,
    "助老": C.elderly,
    "助孤助幼": C.children,
    "助残": C.disability,
    "社区与村社互助": C.community,
    "生态环境": C.environment,
    "文化": C.culture,
    "其他": C.other,
}
FORM = Form(
    name="projects",
    zh="项目",
    en="projects",
    fields=[
        Field(
            name="code",
            zh="项目编号",
            en="code",
            required=True,
            read=values.code,
            example="610924-2026-QAB-0001",
        ),
        Field(name="title", zh="项目名称", en="title", required=True),
        Field(
            name="category",
            zh="类别",
            en="category",
            required=True,
            choices=CATEGORIES | {one.value: one for one in C},
        ),
        Field(name="programme", zh="品牌项目代码", en="programme code"),
        Field(name="content", zh="项目内容", en="content", required=True, length_max=2000),
        Field(name="region_code", zh="行政区划代码", en="region code", required=True, example="610924"),
        Field(name="town", zh="乡镇", en="town"),
        Field(name="village", zh="村（社区）", en="village"),
        Field(name="planned_from", zh="计划开始日期", en="planned from", kind=Kind.day, required=True),
        Field(name="planned_to", zh="计划结束日期", en="planned to", kind=Kind.day, required=True),
        Field(
            name="beneficiary_rule",
            zh="受益人确定方式",
            en="beneficiary rule",
            required=True,
            length_max=2000,
        ),
        Field(
            name="executed_from",
            zh="实施首日",
            en="first day of execution",
            kind=Kind.day,
            hint_zh="仅填写本系统启用账簿之前已开始的项目",
            hint_en="only for projects that began before the books were opened here",
        ),
        Field(name="executed_to", zh="实施末日", en="last day of execution", kind=Kind.day),
    ],
)


@dataclass(frozen=True, slots=True)
class ProjectsTaken:
    """How many projects a sheet holds, and whether it was only tried."""

    project_count: int
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What all lines of a sheet ask for, looked up once."""

    organization: Organization
    programmes: dict[str, UUID]
    regions: frozenset[str]
    codes: set[str]


async def take_in(
    session: WriteSession, organization: Organization, path: Path, *, actor: str, dry_run: bool
) -> ProjectsTaken:
    """Draft every project of a filled form, or refuse with each fault at its line and column; nothing half.

    What began before the books were opened here comes as it stood then; what began later is proposed and
    decided like any other.
    """
    sheet = await sheetfuls.read(path, FORM, rows_max=ROWS_MAX)
    known = await _known(session, organization, sheet.rows)
    made = [_project(sheet, row, known) for row in sheet.rows]
    sheet.faults.refuse()
    found = [one for one in made if one is not None]
    if not dry_run:
        await _keep(session, organization.id, found, actor)
    return ProjectsTaken(len(found), dry_run)


async def _keep(
    session: WriteSession, organization_id: UUID, found: Sequence[tuple[NewProject, dict[str, Any]]], by: str
) -> None:
    taken = ProjectCodeTaken()
    refusals = {"projects_code_key": taken, "dimensions_kind_organization_id_code_key": taken}
    async with constraints.told(session, refusals):
        ids = await dimensions.declare_all(
            session, DimensionKind.project, [new.code for new, _ in found], organization_id=organization_id
        )
        rows: list[Project] = []
        for new, standing in found:
            row = projects.drafted(new, ids[new.code])
            for name, value in standing.items():
                setattr(row, name, value)
            rows.append(row)
        session.add_all(rows)
        await session.flush()
    await steps.begin(session, rows, by=by)


async def _known(session: ReadSession, organization: Organization, rows: Sequence[Row]) -> _Known:
    wanted = {str(row.values["region_code"]) for row in rows}
    codes = {str(row.values["code"]) for row in rows}
    reached = await session.scalars(programmes.open_to([organization.id]).order_by(Programme.created_at))
    return _Known(
        organization,
        {one.code: one.id for one in reached},
        frozenset(await session.scalars(select(Region.code).where(Region.code.in_(wanted)))),
        set(await session.scalars(select(Project.code).where(Project.code.in_(codes)))),
    )


def _project(sheet: Sheetful, row: Row, known: _Known) -> tuple[NewProject, dict[str, Any]] | None:
    said: dict[str, Any] = {field.name: row.values.get(field.name) for field in FORM.fields}
    begun, ended, programme = said.pop("executed_from"), said.pop("executed_to"), said.pop("programme")
    faults = [
        *_written(said, programme, known),
        *_executed(begun, ended, known.organization.books_from),
    ]
    for name, code, words in faults:
        sheet.wrong(row, name, code=code, detail=words)
    if faults:
        return None
    known.codes.add(said["code"])
    new = NewProject(
        organization_id=known.organization.id,
        programme_id=known.programmes.get(programme) if programme else None,
        **said,
    )
    return new, _standing(begun, ended)


def _written(said: dict[str, Any], programme: str | None, known: _Known) -> list[tuple[str, str, Said]]:
    found: list[tuple[str, str, Said]] = []
    if said["code"] in known.codes:
        found.append(("code", "twice", Said("there is a project of this code already", "项目编号重复")))
    if said["region_code"] not in known.regions:
        found.append(("region_code", "unknown", Said("no such region", "没有此行政区划")))
    if programme and programme not in known.programmes:
        found.append(("programme", "unknown", Said("no such programme in reach", "没有可用的此品牌项目")))
    if said["planned_to"] < said["planned_from"]:
        found.append(("planned_to", "reversed", Said("before the first day", "早于开始日期")))
    return found


def _executed(begun: date | None, ended: date | None, books_from: date) -> list[tuple[str, str, Said]]:
    if ended is not None and (begun is None or ended < begun or ended > today()):
        return [("executed_to", "reversed", Said("not after the first day, or ahead", "早于首日或尚未到来"))]
    if begun is not None and begun >= books_from:
        detail = Said(
            f"began after the books were opened ({books_from}): propose it",
            f"在账簿启用（{books_from}）之后开始的项目须立项审批",
        )
        return [("executed_from", "not_historical", detail)]
    return []


def _standing(begun: date | None, ended: date | None) -> dict[str, Any]:
    if begun is None:
        return {}
    state = ProjectState.running if ended is None else ProjectState.closed
    return {"state": state, "executed_from": begun, "executed_to": ended}
