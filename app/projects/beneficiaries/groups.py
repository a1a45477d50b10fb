"""Groups: people who are helped together and known by their number only."""

from dataclasses import dataclass
from uuid import UUID

from app.kit import constraints
from app.kit.database import WriteSession
from app.organizations.errors import RegionUnknown
from app.projects.beneficiaries.errors import GroupNameTaken
from app.projects.models import BeneficiaryGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGroup:
    """What a group is called, where it is, and how many people it has."""

    organization_id: UUID
    name: str
    region_code: str
    person_count: int
    town: str | None = None
    village: str | None = None


async def create(session: WriteSession, new: NewGroup, *, by: str) -> BeneficiaryGroup:
    """Write a group down; its people are counted and never mixed with those who are identified."""
    group = BeneficiaryGroup(
        organization_id=new.organization_id,
        name=new.name,
        region_code=new.region_code,
        person_count=new.person_count,
        town=new.town,
        village=new.village,
        made_by=by,
    )
    refusals = {
        "beneficiary_groups_region_code_fkey": RegionUnknown(),
        "beneficiary_groups_organization_id_name_key": GroupNameTaken(),
    }
    async with constraints.told(session, refusals):
        session.add(group)
    return group
