"""Sheets: sites by the sheetful, taken over whole or not at all, each fault at its line and column."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.sheets import sheetfuls, values
from app.kit.sheets.cells import Kind
from app.kit.sheets.faults import Said
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.sheetfuls import Sheetful
from app.organizations.models import Organization, Region
from app.projects.models import Milestone, MilestoneKind, Project, Site, SiteKind, SiteState, Structure
from app.projects.sites import sites
from app.projects.sites.errors import SiteCodeTaken
from app.projects.sites.sites import BUILDING, NewSite

ROWS_MAX = 10_000
"""A sheet is one transaction; a longer list comes in several sheets."""

_ABOVE_ZERO = Said("above zero", "应大于零")
KINDS = {
    "桥梁": SiteKind.bridge,
    "道路": SiteKind.road,
    "饮水设施": SiteKind.water,
    "校舍": SiteKind.school,
    "卫生室": SiteKind.clinic,
    "关爱中心": SiteKind.care_centre,
    "慈善工作站": SiteKind.station,
    "设备": SiteKind.equipment,
    "其他": SiteKind.other,
}
STRUCTURES = {
    "平板桥": Structure.slab,
    "石拱桥": Structure.stone_arch,
    "吊桥": Structure.suspension,
    "钢管桥": Structure.steel_pipe,
    "梁桥": Structure.beam,
    "其他": Structure.other,
}


def _scaled(scale: int, least: int, most: int) -> Any:  # noqa: ANN401 - reads a text into a whole number
    """Return what reads a decimal into whole units of which `scale` make one of the column's."""
    words = Said("a number in bounds is wanted", "应为合理范围内的数字")

    def read(text: str) -> int:
        try:
            number = Decimal(text) * scale
        except InvalidOperation:
            raise ValueError(words) from None
        if not number.is_finite() or not least <= round(number) <= most:
            raise ValueError(words)
        return round(number)

    return read


FORM = Form(
    name="sites",
    zh="点位",
    en="sites",
    fields=[
        Field(name="project", zh="项目编号", en="project code", required=True),
        Field(name="code", zh="点位编号", en="code", required=True, read=values.code, example="QAB-2026-001"),
        Field(name="title", zh="点位名称", en="title", required=True),
        Field(
            name="kind",
            zh="点位类别",
            en="kind",
            required=True,
            choices=KINDS | {one.value: one for one in SiteKind},
        ),
        Field(
            name="structure",
            zh="结构",
            en="structure",
            choices=STRUCTURES | {one.value: one for one in Structure},
        ),
        Field(name="region_code", zh="行政区划代码", en="region code", required=True),
        Field(name="town", zh="乡镇", en="town"),
        Field(name="village", zh="村（社区）", en="village", required=True),
        Field(name="length_centimetres", zh="长度（米）", en="length (m)", read=_scaled(100, 1, 10_000_000)),
        Field(name="width_centimetres", zh="宽度（米）", en="width (m)", read=_scaled(100, 1, 1_000_000)),
        Field(
            name="latitude_microdegrees",
            zh="纬度",
            en="latitude",
            read=_scaled(1_000_000, -90_000_000, 90_000_000),
        ),
        Field(
            name="longitude_microdegrees",
            zh="经度",
            en="longitude",
            read=_scaled(1_000_000, -180_000_000, 180_000_000),
        ),
        Field(name="contractor", zh="施工单位", en="contractor"),
        Field(name="beneficiary_count", zh="受益人数", en="people served", kind=Kind.integer),
        Field(name="planned_minor", zh="计划造价（元）", en="planned cost", kind=Kind.money),
        Field(name="cost_minor", zh="决算造价（元）", en="final cost", kind=Kind.money),
        Field(
            name="accepted_on",
            zh="验收日期",
            en="accepted on",
            kind=Kind.day,
            hint_zh="仅填写本系统启用账簿之前已验收的点位",
            hint_en="only for sites accepted before the books were opened here",
        ),
    ],
)


@dataclass(frozen=True, slots=True)
class SitesTaken:
    """How many sites a sheet holds, how many of them are finished, and whether it was only tried."""

    site_count: int
    accepted_count: int
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Known:
    organization: Organization
    projects: dict[str, Project]
    regions: frozenset[str]
    codes: set[tuple[str, str]]


