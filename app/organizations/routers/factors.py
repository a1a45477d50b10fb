"""Second factors, the demand for them, and addresses over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.kit.database import Reading, WriteSession, Writing
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.organizations import addresses, people, second_factors
from app.organizations.access import Asking, Caller, Permission
from app.organizations.errors import (
    FactorHeld,
    FactorNotEnrolled,
    NotAllowed,
    PersonHoldsMore,
    SecondFactorWrong,
)
from app.organizations.models import Staff
from app.organizations.schemas.factors import (
    AddressIn,
    AddressOut,
    FactorCodeIn,
    FactorDemands,
    FactorEnrolmentOut,
    FactorOut,
    RecoveryCodesOut,
    RemovalIn,
)
from app.organizations.signin import enrolling, may, signed_in

router = APIRouter(tags=["second-factor"], route_class=LateRoute)
SignedIn = Annotated[Caller, signed_in]
Enrolling = Annotated[Caller, enrolling]
Changing = Annotated[Asking, may(Permission.people_change)]
Looking = Annotated[Asking, may(Permission.approvals_read)]
Ruling = Annotated[Asking, may(Permission.policies_change)]
PERSON = "/organizations/{organization_id}/people/{staff_id}"
DEMANDS = "/organizations/{organization_id}/second-factor-demands"


@router.post(
    "/me/second-factor",
    operation_id="enrol_second_factor",
    responses=problems.responses(FactorHeld, NotAllowed),
    summary="Enrol an authenticator app",
    status_code=201,
)
async def enrol_second_factor(session: Writing, caller: Enrolling, response: Response) -> FactorEnrolmentOut:
    """Make a secret for your authenticator app, shown this once; nothing changes until you confirm it."""
    made = await second_factors.enrol(session, await _person(session, caller))
    response.headers["Cache-Control"] = "no-store"
    return FactorEnrolmentOut(uri=made.uri, qr_svg=made.qr_svg)


@router.post(
    "/me/second-factor/confirmation",
    operation_id="confirm_second_factor",
    responses=problems.responses(FactorHeld, FactorNotEnrolled, SecondFactorWrong, NotAllowed),
    summary="Confirm the authenticator app",
)
async def confirm_second_factor(
    session: Writing, caller: Enrolling, response: Response, body: FactorCodeIn
) -> RecoveryCodesOut:
    """Show a first code of the app: from now on signing in asks for one. Shows the recovery codes once."""
    codes = await second_factors.confirm(session, await _person(session, caller), body.code)
    response.headers["Cache-Control"] = "no-store"
    return RecoveryCodesOut(recovery_codes=codes)


@router.get("/me/second-factor", operation_id="read_second_factor", summary="Read my second factor")
async def read_second_factor(session: Reading, caller: Enrolling) -> FactorOut:
    """Return whether you have a second factor, and how many recovery codes are left."""
    factor = await second_factors.confirmed(session, caller.id)
    if factor is None:
        return FactorOut(enrolled=False, confirmed_at=None, recovery_codes_left=0)
    left = await second_factors.recovery_codes_left(session, factor)
    return FactorOut(enrolled=True, confirmed_at=factor.confirmed_at, recovery_codes_left=left)


@router.post(
    f"{PERSON}/second-factor-removal",
    operation_id="remove_second_factor",
    responses=problems.responses(FactorNotEnrolled, PersonHoldsMore),
    summary="Remove a second factor",
    status_code=204,
)
async def remove_second_factor(
    session: Writing, caller: Changing, organization_id: UUID, staff_id: UUID, body: RemovalIn
) -> None:
    """Take away the second factor of a person who has lost it, with the reason; they may enrol another."""
    caller.must(at=organization_id)
    person = await people.get(session, organization_id, staff_id)
    await people.held_within(session, person, seen=caller.caller.holds(Permission.people_read))
    await second_factors.remove(session, person, by=caller.label, because=body.reason)


@router.get(DEMANDS, operation_id="read_second_factor_demands", summary="Read who must have a second factor")
async def read_demands(session: Reading, caller: Looking, organization_id: UUID) -> FactorDemands:
    """Return the roles whose holders at an organization must sign in with a second factor."""
    caller.must(at=organization_id)
    return FactorDemands(roles=await second_factors.demands(session, organization_id))


@router.put(DEMANDS, operation_id="change_second_factor_demands", summary="Say who must have a second factor")
async def change_demands(
    session: Writing, caller: Ruling, organization_id: UUID, body: FactorDemands
) -> FactorDemands:
    """Say whose holders must sign in with a second factor; without, they only reach its enrolment."""
    caller.must(at=organization_id)
    roles = await second_factors.demand(session, organization_id, body.roles, by=caller.label)
    return FactorDemands(roles=roles)


@router.patch(
    "/me", operation_id="change_me", responses=problems.responses(NotAllowed), summary="Change my data"
)
async def change_me(session: Writing, caller: SignedIn, body: AddressIn) -> AddressOut:
    """Say where you want to be written to, or nowhere."""
    await addresses.put(session, await _person(session, caller), body.email)
    return AddressOut(email=body.email)


@router.get("/me/address", operation_id="read_my_address", summary="Read my address")
async def read_my_address(session: Reading, caller: SignedIn) -> AddressOut:
    """Return where you are written to."""
    return AddressOut(email=(await addresses.of(session, [caller.id])).get(caller.id))


@router.put(
    f"{PERSON}/address",
    operation_id="change_address",
    responses=problems.responses(PersonHoldsMore),
    summary="Change a person's address",
    status_code=204,
)
async def change_address(
    session: Writing, caller: Changing, organization_id: UUID, staff_id: UUID, body: AddressIn
) -> None:
    """Say where a person is written to; a link for a new password would go there, so see all they hold."""
    caller.must(at=organization_id)
    person = await people.get(session, organization_id, staff_id)
    await people.held_within(session, person, seen=caller.caller.holds(Permission.people_read))
    await addresses.put(session, person, body.email)


async def _person(session: WriteSession, caller: Caller) -> Staff:
    # A machine signs in by its key alone and is written to by nobody.
    person = await session.get(Staff, caller.id)
    if person is None:
        raise NotAllowed
    return person
