"""Gates: what must be so before a volunteer is given a task: age, skill, licence, insurance (CL 67, 69)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select

from app.kit import constraints, vault
from app.kit.clock import legal_day
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import documents
from app.organizations.errors import OutOfSight
from app.volunteers import volunteers
from app.volunteers.errors import (
    AgeOutOfBounds,
    NotInsured,
    NotQualified,
    PolicyNoTaken,
    PolicyPeriodReversed,
    SkillMissing,
)
from app.volunteers.models import Activity, InsuredPerson, Need, Policy, Qualification, Volunteer


async def open_policy(session: WriteSession, policy: Policy) -> Policy:
    """Register an insurance that an organization took out for its volunteers."""
    refusals = {
        "insurance_policies_organization_id_policy_no_key": PolicyNoTaken(),
        "insurance_policies_dates_check": PolicyPeriodReversed(),
    }
    async with constraints.told(session, refusals):
        session.add(policy)
    return policy


async def insure(session: WriteSession, policy: Policy, volunteer_ids: Sequence[UUID]) -> None:
    """Name volunteers in a policy; who is named already stays so."""
    known = set(
        await session.scalars(select(InsuredPerson.volunteer_id).where(InsuredPerson.policy_id == policy.id))
    )
    for volunteer_id in set(volunteer_ids) - known:
        session.add(InsuredPerson(policy_id=policy.id, volunteer_id=volunteer_id))
    await session.flush()


async def qualify(
    session: WriteSession, volunteer: Volunteer, qualification: Qualification, paper_number: str
) -> Qualification:
    """Note that somebody saw a volunteer's licence; its number is kept under seal."""
    volunteers.refuse_erased(volunteer)
    refusals = {"qualifications_valid_check": PolicyPeriodReversed()}
    async with constraints.told(session, refusals):
        session.add(qualification)
    await vault.keep(session, volunteer.id, {f"qualification:{qualification.id}": paper_number})
    return qualification


async def pass_through(session: ReadSession, activity: Activity, need: Need, volunteer: Volunteer) -> None:
    """Refuse unless a volunteer may be given this task at that time."""
    volunteers.refuse_erased(volunteer)
    day = legal_day(need.starts_at)
    await _of_age(session, need, volunteer, day)
    missing = sorted(set(need.skills) - set(volunteer.skills))
    if missing:
        raise SkillMissing(skills=missing)
    missing = sorted(set(need.qualifications) - await _held(session, volunteer.id, day))
    if missing:
        raise NotQualified(qualifications=missing)
    if activity.dangerous and not await _insured(session, activity, volunteer.id):
        raise NotInsured(activity=activity.id)


async def _of_age(session: ReadSession, need: Need, volunteer: Volunteer, day: date) -> None:
    if need.age_min is None and need.age_max is None:
        return
    known = await vault.read(session, [volunteer.id], ["born_on"])
    years = documents.age(date.fromisoformat(known[volunteer.id]["born_on"]), day)
    if years < (need.age_min or 0) or (need.age_max is not None and years > need.age_max):
        raise AgeOutOfBounds(age_min=need.age_min, age_max=need.age_max)


async def _held(session: ReadSession, volunteer_id: UUID, day: date) -> set[str]:
    held = await session.scalars(
        select(Qualification.code).where(
            Qualification.volunteer_id == volunteer_id,
            Qualification.valid_from <= day,
            or_(Qualification.valid_to.is_(None), Qualification.valid_to >= day),
        )
    )
    return set(held)


async def _insured(session: ReadSession, activity: Activity, volunteer_id: UUID) -> bool:
    policy = await session.get(Policy, activity.policy_id) if activity.policy_id else None
    if policy is None:
        return False
    return policy.everybody or await session.get(InsuredPerson, (policy.id, volunteer_id)) is not None


async def policy(session: ReadSession, policy_id: UUID) -> Policy:
    """Return an insurance, or refuse."""
    found = await session.get(Policy, policy_id)
    if found is None:
        raise OutOfSight
    return found


def policies(places: frozenset[UUID]) -> Select[Policy]:
    """Return the query for the insurances of some organizations."""
    return select(Policy).where(Policy.organization_id.in_(places))
