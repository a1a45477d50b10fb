"""Organizations: how members join the federation, change, move in it, and who stands above and below whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Select, func, literal, select
from stdnum.cn import uscc

from app.kit import constraints
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.ledger import dimensions, funds, periods
from app.ledger.models import DimensionKind
from app.organizations.errors import (
    CodeTaken,
    CreditCodeInvalid,
    CreditCodeTaken,
    EndedBeforeBooks,
    OutOfSight,
    ParentNotAbove,
    RegionUnknown,
)
from app.organizations.models import LegalForm, Organization, Tier

CHART_VERSION = "2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is said about a member when it joins."""

    code: str
    name: str
    tier: Tier
    region_code: str
    legal_form: LegalForm = LegalForm.association
    name_en: str | None = None
    uscc: str | None = None
    founded_on: date | None = None
    books_from: date | None = None
    ended_on: date | None = None
    demo: bool = False
    chart_version: str = CHART_VERSION


async def create(
    session: WriteSession, particulars: Particulars, *, parent: Organization | None = None
) -> Organization:
    """Let a member join below `parent` (the federation's head has none), and make it known to the books."""
    said = particulars
    refusals = _refusals() | {"dimensions_kind_organization_id_code_key": CodeTaken(code_taken=said.code)}
    async with constraints.told(session, refusals):
        dimension = await dimensions.declare(session, DimensionKind.organization, said.code)
        organization = Organization(
            id=dimension.id,
            code=said.code,
            name=said.name,
            name_en=said.name_en,
            tier=said.tier,
            region_code=said.region_code,
            legal_form=said.legal_form,
            uscc=credit_code(said.uscc),
            founded_on=said.founded_on,
            books_from=said.books_from or today().replace(month=1, day=1),
            ended_on=said.ended_on,
            chart_version=said.chart_version,
            # What stands below a demo is a demo too.
            demo=said.demo or (parent is not None and parent.demo),
            parent_id=parent.id if parent else None,
            parent_rank=parent.rank if parent else None,
        )
        session.add(organization)
    await periods.open_books(session, organization.id, organization.books_from)
    await funds.open_general(session, organization.id)
    return organization


async def get(session: ReadSession, organization_id: UUID) -> Organization:
    """Return a member."""
    organization = await session.get(Organization, organization_id)
    if organization is None:
        raise OutOfSight
    return organization


async def lock(session: WriteSession, organization_id: UUID) -> Organization:
    """Return a member as it now is, and keep it so until this transaction ends."""
    organization = await session.get(
        Organization, organization_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if organization is None:
        raise OutOfSight
    return organization


async def by_code(session: ReadSession, code: str) -> Organization:
    """Return the member with this code."""
    organization = await session.scalar(select(Organization).where(Organization.code == code))
    if organization is None:
        raise OutOfSight
    return organization


async def change(session: WriteSession, organization: Organization, **changes: Any) -> None:  # noqa: ANN401
    """Change what is said about a member; its code, its tier and its books' beginning stay as they are."""
    if "uscc" in changes:
        changes["uscc"] = credit_code(changes["uscc"])
    async with constraints.told(session, _refusals()):
        for name, value in changes.items():
            setattr(organization, name, value)
        _touch(organization)


async def move(session: WriteSession, organization: Organization, parent: Organization) -> None:
    """Put a member, with everything below it, under another parent of a higher tier."""
    async with constraints.told(session, _refusals()):
        organization.parent_id, organization.parent_rank = parent.id, parent.rank
        _touch(organization)


def credit_code(text: str | None) -> str | None:
    """Return a unified social credit code in its official spelling; refuse one whose checksum is wrong."""
    if text is None:
        return None
    code = uscc.compact(text).upper()
    if not uscc.is_valid(code):
        raise CreditCodeInvalid(uscc=text)
    return code


async def subtree_ids(session: ReadSession, organization_id: UUID) -> list[UUID]:
    """Return the ids of a member and of everything below it, in one statement."""
    return list(await session.scalars(select(_below(organization_id).c.id)))


def subtree(organization_id: UUID) -> Select[Organization]:
    """Return the query for a member and everything below it."""
    return select(Organization).where(Organization.id.in_(select(_below(organization_id).c.id)))


def reaching_up(ids: Iterable[UUID]) -> Select[UUID]:
    """Return the query for the ids of some members and of every member above them."""
    up = (
        select(Organization.id, Organization.parent_id)
        .where(Organization.id.in_(list(ids)))
        .cte("up", recursive=True)
    )
    # UNION, not UNION ALL: the lines of many members meet, and each member is walked once.
    up = up.union(select(Organization.id, Organization.parent_id).where(Organization.id == up.c.parent_id))
    return select(up.c.id)


async def ancestors(session: ReadSession, organization_id: UUID) -> list[Organization]:
    """Return the members above this one, the federation's head first, in one statement."""
    line = (
        select(Organization.id, Organization.parent_id, literal(0).label("depth"))
        .where(Organization.id == organization_id)
        .cte("line", recursive=True)
    )
    line = line.union_all(
        select(Organization.id, Organization.parent_id, line.c.depth + 1).where(
            Organization.id == line.c.parent_id
        )
    )
    found = await session.scalars(
        select(Organization)
        .join(line, line.c.id == Organization.id)
        .where(line.c.depth > 0)
        .order_by(line.c.depth.desc())
    )
    return list(found)


def matching(text: str) -> Any:  # noqa: ANN401 - a condition of SQLAlchemy's
    """Return the condition that a member's name contains, or its code begins with, what a person typed."""
    lower = text.lower()
    return func.lower(Organization.name + " " + func.coalesce(Organization.name_en, "")).contains(
        lower, autoescape=True
    ) | Organization.code.istartswith(text, autoescape=True)


def _below(organization_id: UUID) -> CTE:
    below = select(Organization.id).where(Organization.id == organization_id).cte("below", recursive=True)
    return below.union_all(select(Organization.id).where(Organization.parent_id == below.c.id))


def _touch(organization: Organization) -> None:
    organization.version += 1
    organization.changed_at = now()


def _refusals() -> dict[str, Refusal]:
    return {
        "organizations_uscc_key": CreditCodeTaken(),
        "organizations_region_code_fkey": RegionUnknown(),
        "organizations_acyclic_check": ParentNotAbove(),
        "organizations_ended_on_check": EndedBeforeBooks(),
    }
