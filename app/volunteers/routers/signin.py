"""Volunteers' own sign-in over HTTP, and how a route knows which of them asks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from app.kit.database import Streaming, Writing
from app.kit.errors import Refusal, TooMany
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.kit.http.rates import RateLimit
from app.kit.persons import errors as persons
from app.organizations import organizations
from app.organizations.access import Caller, CallerKind
from app.organizations.errors import OutOfSight, RefreshTokenReused, RegionUnknown, TokenInvalid
from app.organizations.signin import issuer, public, signed_in
from app.organizations.visitors import messages
from app.organizations.visitors.errors import MessagesNotSent, PhoneInvalid
from app.volunteers import volunteers
from app.volunteers.registry import errors as personal
from app.volunteers.registry import stays
from app.volunteers.registry.stays import Stay
from app.volunteers.schemas.signin import CodeIn, RefreshingIn, StayIn, VolunteerTokensOut
from app.volunteers.schemas.volunteers import MessageSentOut, RegistrationIn

router = APIRouter(prefix="/v1/volunteers", tags=["volunteer sign-in"], route_class=LateRoute)

REGISTRATIONS = RateLimit("volunteer registrations", count=20, seconds=3600)
CODES = RateLimit("volunteer codes", count=10, seconds=600)
SIGN_INS = RateLimit("volunteer sign-ins", count=30, seconds=600)
_MADE_OF = (persons.DocumentInvalid, persons.BirthDateDiffers, PhoneInvalid, RegionUnknown)


async def _myself(caller: Annotated[Caller, signed_in], database: Streaming) -> UUID:
    if caller.kind is CallerKind.volunteer:
        return caller.id
    if caller.kind is not CallerKind.visitor:
        raise personal.NotAVolunteer
    async with database.reading() as session:
        return await stays.of_visitor(session, caller.id)


Myself = Annotated[UUID, Depends(_myself)]
"""The volunteer who asks, by their id, with a token of their own or a visitor's; others are refused."""


def label(volunteer_id: UUID) -> str:
    """Return a volunteer as the records name them."""
    return f"volunteer:{volunteer_id}"


@router.post(
    "/registrations",
    operation_id="create_registration",
    summary="Register oneself",
    status_code=202,
    responses=problems.responses(
        *_MADE_OF, persons.GuardianConsentMissing, MessagesNotSent, OutOfSight, TooMany
    ),
    dependencies=[public, Depends(REGISTRATIONS)],
)
async def create_registration(request: Request, database: Streaming, body: RegistrationIn) -> MessageSentOut:
    """Register as a volunteer; number and first code are sent to the telephone, never told here.

    The answer is the same for a person who is known already: a stranger cannot ask who is.
    """
    send = messages.sender(request)
    async with database.writing() as session:
        organization = await organizations.get(session, body.organization_id)
        try:
            async with session.begin_nested():
                volunteer = await volunteers.register(
                    session, organization.id, body.person.particulars(), actor="self"
                )
            sent = [await stays.welcome(session, volunteer)]
        except personal.IdentityDiffers:
            sent = []
    await messages.tell(send, sent)
    return MessageSentOut()


@router.post(
    "/sign-in-codes",
    operation_id="make_sign_in_code",
    summary="Have a code sent",
    status_code=202,
    responses=problems.responses(PhoneInvalid, MessagesNotSent, TooMany),
    dependencies=[public, Depends(CODES)],
)
async def make_sign_in_code(request: Request, database: Streaming, body: CodeIn) -> MessageSentOut:
    """Send a code, good for ten minutes, to a volunteer's telephone; unknown ones are answered alike."""
    send = messages.sender(request)
    async with database.writing() as session:
        sent = await stays.codes(session, body.phone)
    await messages.tell(send, sent)
    return MessageSentOut()


@router.post(
    "/sign-ins",
    operation_id="sign_volunteer_in",
    summary="Sign in as a volunteer",
    responses=problems.responses(personal.CodeWrong, TooMany),
    response_model=VolunteerTokensOut,
    dependencies=[public, Depends(SIGN_INS)],
)
async def sign_volunteer_in(
    session: Writing, request: Request, response: Response, body: StayIn
) -> VolunteerTokensOut | Response:
    """Exchange a volunteer's number and the code sent to their telephone for a pair of tokens."""
    return _pair(request, response, await stays.begin(session, body.number, body.code))


@router.post(
    "/sign-ins/refresh",
    operation_id="refresh_volunteer_tokens",
    summary="Stay signed in as a volunteer",
    responses=problems.responses(TokenInvalid, RefreshTokenReused),
    response_model=VolunteerTokensOut,
    dependencies=[public],
)
async def refresh_volunteer_tokens(
    session: Writing, request: Request, response: Response, body: RefreshingIn
) -> VolunteerTokensOut | Response:
    """Exchange a refresh token for the next pair; one that was spent before ends the whole stay."""
    return _pair(request, response, await stays.prolong(session, body.refresh_token))


@router.delete(
    "/sign-ins",
    operation_id="sign_volunteer_out",
    summary="Sign out as a volunteer",
    status_code=204,
    responses=problems.responses(personal.NotAVolunteer),
)
async def sign_volunteer_out(session: Writing, myself: Myself) -> None:
    """End every stay of the volunteer who asks, on every device."""
    await stays.end_all(session, myself, because="signed out")


def _pair(request: Request, response: Response, stay: Stay | Refusal) -> VolunteerTokensOut | Response:
    if isinstance(stay, Refusal):
        return problems.answer(request, stay)
    response.headers["Cache-Control"] = "no-store"
    signer = issuer(request)
    return VolunteerTokensOut(
        access_token=signer.issue(stay.volunteer_id, stay.stay_id, stays.KIND),
        expires_in=signer.lifetime_seconds,
        refresh_token=stay.refresh_token,
    )
