"""Registers filled in bulk, as years of work leave them: projects, people who are helped, volunteers."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit import bulk
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.ids import new_code, new_id
from app.ledger.models import DimensionKind
from app.organizations.models import Organization
from app.projects.models import Beneficiary, BeneficiaryEnrolment, Project, ProjectCategory, ProjectState
from app.volunteers import totals
from app.volunteers.models import Enrolment

_DIMENSIONS = """
    insert into dimensions (id, organization_id, code, kind, created_at)
    select *, now() from unnest(%(ids)s::uuid[], %(owners)s::uuid[], %(codes)s::text[], %(kinds)s::text[])
    """
_PEOPLE = f"""
    insert into {Beneficiary.__tablename__} (id, created_at, organization_id, number, registered_on,
                                             document_kind, document_index, version, publish_scopes)
    select *, '{{}}' from unnest(
        %(id)s::uuid[], %(created_at)s::timestamptz[], %(organization_id)s::uuid[], %(number)s::text[],
        %(registered_on)s::date[], %(document_kind)s::text[], %(document_index)s::bytea[],
        %(version)s::bigint[])
    """
_VOLUNTEERS = """
    insert into volunteers (id, created_at, organization_id, number, registered_on, document_kind,
                            document_index, version, skills, categories, languages, publish_scopes)
    select *, '{}', '{}', '{}', '{}' from unnest(
        %(id)s::uuid[], %(created_at)s::timestamptz[], %(organization_id)s::uuid[], %(number)s::text[],
        %(registered_on)s::date[], %(document_kind)s::text[], %(document_index)s::bytea[],
        %(version)s::bigint[])
    """


async def projects(
    session: WriteSession,
    members: Sequence[Organization],
    count: int,
    *,
    first: date,
    categories: Sequence[ProjectCategory],
) -> list[Project]:
    """Projects that are carried out since a day: members and categories take turns; in their order."""
    ids = [new_id() for _ in range(count)]
    codes = [f"J{new_code(10)}" for _ in ids]
    places = [members[number % len(members)] for number in range(count)]
    alike: dict[str, object] = {
        "title": "示例项目",
        "content": "帮扶",
        "planned_from": first,
        "planned_to": first.replace(month=12, day=31),
        "beneficiary_rule": "符合条件者",
        "state": ProjectState.running.value,
        "executed_from": first,
        "version": 1,
        "created_at": now(),
    }
    columns: dict[str, list[object]] = {name: [value] * count for name, value in alike.items()}
    columns |= {
        "id": list(ids),
        "organization_id": [one.id for one in places],
        "code": list(codes),
        "category": [categories[number % len(categories)].value for number in range(count)],
        "region_code": [one.region_code for one in places],
    }
    dimensions = {
        "ids": ids,
        "owners": columns["organization_id"],
        "codes": codes,
        "kinds": [DimensionKind.project.value] * count,
    }
    await bulk.run(session, _DIMENSIONS, dimensions)
    await bulk.insert(session, Project, columns)
    return list(await session.scalars(select(Project).where(Project.id.in_(ids)).order_by(Project.id)))


async def people(session: WriteSession, places: Sequence[UUID], on: date) -> list[UUID]:
    """People who are helped, one at each of these members, in their order."""
    ids = [new_id() for _ in places]
    alike = {"registered_on": on, "document_kind": "resident_id", "version": 1, "created_at": now()}
    columns: dict[str, list[object]] = {name: [value] * len(ids) for name, value in alike.items()}
    columns |= {
        "id": list(ids),
        "organization_id": list(places),
        "number": [f"B{new_code(10)}" for _ in ids],
        "document_index": [one.bytes * 2 for one in ids],
    }
    enrolled = {
        "beneficiary_id": ids,
        "organization_id": list(places),
        "enrolled_on": columns["registered_on"],
        "actor": ["bench"] * len(ids),
    }
    await bulk.run(session, _PEOPLE, columns)
    await bulk.insert(session, BeneficiaryEnrolment, enrolled)
    return ids


async def volunteers(session: WriteSession, homes: Sequence[UUID], days: Sequence[date]) -> list[UUID]:
    """Volunteers, one at each of these members on the day beside it, counted as new there."""
    ids = [new_id() for _ in homes]
    columns: dict[str, list[object]] = {
        "id": list(ids),
        "created_at": [now()] * len(ids),
        "organization_id": list(homes),
        "number": [f"V{new_code(10)}" for _ in ids],
        "registered_on": list(days),
        "document_kind": ["resident_id"] * len(ids),
        "document_index": [one.bytes for one in ids],
        "version": [1] * len(ids),
    }
    await bulk.run(session, _VOLUNTEERS, columns)
    enrolled = {
        "volunteer_id": ids,
        "organization_id": list(homes),
        "enrolled_on": list(days),
        "actor": ["bench"] * len(ids),
    }
    await bulk.insert(session, Enrolment, enrolled)
    fresh = Counter((home, day.replace(day=1)) for home, day in zip(homes, days, strict=True))
    for (home, month), count in sorted(fresh.items()):
        await totals.register(session, home, month, volunteers=count)
    return ids
