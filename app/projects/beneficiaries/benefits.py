"""Benefits: what was given to whom, recorded by the list and counted in the same few statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit import bulk, constraints, outbox
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.ids import new_id
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations import organizations
from app.organizations.errors import OutOfSight, RegionUnknown
from app.projects.beneficiaries import totals
from app.projects.beneficiaries.errors import (
    BeneficiaryErased,
    BeneficiaryUnknown,
    BenefitReferenceTaken,
    BenefitVoided,
    GivenBeforeStart,
    GroupUnknown,
)
from app.projects.beneficiaries.totals import Counted
from app.projects.models import Benefit, BenefitKind, Project, ProjectState
from app.projects.register.errors import DayAhead, ProjectNotInState

GIVING = frozenset({ProjectState.running, ProjectState.closing})
"""While it is carried out, and until it is closed, a project gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One line of a list: to whom (a person, a group, or so many people), what, when and where."""

    kind: BenefitKind
    given_on: date
    title: str
    amount_minor: int = 0
    person_count: int = 1
    beneficiary_id: UUID | None = None
    group_id: UUID | None = None
    region_code: str | None = None
    quantity: int | None = None
    unit: str | None = None
    reference: str | None = None


async def record(
    session: WriteSession, project: Project, given: Sequence[Given], *, by: str, fact: bool = False
) -> list[UUID]:
    """Record what a project gave, all of a list or nothing; return the ids in the list's order.

    A list of any length takes the same handful of statements. Raises BeneficiaryUnknown, GroupUnknown,
    BenefitReferenceTaken, ProjectNotInState, DayAhead, GivenBeforeStart, RegionUnknown. A `fact` (a bank has
    paid, somebody has signed) counts also after a project was closed, and of whoever was erased meanwhile.
    """
    _must_give(project, given, fact=fact)
    await hold(session, {one.beneficiary_id for one in given}, erased=fact)
    nodes = [project.id, *await lineage(session, project.organization_id)]
    rows = [_counted(project, one) for one in given]
    ids = [new_id() for _ in given]
    async with constraints.told(session, _refusals()):
        await bulk.run(session, _INSERT, _columns(project, given, ids, by) | {"counted_at": nodes})
    await totals.fold(session, nodes, rows)
    await _tell(session, project, "benefits.recorded", len(rows), sum(one.amount_minor for one in rows))
    return ids


async def lineage(session: ReadSession, organization_id: UUID) -> list[UUID]:
    """Return the ids of a member and of those above it: in the totals of each of them its help counts."""
    return sorted(await session.scalars(organizations.reaching_up([organization_id])))


async def void(session: WriteSession, project: Project, benefit: Benefit, *, by: str, reason: str) -> Benefit:
    """Take back a line that was wrong (locked by the caller): the totals forget it, the line stays."""
    if benefit.voided_at is not None:
        raise BenefitVoided(benefit=benefit.id)
    await hold(session, {benefit.beneficiary_id})
    benefit.voided_at, benefit.voided_by = now(), by
    await session.flush()
    await reasons.keep(session, _about(benefit), reason)
    await totals.fold(session, benefit.counted_at, [_recounted(benefit)])
    await _tell(session, project, "benefits.voided", 1, benefit.amount_minor)
    return benefit


async def why(session: ReadSession, benefits: Iterable[Benefit]) -> Mapping[UUID, str]:
    """Return why lines were taken back, by the line; nothing of whoever was erased since."""
    return await reasons.read(session, [_about(one) for one in benefits if one.voided_at is not None])


def _about(benefit: Benefit) -> About:
    # Of people who are only counted nobody is known: a key of the line's own.
    return About("benefit", benefit.id, benefit.beneficiary_id or benefit.id)


async def get(session: ReadSession, project: Project, benefit_id: UUID, *, lock: bool = False) -> Benefit:
    """Return a benefit of a project, or refuse; with `lock` nobody else changes it until the end."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(Benefit, benefit_id, with_for_update=for_update, populate_existing=lock)
    if found is None or found.project_id != project.id:
        raise OutOfSight
    return found


async def by_reference(session: ReadSession, project: Project, reference: str) -> Benefit:
    """Return the benefit of a project that has this reference, held until the transaction ends."""
    query = select(Benefit).where(Benefit.project_id == project.id, Benefit.reference == reference)
    return (await session.scalars(query.with_for_update(key_share=True))).one()


