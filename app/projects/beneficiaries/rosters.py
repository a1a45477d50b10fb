"""Rosters: beneficiaries by the sheetful, each registered by the rule of a single one, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

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
from app.projects.beneficiaries import persons
from app.projects.beneficiaries.errors import BeneficiaryErased, BeneficiaryNameDiffers
from app.projects.beneficiaries.persons import Particulars

ROWS_MAX = 2000
"""More would keep one transaction open for minutes; larger rosters come in several sheets."""

DOCUMENTS = {
    "居民身份证": DocumentKind.resident_id,
    "身份证": DocumentKind.resident_id,
    "居住证": DocumentKind.residence_permit,
    "通行证": DocumentKind.travel_permit,
    "护照": DocumentKind.passport,
}
FORM = Form(
    name="beneficiaries",
    zh="受益人",
    en="beneficiaries",
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
_FAULTS: Mapping[type[Refusal], tuple[str, str]] = {
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
    people = set[UUID]()
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
    return Enrolled(len(people), dry_run)


async def _register(
    session: WriteSession, organization_id: UUID, book: Workbook, row: Row, actor: str
) -> set[UUID]:
    said: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
    guardian = _guardian(said)
    try:
        # Each line stands alone until all have been read: every fault is told, not only the first.
        async with session.begin_nested():
            person = Particulars(guardian=guardian, **said)
            made = await persons.register(session, organization_id, person, actor=actor)
    except tuple(_FAULTS) as refusal:
        name, code = _FAULTS[type(refusal)]
        [header] = [field.zh for field in FORM.fields if field.name == name]
        book.wrong(row, header, code=code, detail=str(type(refusal).__doc__).splitlines()[0])
        return set()
    return {made.id}


def _guardian(said: dict[str, Any]) -> Guardian | None:
    told = {name: said.pop(f"guardian_{name}", None) for name in ("name", "phone", "relation")}
    # A guardian of whom anything is missing is none; on a form theirs is the word that was given.
    return None if None in told.values() else Guardian(agreed_at=said["agreed_at"], **told)
