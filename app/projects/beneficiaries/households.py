"""Households: people who live together and are helped as one."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.organizations.errors import OutOfSight, RegionUnknown
from app.projects.beneficiaries import persons
from app.projects.models import Beneficiary, Household

NUMBER_LENGTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a household lives, as far as it may be known to everybody who works there."""

    organization_id: UUID
    region_code: str
    town: str | None = None
    village: str | None = None


async def create(session: WriteSession, home: Home, *, by: str) -> Household:
    """Open a household, as yet without members."""
    household = Household(
        organization_id=home.organization_id,
        number=f"H{new_code(NUMBER_LENGTH)}",
        region_code=home.region_code,
        town=home.town,
        village=home.village,
        made_by=by,
    )
    async with constraints.told(session, {"households_region_code_fkey": RegionUnknown()}):
        session.add(household)
    return household


async def seen(session: ReadSession, household_id: UUID, places: frozenset[UUID]) -> Household:
    """Return a household of one of these organizations, or refuse."""
    query = select(Household).where(Household.id == household_id, Household.organization_id.in_(places))
    found = await session.scalar(query)
    if found is None:
        raise OutOfSight
    return found


async def join(session: WriteSession, household: Household, beneficiary: Beneficiary, relation: str) -> None:
    """Let a beneficiary (locked by the caller) live in a household; nobody lives in two."""
    persons.refuse_erased(beneficiary)
    beneficiary.household_id, beneficiary.relation = household.id, relation
    beneficiary.version += 1
    await session.flush()
