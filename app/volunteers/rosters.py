"""Rosters: volunteers by the sheetful, each registered by the rule of a single one, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.kit.persons.documents import WORDS
from app.kit.persons.errors import BirthDateDiffers, DocumentInvalid, GuardianConsentMissing
from app.kit.persons.guardians import Guardian
from app.kit.sheets import sheetfuls
from app.kit.sheets.cells import Kind
from app.kit.sheets.faults import Said
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Field, Form
from app.organizations.errors import RegionUnknown
from app.organizations.visitors.errors import PhoneInvalid
from app.volunteers import volunteers
from app.volunteers.lists import CATEGORIES
from app.volunteers.models import Category
from app.volunteers.registry.errors import (
    IdentityDiffers,
    VolunteerErased,
)
from app.volunteers.volunteers import Particulars

ROWS_MAX = 2000
"""More would keep one transaction open for minutes; larger rosters come in several sheets."""

_NOT_CODES = Said(
    "codes of small letters, such as first_aid, separated by commas",
    "应为小写英文代码，如 first_aid，以逗号分隔",
)
_NOT_CATEGORIES = Said(f"one or more of {', '.join(CATEGORIES)}", f"只能填：{'、'.join(CATEGORIES)}")


def _words(text: str) -> list[str]:
    words = (word.strip() for word in text.replace("，", ",").replace("、", ",").split(","))
    return [word for word in words if word]


def _codes(text: str) -> list[str]:
    found = _words(text)
    for word in found:
        if not word.isascii() or not word.replace("_", "").isalnum() or not word[0].islower():
            raise ValueError(_NOT_CODES)
    return found


def _categories(text: str) -> list[Category]:
    known = CATEGORIES | {one.value: one for one in Category}
    found = _words(text)
    if any(word not in known for word in found):
        raise ValueError(_NOT_CATEGORIES)
    return [known[word] for word in found]


FORM = Form(
    name="volunteers",
    zh="志愿者",
    en="volunteers",
    fields=[
        Field(name="name", zh="姓名", en="name", required=True),
        Field(name="document_kind", zh="证件类型", en="document kind", required=True, choices=WORDS),
        Field(name="document_number", zh="证件号码", en="document number", required=True),
        Field(name="phone", zh="电话", en="phone", required=True, aliases=("手机号", "联系方式")),
        Field(name="born_on", zh="出生日期", en="date of birth", kind=Kind.day),
        Field(name="gender", zh="性别", en="gender", choices={"男": "male", "女": "female"}),
        Field(name="address", zh="居住区域", en="address"),
        Field(name="region_code", zh="行政区划代码", en="region code"),
        Field(name="skills", zh="专业技能", en="skills", read=_codes, length_max=2000, example="first_aid"),
        Field(name="categories", zh="服务类别", en="categories", read=_categories, example="助老、社区"),
        Field(name="languages", zh="语言", en="languages", read=_codes, example="zh"),
        Field(name="emergency_name", zh="紧急联系人", en="emergency contact"),
        Field(name="emergency_phone", zh="紧急联系电话", en="emergency phone"),
        Field(name="guardian_name", zh="监护人姓名", en="guardian"),
        Field(name="guardian_phone", zh="监护人电话", en="guardian's phone"),
        Field(name="guardian_relation", zh="与监护人关系", en="guardian's relation"),
        Field(name="guardian_agreed_at", zh="监护人同意时间", en="guardian agreed", kind=Kind.moment),
        Field(name="checked", zh="证件已核验", en="document checked", kind=Kind.flag),
    ],
)

# What a registration may be refused for, at which column, in which word.
_BLAMED: Mapping[type[Refusal], tuple[str, str]] = {
    DocumentInvalid: ("document_number", "invalid"),
    BirthDateDiffers: ("born_on", "differs"),
    PhoneInvalid: ("phone", "invalid"),
    GuardianConsentMissing: ("guardian_name", "missing"),
    IdentityDiffers: ("document_number", "known_otherwise"),
    RegionUnknown: ("region_code", "unknown"),
    VolunteerErased: ("document_number", "erased"),
}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How many people a roster holds, how many of them are new, and whether it was only tried."""

    volunteer_count: int
    new_count: int
    dry_run: bool


async def take_in(
    session: WriteSession, organization_id: UUID, path: Path, *, actor: str, dry_run: bool
) -> Enrolled:
    """Register everybody on a filled form, or refuse with each fault at its line and column; nothing half.

    Trying does all that taking in does, and takes it back: what it says is what will happen.
    """
    began = now()

    async def register(row: Row) -> tuple[UUID, datetime]:
        said: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
        checked = said.pop("checked", False)
        person = Particulars(guardian=_guardian(said), **said)
        made = await volunteers.register(session, organization_id, person, actor=actor, checked=checked)
        return made.id, made.created_at

    sheet = await sheetfuls.read(path, FORM, rows_max=ROWS_MAX)
    async with session.begin_nested() as tried:
        people = dict(await sheet.each(session, register, _BLAMED))
        if dry_run:
            await tried.rollback()
    new_count = sum(made_at >= began for made_at in people.values())
    return Enrolled(len(people), new_count, dry_run)


def _guardian(said: dict[str, Any]) -> Guardian | None:
    names = ("name", "phone", "relation", "agreed_at")
    told = {name: said.pop(f"guardian_{name}", None) for name in names}
    # A consent of which anything is missing is none.
    return None if None in told.values() else Guardian(**told)
