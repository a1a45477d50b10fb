"""People: who works at a member and has an account."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select

from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations import grants, logins, passwords
from app.organizations.errors import OutOfSight, PersonDisabled, PersonHoldsMore, UsernameTaken
from app.organizations.models import Grant, Organization, Role, Staff


async def create(
    session: WriteSession,
    organization: Organization,
    *,
    username: str,
    name: str,
    initial_password: str | None = None,
) -> Staff:
    """Make an account; an initial password opens nothing until the person has replaced it."""
    hashed = initial_password and await passwords.hashed(initial_password, username=username)
    staff = Staff(
        organization_id=organization.id,
        username=username,
        name=name,
        password_hash=hashed,
        must_change_password=hashed is not None,
    )
    async with constraints.told(session, {"staff_username_key": UsernameTaken(username=username)}):
        session.add(staff)
    return staff


async def create_admin(
    session: WriteSession, username: str, password: str, organization: Organization
) -> Staff:
    """Make an account that may do at once what an admin of `organization` may, with the password given."""
    staff = await create(session, organization, username=username, name=username, initial_password=password)
    staff.must_change_password = False
    await grants.give(session, staff, organization, role=Role.admin, given_by="command:create-admin")
    return staff


async def get(session: ReadSession, organization_id: UUID, staff_id: UUID) -> Staff:
    """Return a person whose account this member looks after."""
    staff = await session.get(Staff, staff_id)
    if staff is None or staff.organization_id != organization_id:
        raise OutOfSight
    return staff


def at(organization_id: UUID) -> Select[Staff]:
    """Return the query for everybody whom a member looks after or who holds a role there."""
    return select(Staff).where(or_(Staff.organization_id == organization_id, _holds_a_role(organization_id)))


def _holds_a_role(organization_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        Grant.staff_id == Staff.id, Grant.organization_id == organization_id, Grant.revoked_at.is_(None)
    )


async def written_to(session: ReadSession, username: str) -> Staff | None:
    """Return the person with this username, unless their account is closed."""
    return await session.scalar(select(Staff).where(Staff.username == username, Staff.disabled_at.is_(None)))


async def held_within(session: ReadSession, staff: Staff, *, seen: frozenset[UUID]) -> None:
    """Refuse who does not see every place where a person holds a role: they could take those over."""
    held = await session.scalars(
        select(Grant.organization_id).where(Grant.staff_id == staff.id, Grant.revoked_at.is_(None))
    )
    if not seen.issuperset(held):
        raise PersonHoldsMore


async def disable(session: WriteSession, staff: Staff, *, by: str) -> None:
    """Close an account: its tokens stop working at once. A second time it changes nothing."""
    if staff.disabled_at is None:
        staff.disabled_at, staff.disabled_by = now(), by
        await logins.end_all(session, staff.id, because="disabled")


def enable(staff: Staff) -> None:
    """Open a closed account again."""
    staff.disabled_at = staff.disabled_by = None


async def reset_password(session: WriteSession, staff: Staff, *, seen: frozenset[UUID], made_by: str) -> str:
    """Return the token of a link by which a person chooses a new password.

    Whoever makes it could sign in as the person: so it takes somebody who sees all that the person holds.
    """
    if staff.disabled_at is not None:
        raise PersonDisabled
    await held_within(session, staff, seen=seen)
    return await passwords.make_link(session, staff, made_by=made_by)
