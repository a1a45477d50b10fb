"""Rosters: beneficiaries by the sheetful, each registered by the rule of a single one, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.kit.persons.documents import WORDS
from app.kit.persons.errors import BirthDateDiffers, DocumentInvalid, GuardianConsentMissing
from app.kit.persons.guardians import Guardian
from app.kit.sheets import sheetfuls
from app.kit.sheets.cells import Kind
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form
from app.organizations.errors import RegionUnknown
from app.organizations.visitors.errors import PhoneInvalid
from app.projects.beneficiaries import persons
from app.projects.beneficiaries.errors import BeneficiaryErased, BeneficiaryNameDiffers
from app.projects.beneficiaries.persons import Particulars

ROWS_MAX = 2000
"""More would keep one transaction open for minutes; larger rosters come in several sheets."""

FORM = Form(
    name="beneficiaries",
    zh="受益人",
    en="beneficiaries",
    fields=[
        Field(name="name", zh="姓名", en="name", required=True),
        Field(name="document_kind", zh="证件类型", en="document kind", required=True, choices=WORDS),
        Field(name="document_number", zh="证件号码", en="document number", required=True),
        Field(
            name="agreed_at",
            zh="同意登记时间",
            en="agreed at",
            kind=Kind.moment,
            required=True,
            hint_zh="本人（未满十四周岁为监护人）同意登记个人信息的时间",
            hint_en="when the person (or the guardian of a child) agreed that this is kept",
        ),
        Field(name="phone", zh="电话", en="phone", aliases=("手机号", "联系方式")),
        Field(name="born_on", zh="出生日期", en="date of birth", kind=Kind.day),
        Field(name="gender", zh="性别", en="gender", choices={"男": "male", "女": "female"}),
        Field(name="address", zh="住址", en="address"),
        Field(name="bank_account", zh="银行账号", en="bank account"),
        Field(name="region_code", zh="行政区划代码", en="region code"),
        Field(name="guardian_name", zh="监护人姓名", en="guardian"),
        Field(name="guardian_phone", zh="监护人电话", en="guardian's phone"),
        Field(name="guardian_relation", zh="与监护人关系", en="guardian's relation"),
    ],
)

# What a registration may be refused for, at which column, in which word.
_BLAMED: Mapping[type[Refusal], tuple[str, str]] = {
    DocumentInvalid: ("document_number", "invalid"),
    BirthDateDiffers: ("born_on", "differs"),
    PhoneInvalid: ("phone", "invalid"),
    GuardianConsentMissing: ("guardian_name", "missing"),
    BeneficiaryNameDiffers: ("document_number", "known_otherwise"),
    BeneficiaryErased: ("document_number", "erased"),
    RegionUnknown: ("region_code", "unknown"),
}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How many people a roster holds, and whether it was only tried."""

    beneficiary_count: int
    dry_run: bool


async def take_in(
    session: WriteSession, organization_id: UUID, path: Path, *, actor: str, dry_run: bool
) -> Enrolled:
    """Register everybody on a filled form, or refuse with each fault at its line and column; nothing half.

    Trying does all that taking in does, and takes it back: what it says is what will happen.
    """

    async def register(row: Row) -> UUID:
        said: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
        person = Particulars(guardian=_guardian(said), **said)
        return (await persons.register(session, organization_id, person, actor=actor)).id

    sheet = await sheetfuls.read(path, FORM, rows_max=ROWS_MAX)
    async with session.begin_nested() as tried:
        people = set(await sheet.each(session, register, _BLAMED))
        if dry_run:
            await tried.rollback()
    return Enrolled(len(people), dry_run)


def _guardian(said: dict[str, Any]) -> Guardian | None:
    told = {name: said.pop(f"guardian_{name}", None) for name in ("name", "phone", "relation")}
    # A guardian of whom anything is missing is none; on a form theirs is the word that was given.
    return None if None in told.values() else Guardian(agreed_at=said["agreed_at"], **told)
