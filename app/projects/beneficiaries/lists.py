"""Lists: benefits by the sheetful, recorded whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.sheets import sheetfuls
from app.kit.sheets.cells import Kind
from app.kit.sheets.faults import Said
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form
from app.kit.sheets.sheetfuls import Sheetful
from app.organizations.models import Region
from app.projects.beneficiaries import benefits
from app.projects.beneficiaries.benefits import Given
from app.projects.models import Beneficiary, BeneficiaryEnrolment, Benefit, BenefitKind, Project

ROWS_MAX = 50_000
"""A list is one transaction, and its people wait for it; a longer one comes in several sheets."""

_UNKNOWN = Said("no beneficiary here has this number", "本机构没有此编号的受益人")
_NOBODY = Said("whom, or how many people", "须填受益人编号或人数")
_ONE = Said("one person is one person", "填写受益人编号的，人数只能为 1")
_ABOVE_ZERO = Said("1 or more", "应大于零")
_AHEAD = Said("the day has not come yet", "日期尚未到来")
_EARLY = Said("the project had not begun", "早于项目实施首日")
_UNIT = Said("a quantity has a unit", "数量与单位须同时填写")
_REGION = Said("no such region", "没有此行政区划")
_TWICE = Said("a line has this reference", "已有同编号的记录")

KINDS = {"资金": BenefitKind.money, "物资": BenefitKind.goods, "服务": BenefitKind.service}
FORM = Form(
    name="benefits",
    zh="受益记录",
    en="benefits",
    fields=[
        Field(
            name="number",
            zh="受益人编号",
            en="beneficiary number",
            hint_zh="只知人数的填写“人数”，不填此列",
            hint_en="leave empty where only the number of people is known",
        ),
        Field(name="person_count", zh="人数", en="people", kind=Kind.integer),
        Field(name="given_on", zh="受益日期", en="date", kind=Kind.day, required=True),
        Field(
            name="kind",
            zh="受益形式",
            en="kind",
            required=True,
            choices=KINDS | {one.value: one for one in BenefitKind},
        ),
        Field(name="title", zh="受益内容", en="what", required=True),
        Field(name="amount_minor", zh="金额", en="amount", kind=Kind.money, aliases=("金额（元）",)),
        Field(name="quantity", zh="数量", en="quantity", kind=Kind.integer),
        Field(name="unit", zh="单位", en="unit"),
        Field(name="region_code", zh="行政区划代码", en="region code"),
        Field(name="reference", zh="编号", en="reference"),
    ],
)


@dataclass(frozen=True, slots=True)
class Taken:
    """How much a list holds, and whether it was only tried."""

    benefit_count: int
    amount_minor: int
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lines of a list may name, looked up once for all of them."""

    people: dict[str, UUID]
    regions: frozenset[str]
    references: set[str]
    project: Project


async def take_in(session: WriteSession, project: Project, path: Path, *, actor: str, dry_run: bool) -> Taken:
    """Record every line of a filled form, or refuse with each fault at its line and column; nothing half."""
    sheet = await sheetfuls.read(path, FORM, rows_max=ROWS_MAX)
    known = await _known(session, project, sheet.rows)
    given = [_given(sheet, row, known) for row in sheet.rows]
    sheet.faults.refuse()
    async with session.begin_nested() as tried:
        lines = [one for one in given if one is not None]
        await benefits.record(session, project, lines, by=actor)
        if dry_run:
            await tried.rollback()
    return Taken(len(lines), sum(one.amount_minor for one in lines), dry_run)


async def _known(session: ReadSession, project: Project, rows: Sequence[Row]) -> _Known:
    said = {name: {row.values.get(name) for row in rows} - {None} for name in ("number", "reference")}
    people = await session.execute(
        select(Beneficiary.number, Beneficiary.id)
        .join(BeneficiaryEnrolment, BeneficiaryEnrolment.beneficiary_id == Beneficiary.id)
        .where(
            BeneficiaryEnrolment.organization_id == project.organization_id,
            Beneficiary.number.in_({str(one).upper() for one in said["number"]}),
            Beneficiary.erased_at.is_(None),
        )
    )
    taken = await session.scalars(
        select(Benefit.reference).where(
            Benefit.project_id == project.id, Benefit.reference.in_(said["reference"])
        )
    )
    return _Known(
        people={row[0]: row[1] for row in people},
        regions=frozenset(await session.scalars(select(Region.code))),
        references={one for one in taken if one is not None},
        project=project,
    )


def _given(sheet: Sheetful, row: Row, known: _Known) -> Given | None:
    said: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
    number = said.pop("number", None)
    who = known.people.get(str(number).upper()) if number else None
    kind, begun = said["kind"], known.project.executed_from
    people, amount, region = said.get("person_count", 1), said.get("amount_minor", 0), said.get("region_code")
    faults = [
        (number is not None and who is None, "number", "unknown", _UNKNOWN),
        (number is None and "person_count" not in said, "number", "missing", _NOBODY),
        (number is not None and people != 1, "person_count", "range", _ONE),
        (not 1 <= people <= 10**9, "person_count", "range", _ABOVE_ZERO),
        (said["given_on"] > today(), "given_on", "ahead", _AHEAD),
        (begun is not None and said["given_on"] < begun, "given_on", "early", _EARLY),
        (amount < 0 or (kind == BenefitKind.money and amount == 0), "amount_minor", "range", _ABOVE_ZERO),
        (("quantity" in said) != ("unit" in said), "unit", "missing", _UNIT),
        (said.get("quantity", 1) < 1, "quantity", "range", _ABOVE_ZERO),
        (region is not None and region not in known.regions, "region_code", "unknown", _REGION),
        (said.get("reference") in known.references, "reference", "twice", _TWICE),
    ]
    wrong = [fault[1:] for fault in faults if fault[0]]
    for name, code, detail in wrong:
        sheet.wrong(row, name, code=code, detail=detail)
    if wrong:
        return None
    if said.get("reference"):
        known.references.add(said["reference"])
    return Given(beneficiary_id=who, **said)
