"""People over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.kit.clock import now
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page, Slice
from app.organizations import organizations, passwords, people
from app.organizations.access import Asking, Permission
from app.organizations.errors import PasswordTooWeak, PersonDisabled, PersonHoldsMore, UsernameTaken
from app.organizations.models import Staff
from app.organizations.schemas.people import LinkOut, PeopleQuery, PersonIn, PersonMade, PersonOut
from app.organizations.signin import may

router = APIRouter(prefix="/organizations/{organization_id}/people", tags=["people"], route_class=LateRoute)
_ORDERS: pages.Orders = {
    "username": [Staff.username],
    "name": [Staff.name, Staff.id],
    "created_at": [Staff.id],
}
Changing = Annotated[Asking, may(Permission.people_change)]
Looking = Annotated[Asking, may(Permission.people_read)]


@router.post(
    "",
    operation_id="create_person",
    responses=problems.responses(UsernameTaken, PasswordTooWeak),
    summary="Make an account",
    status_code=201,
)
async def create_person(
    session: Writing, caller: Changing, organization_id: UUID, body: PersonIn
) -> PersonMade:
    """Give a person an account, and a link for choosing a password unless you chose an initial one."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    person = await people.create(session, organization, **body.model_dump())
    link = None
    if body.initial_password is None:
        link = _link(await passwords.make_link(session, person, made_by=caller.label))
    return PersonMade(person=PersonOut.model_validate(person), password_link=link)


@router.get("", operation_id="list_people", summary="List people", response_model=Page[PersonOut])
async def list_people(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[PeopleQuery, Query()]
) -> Slice[Staff]:
    """Return the people whom this organization looks after or who hold a role there."""
    caller.must(at=organization_id)
    found = people.at(organization_id)
    if asked.q is not None:
        found = found.where(pages.holding(asked.q, Staff.username, Staff.name))
    if asked.disabled is not None:
        found = found.where(Staff.disabled_at.is_not(None) == asked.disabled)
    return await pages.listed(session, found, _ORDERS, asked)


@router.post(
    "/{staff_id}/disablement",
    operation_id="disable_person",
    summary="Close an account",
    response_model=PersonOut,
)
async def disable_person(session: Writing, caller: Changing, organization_id: UUID, staff_id: UUID) -> Staff:
    """Close an account: its tokens stop working at once."""
    caller.must(at=organization_id)
    person = await people.get(session, organization_id, staff_id)
    await people.disable(session, person, by=caller.label)
    return person


@router.delete(
    "/{staff_id}/disablement",
    operation_id="enable_person",
    summary="Open an account again",
    response_model=PersonOut,
)
async def enable_person(session: Writing, caller: Changing, organization_id: UUID, staff_id: UUID) -> Staff:
    """Open a closed account again; the person signs in anew."""
    caller.must(at=organization_id)
    person = await people.get(session, organization_id, staff_id)
    people.enable(person)
    return person


@router.post(
    "/{staff_id}/password-reset",
    operation_id="make_password_link",
    responses=problems.responses(PersonDisabled, PersonHoldsMore),
    summary="Make a password link",
    status_code=201,
)
async def reset_password(
    session: Writing, caller: Changing, organization_id: UUID, staff_id: UUID
) -> LinkOut:
    """Make a link by which a person chooses a new password, once, within 24 hours."""
    caller.must(at=organization_id)
    person = await people.get(session, organization_id, staff_id)
    seen = caller.caller.holds(Permission.people_read)
    return _link(await people.reset_password(session, person, seen=seen, made_by=caller.label))


def _link(token: str) -> LinkOut:
    return LinkOut(token=token, expires_at=now() + passwords.LINK_LIFETIME)
