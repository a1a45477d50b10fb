"""Lists: records by the sheetful, taken over whole or not at all, and lists to take away."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.sheets import sheetfuls
from app.kit.sheets.cells import Column, Kind
from app.kit.sheets.faults import Said
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.sheetfuls import Sheetful
from app.kit.sheets.workbooks import Sheet
from app.volunteers import volunteers
from app.volunteers.models import (
    Category,
    Enrolment,
    RecordSource,
    RecordState,
    TimeRecord,
    Volunteer,
)
from app.volunteers.records import DAY_MINUTES

ROWS_MAX = 50_000
"""A list is one transaction; a longer one comes in several sheets."""

_UNKNOWN = Said("no volunteer of this organization has this number", "本机构没有此编号的志愿者")
_AHEAD = Said("the day has not come yet", "日期尚未到来")
_MINUTES = Said(f"1 to {DAY_MINUTES} minutes", f"应为 1 至 {DAY_MINUTES} 分钟")
_TWICE = Said("a record has this reference already", "已有同编号的记录")

CATEGORIES = {
    "助老": Category.elderly,
    "助幼": Category.children,
    "助残": Category.disability,
    "济困": Category.poverty,
    "医疗健康": Category.health,
    "教育": Category.education,
    "文化": Category.culture,
    "环保": Category.environment,
    "应急": Category.emergency,
    "社区": Category.community,
    "其他": Category.other,
}
FORM = Form(
    name="records",
    zh="服务记录",
    en="records",
    fields=[
        Field(name="number", zh="志愿者编号", en="volunteer number", required=True),
        Field(name="served_on", zh="服务日期", en="date", kind=Kind.day, required=True),
        Field(name="minutes", zh="服务分钟数", en="minutes", kind=Kind.integer, required=True),
        Field(
            name="category",
            zh="服务类别",
            en="category",
            required=True,
            choices=CATEGORIES | {one.value: one for one in Category},
        ),
        Field(name="title", zh="服务内容", en="content", required=True),
        Field(name="place", zh="地点", en="place"),
        Field(name="served_group", zh="服务对象", en="served group"),
        Field(name="responsible", zh="负责人", en="responsible"),
        Field(name="reference", zh="记录编号", en="reference"),
    ],
)


@dataclass(frozen=True, slots=True)
class Taken:
    """How much a sheet holds, and whether it was only tried."""

    record_count: int
    minutes: int
    dry_run: bool


async def take_in(
    session: WriteSession, organization_id: UUID, path: Path, *, actor: str, dry_run: bool
) -> Taken:
    """Report every line of a filled form, or refuse with each fault at its line and column; nothing half.

    Whom the numbers name and which references are there already is looked up once for all lines.
    """
    sheet = await sheetfuls.read(path, FORM, rows_max=ROWS_MAX)
    numbers = [row.values["number"].upper() for row in sheet.rows]
    known = await _known(session, organization_id, numbers)
    taken = await _references(session, organization_id, sheet.rows)
    made = [_line(sheet, row, known, taken) for row in sheet.rows]
    sheet.faults.refuse()
    found = [
        TimeRecord(
            organization_id=organization_id,
            source=RecordSource.sheet,
            state=RecordState.reported,
            reported_by=actor,
            **one,
        )
        for one in made
        if one is not None
    ]
    if not dry_run:
        session.add_all(found)
        await session.flush()
    return Taken(len(found), sum(one.minutes for one in found), dry_run)


async def _known(session: ReadSession, organization_id: UUID, numbers: Sequence[str]) -> dict[str, UUID]:
    rows = await session.execute(
        select(Volunteer.number, Volunteer.id)
        .join(Enrolment, Enrolment.volunteer_id == Volunteer.id)
        .where(
            Enrolment.organization_id == organization_id,
            Volunteer.number.in_(set(numbers)),
            Volunteer.erased_at.is_(None),
        )
    )
    return {row[0]: row[1] for row in rows}


async def _references(session: ReadSession, organization_id: UUID, rows: Sequence[Row]) -> set[str]:
    wanted = {row.values["reference"] for row in rows if row.values.get("reference")}
    found = await session.scalars(
        select(TimeRecord.reference).where(
            TimeRecord.organization_id == organization_id, TimeRecord.reference.in_(wanted)
        )
    )
    return {one for one in found if one is not None}


def _line(sheet: Sheetful, row: Row, known: dict[str, UUID], taken: set[str]) -> dict[str, Any] | None:
    said: dict[str, Any] = {name: row.values.get(name) for name in (field.name for field in FORM.fields)}
    who = known.get(str(said.pop("number")).upper())
    faults = [
        (who is None, "number", "unknown", _UNKNOWN),
        (said["served_on"] > today(), "served_on", "ahead", _AHEAD),
        (not 1 <= said["minutes"] <= DAY_MINUTES, "minutes", "range", _MINUTES),
        (said["reference"] in taken, "reference", "twice", _TWICE),
    ]
    for wrong, name, code, detail in faults:
        if wrong:
            sheet.wrong(row, name, code=code, detail=detail)
    if who is None or any(fault[0] for fault in faults):
        return None
    if said["reference"]:
        taken.add(said["reference"])
    for name in ("place", "served_group", "responsible"):
        said[name] = said[name] or ""
    return said | {"volunteer_id": who}


COLUMNS = [
    Column("志愿者编号"),
    Column("姓名"),
    Column("登记日期", Kind.day),
    Column("证件核验", Kind.moment),
    Column("行政区划"),
    Column("服务类别"),
    Column("技能"),
]


def sheet(rows: AsyncIterator[Sequence[object]], organization: str) -> Sheet:
    """Return the list of an organization's volunteers as a sheet that is written while it is read."""
    return Sheet(
        "志愿者", COLUMNS, rows, titles=(f"{organization} 志愿者名册", f"导出时间 {now():%Y-%m-%d %H:%M}")
    )


async def lines(session: ReadSession, query: Select[Volunteer]) -> list[Sequence[object]]:
    """Return one page of volunteers as the lines of such a sheet, the erased without a name."""
    found = (await session.scalars(query)).all()
    names = await volunteers.names(session, [one.id for one in found])
    return [
        (
            one.number,
            names.get(one.id),
            one.registered_on,
            one.checked_at,
            one.region_code,
            "、".join(one.categories),
            "、".join(one.skills),
        )
        for one in found
    ]