def _must_give(project: Project, given: Sequence[Given], *, fact: bool) -> None:
    if project.state not in GIVING and not fact:
        raise ProjectNotInState(project=project.id, state=project.state)
    days = [one.given_on for one in given]
    if days and max(days) > today():
        raise DayAhead(day=max(days))
    if days and project.executed_from is not None and min(days) < project.executed_from:
        raise GivenBeforeStart(executed_from=project.executed_from)


_HOLD = """
    select id, erased_at from beneficiaries where id = any(%(ids)s::uuid[]) order by id for no key update
    """


async def hold(session: WriteSession, people: Collection[UUID | None], *, erased: bool = True) -> None:
    """Let nobody else count these people's months until the transaction ends: each sees what the other did.

    Raises BeneficiaryUnknown, and BeneficiaryErased unless the `erased` may be among them.
    """
    ids = {one for one in people if one is not None}
    found = await bulk.run(session, _HOLD, {"ids": sorted(ids)})
    if len(found) < len(ids):
        raise BeneficiaryUnknown
    if not erased and any(row.erased_at is not None for row in found):
        raise BeneficiaryErased


_NAMES = (
    *("id", "created_at", "project_id", "organization_id", "category", "kind", "given_on", "region_code"),
    *("title", "person_count", "amount_minor", "recorded_by", "beneficiary_id", "group_id", "quantity"),
    *("unit", "reference"),
)
_TYPES = {
    **dict.fromkeys(("id", "project_id", "organization_id", "beneficiary_id", "group_id"), "uuid"),
    **dict.fromkeys(("person_count", "amount_minor", "quantity"), "bigint"),
    "created_at": "timestamptz",
    "given_on": "date",
}
_ARRAYS = ", ".join(f"%({name})s::{_TYPES.get(name, 'text')}[]" for name in _NAMES)
# The names are ours; every value is a parameter.
_INSERT = (
    f"insert into benefits ({', '.join(_NAMES)}, counted_at)"  # noqa: S608
    f" select given.*, %(counted_at)s::uuid[] from unnest({_ARRAYS}) as given"
)


def _columns(project: Project, given: Sequence[Given], ids: list[UUID], by: str) -> dict[str, list[object]]:
    told = ("given_on", "title", "person_count", "amount_minor", "beneficiary_id", "group_id")
    columns: dict[str, list[object]] = {
        name: [getattr(one, name) for one in given] for name in (*told, "quantity", "unit", "reference")
    }
    alike = {
        "created_at": now(),
        "project_id": project.id,
        "organization_id": project.organization_id,
        "category": project.category.value,
        "recorded_by": by,
    }
    columns |= {name: [value] * len(given) for name, value in alike.items()}
    columns["id"] = list(ids)
    columns["kind"] = [one.kind.value for one in given]
    columns["region_code"] = [one.region_code or project.region_code for one in given]
    return columns


def _counted(project: Project, one: Given) -> Counted:
    return Counted(
        month=one.given_on.replace(day=1),
        region_code=one.region_code or project.region_code,
        category=project.category,
        kind=one.kind,
        beneficiary_id=one.beneficiary_id,
        times=one.person_count,
        amount_minor=one.amount_minor,
    )


def _recounted(benefit: Benefit) -> Counted:
    return Counted(
        month=benefit.given_on.replace(day=1),
        region_code=benefit.region_code,
        category=benefit.category,
        kind=benefit.kind,
        beneficiary_id=benefit.beneficiary_id,
        times=-benefit.person_count,
        amount_minor=-benefit.amount_minor,
    )


def _refusals() -> dict[str, Refusal]:
    return {
        "benefits_beneficiary_fkey": BeneficiaryUnknown(),
        "benefits_group_fkey": GroupUnknown(),
        "benefits_region_code_fkey": RegionUnknown(),
        "benefits_project_id_reference_key": BenefitReferenceTaken(),
    }


async def _tell(session: WriteSession, project: Project, topic: str, count: int, amount: int) -> None:
    await outbox.tell(
        session,
        topic,
        organization_id=project.organization_id,
        subject=f"project:{project.id}",
        payload={"code": project.code, "benefit_count": count, "amount_minor": amount},
    )
