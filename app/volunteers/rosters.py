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
from app.kit.persons.documents import DocumentKind
from app.kit.persons.errors import BirthDateDiffers, DocumentInvalid, GuardianConsentMissing
from app.kit.persons.guardians import Guardian
from app.kit.sheets import filled
from app.kit.sheets.cells import Kind
from app.kit.sheets.filled import Row, Workbook
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

DOCUMENTS = {
    "居民身份证": DocumentKind.resident_id,
    "身份证": DocumentKind.resident_id,
    "居住证": DocumentKind.residence_permit,
    "通行证": DocumentKind.travel_permit,
    "护照": DocumentKind.passport,
}


def _codes(text: str) -> list[str]:
    words = [word.strip() for word in text.replace("，", ",").replace("、", ",").split(",")]
    found = [word for word in words if word]
    for word in found:
        if not word.isascii() or not word.replace("_", "").isalnum() or not word[0].islower():
            raise ValueError("codes of small letters, such as first_aid, separated by commas")
    return found


def _categories(text: str) -> list[Category]:
    words = [word.strip() for word in text.replace("，", ",").replace("、", ",").split(",")]
    known = CATEGORIES | {one.value: one for one in Category}
    if unknown := [word for word in words if word and word not in known]:
        raise ValueError(f"{len(unknown)} of them unknown; one or more of {', '.join(CATEGORIES)}")
    return [known[word] for word in words if word]


FORM = Form(
    name="volunteers",
    zh="志愿者",
    en="volunteers",
    fields=[
        Field(name="name", zh="姓名", en="name", required=True),
        Field(
            name="document_kind",
            zh="证件类型",
            en="document kind",
            required=True,
            choices=DOCUMENTS | {one.value: one for one in DocumentKind},
        ),
        Field(name="document_number", zh="证件号码", en="document number", required=True),
        Field(name="phone", zh="电话", en="phone", required=True, aliases=("手机号", "联系方式")),
        Field(name="born_on", zh="出生日期", en="date of birth", kind=Kind.day),
        Field(name="gender", zh="性别", en="gender", choices={"男": "male", "女": "female"}),
        Field(name="address", zh="居住区域", en="address"),
        Field(name="region_code", zh="行政区划代码", en="region code"),
        Field(name="skills", zh="专业技能", en="skills", read=_codes, example="first_aid"),
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
_FAULTS: Mapping[type[Refusal], tuple[str, str]] = {
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
    began, people = now(), dict[UUID, datetime]()
    async with session.begin_nested() as tried:
        with filled.opened(path, [FORM], text=True) as book:
            for place, row in enumerate(book.rows(FORM)):
                if place >= ROWS_MAX:
                    book.wrong(row, None, code="too_many", detail=f"at most {ROWS_MAX} lines")
                    break
                people |= await _register(session, organization_id, book, row, actor)
            book.faults.refuse()
        if dry_run:
            await tried.rollback()
    new_count = sum(made_at >= began for made_at in people.values())
    return Enrolled(len(people), new_count, dry_run)


async def _register(
    session: WriteSession, organization_id: UUID, book: Workbook, row: Row, actor: str
) -> dict[UUID, datetime]:
    said: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
    checked = said.pop("checked", False)
    guardian = _guardian(said)
    try:
        # Each line stands alone until all have been read: every fault is told, not only the first.
        async with session.begin_nested():
            person = Particulars(guardian=guardian, **said)
            made = await volunteers.register(session, organization_id, person, actor=actor, checked=checked)
    except tuple(_FAULTS) as refusal:
        name, code = _FAULTS[type(refusal)]
        [header] = [field.zh for field in FORM.fields if field.name == name]
        book.wrong(row, header, code=code, detail=str(type(refusal).__doc__).splitlines()[0])
        return {}
    return {made.id: made.created_at}


def _guardian(said: dict[str, Any]) -> Guardian | None:
    names = ("name", "phone", "relation", "agreed_at")
    told = {name: said.pop(f"guardian_{name}", None) for name in names}
    # A consent of which anything is missing is none.
    return None if None in told.values() else Guardian(**told)