async def take_in(
    session: WriteSession, organization: Organization, path: Path, *, actor: str, dry_run: bool
) -> SitesTaken:
    """Plan every site of a filled form, or refuse with each fault at its line and column; nothing half.

    What was accepted before the books were opened here comes as finished; what is newer goes its way.
    """
    sheet = await sheetfuls.read(path, FORM, rows_max=ROWS_MAX)
    known = await _known(session, organization, sheet.rows)
    made = [_site(sheet, row, known) for row in sheet.rows]
    sheet.faults.refuse()
    found = [one for one in made if one is not None]
    done = [one for one in found if one.accepted_on is not None]
    if not dry_run:
        async with constraints.told(session, {"sites_project_id_code_key": SiteCodeTaken()}):
            session.add_all(found)
        session.add_all(one for site in found for one in _milestones(site, actor))
        await session.flush()
    return SitesTaken(len(found), len(done), dry_run)


async def _known(session: ReadSession, organization: Organization, rows: Sequence[Row]) -> _Known:
    wanted = {str(row.values["project"]) for row in rows}
    ours = select(Project).where(
        Project.organization_id == organization.id,
        Project.code.in_(wanted),
        # Sites that were finished before the books were opened may belong to projects that are over.
        Project.state.in_(BUILDING) | (Project.executed_from < organization.books_from),
    )
    projects = {one.code: one for one in await session.scalars(ours)}
    places = {str(row.values["region_code"]) for row in rows}
    codes = (
        select(Project.code, Site.code)
        .join(Site, Site.project_id == Project.id)
        .where(Project.id.in_({one.id for one in projects.values()}))
    )
    return _Known(
        organization,
        projects,
        frozenset(await session.scalars(select(Region.code).where(Region.code.in_(places)))),
        {(row[0], row[1]) for row in await session.execute(codes)},
    )


def _site(sheet: Sheetful, row: Row, known: _Known) -> Site | None:
    said: dict[str, Any] = {field.name: row.values.get(field.name) for field in FORM.fields}
    project, accepted_on, cost = said.pop("project"), said.pop("accepted_on"), said.pop("cost_minor")
    faults = _faults(said, project, known)
    if cost is not None and cost < 1:
        faults.append(("cost_minor", "range", _ABOVE_ZERO))
    if accepted_on is not None and (accepted_on >= known.organization.books_from or cost is None):
        words = Said(
            "accepted before the books were opened here, with its final cost, or not yet",
            "仅可导入账簿启用前已验收且有决算造价的点位",
        )
        faults.append(("accepted_on", "not_historical", words))
    for name, code, detail in faults:
        sheet.wrong(row, name, code=code, detail=detail)
    if faults:
        return None
    known.codes.add((project, said["code"]))
    site = sites.planned(known.projects[project], NewSite(**said))
    site.cost_minor = cost
    if accepted_on is not None:
        site.state, site.accepted_on = SiteState.accepted, accepted_on
    return site


def _faults(said: dict[str, Any], project: str, known: _Known) -> list[tuple[str, str, Said]]:
    found: list[tuple[str, str, Said]] = []
    if project not in known.projects:
        words = Said("no project of this organization that is not over", "本机构没有此编号的未结束项目")
        found.append(("project", "unknown", words))
    if (project, said["code"]) in known.codes:
        found.append(("code", "twice", Said("the project has such a site", "该项目已有同编号的点位")))
    if said["region_code"] not in known.regions:
        found.append(("region_code", "unknown", Said("no such region", "没有此行政区划")))
    if said["structure"] is not None and said["kind"] is not SiteKind.bridge:
        found.append(("structure", "unfit", Said("only bridges have one", "仅桥梁填写结构")))
    if (said["latitude_microdegrees"] is None) != (said["longitude_microdegrees"] is None):
        found.append(("latitude_microdegrees", "half", Said("both or neither", "经纬度须同时填写")))
    if (said["beneficiary_count"] or 0) < 0:
        found.append(("beneficiary_count", "range", Said("not below zero", "人数不能为负")))
    if said["planned_minor"] is not None and said["planned_minor"] < 1:
        found.append(("planned_minor", "range", _ABOVE_ZERO))
    return found


def _milestones(site: Site, by: str) -> list[Milestone]:
    found = sites.milestones_of(site)
    if site.accepted_on is not None:
        for one in found:
            if one.kind not in {MilestoneKind.plaque, MilestoneKind.file_complete}:
                one.done_on, one.done_by = site.accepted_on, by
    return found
