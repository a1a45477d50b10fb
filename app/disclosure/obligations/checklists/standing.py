"""Standing: what of an organization itself our data can tell, for the checklists of what is owed about it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.disclosure.governance import systems
from app.disclosure.models import (
    PUBLISHED_STANDARDS,
    PUBLISHED_SYSTEMS,
    AnnualAudit,
    Appointment,
    Charter,
    ExpenseStandard,
    ForeignCooperation,
    ManagementSystem,
    Obligation,
    OrganizationUnit,
    PayList,
    PublicContact,
    RelatedParty,
    StaffTotal,
    SubjectKind,
)
from app.disclosure.notes import notes
from app.disclosure.obligations.checklists.looks import Look
from app.disclosure.rules.law import Content
from app.kit.clock import today
from app.kit.database import ReadSession


def _kept(table: Any) -> Look:  # noqa: ANN401 - one of several mapped classes
    async def look(session: ReadSession, one: Obligation) -> bool:
        known = select(func.count()).where(table.organization_id == one.organization_id)
        return bool(await session.scalar(known))

    return look


def _of_the_year(table: Any) -> Look:  # noqa: ANN401 - one of several mapped classes
    async def look(session: ReadSession, one: Obligation) -> bool:
        told = (table.organization_id == one.organization_id) & (table.year == one.number)
        return bool(await session.scalar(select(func.count()).where(told)))

    return look


async def _standards(session: ReadSession, one: Obligation) -> bool:
    kinds = select(func.count(ExpenseStandard.kind.distinct())).where(
        ExpenseStandard.organization_id == one.organization_id, ExpenseStandard.kind.in_(PUBLISHED_STANDARDS)
    )
    return await session.scalar(kinds) == len(PUBLISHED_STANDARDS)


async def _systems(session: ReadSession, one: Obligation) -> bool:
    row = ManagementSystem
    kinds = select(func.count(row.kind.distinct())).where(
        row.organization_id == one.organization_id, row.kind.in_(PUBLISHED_SYSTEMS), systems.in_force(today())
    )
    return await session.scalar(kinds) == len(PUBLISHED_SYSTEMS)


async def empty_notes(session: ReadSession, one: Obligation) -> list[Content]:
    """Return what the notes of a year's statements lack: of what people write, and what staff were paid."""
    lacking = [
        Content(code=heading.code.value, title=heading.title, title_zh=heading.title_zh)
        for heading in await notes.empty(session, one.organization_id, one.number)
    ]
    if not await _of_the_year(StaffTotal)(session, one):
        lacking.append(Content(code="staff_pay", title="Staff and their pay", title_zh="人员数量及薪酬"))
    return lacking


LOOKS: Mapping[tuple[SubjectKind, str], Look] = {
    (SubjectKind.organization, "charter"): _kept(Charter),
    (SubjectKind.organization, "bodies"): _kept(Appointment),
    (SubjectKind.organization, "units"): _kept(OrganizationUnit),
    (SubjectKind.organization, "related_parties"): _kept(RelatedParty),
    (SubjectKind.organization, "contact"): _kept(PublicContact),
    (SubjectKind.organization, "systems"): _systems,
    (SubjectKind.year, "related_parties"): _kept(RelatedParty),
    (SubjectKind.year, "staff_pay"): _of_the_year(StaffTotal),
    (SubjectKind.year, "foreign_cooperation"): _of_the_year(ForeignCooperation),
    (SubjectKind.year, "audit_report"): _of_the_year(AnnualAudit),
    (SubjectKind.year, "highest_paid"): _of_the_year(PayList),
    (SubjectKind.year, "standards"): _standards,
}
