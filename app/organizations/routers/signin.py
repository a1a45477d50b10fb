"""Sign-in over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import select

from app.kit import jobs
from app.kit.database import Reading, Streaming, WriteSession, Writing
from app.kit.errors import Refusal
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.organizations import callers, logins, passwords, tokens
from app.organizations.access import Caller, CallerKind
from app.organizations.desk.mailing import mail_password_link
from app.organizations.errors import (
    LinkSpent,
    PasswordMustChange,
    PasswordTooWeak,
    RefreshTokenReused,
    SecondFactorMissing,
    SecondFactorWrong,
    SignInFailed,
    TokenInvalid,
)
from app.organizations.logins import Stay
from app.organizations.models import Organization
from app.organizations.schemas.signin import LinkIn, MeOut, PasswordIn, RefreshIn, SignInForm, TokensOut
from app.organizations.signin import enrolling, issuer, public, signed_in
from app.organizations.visitors import visits

router = APIRouter(tags=["sign-in"], route_class=LateRoute)
SignedIn = Annotated[Caller, signed_in]
Leaving = Annotated[Caller, enrolling]


@router.post(
    "/auth/token",
    operation_id="sign_in",
    responses=problems.responses(SignInFailed, PasswordMustChange, SecondFactorMissing, SecondFactorWrong),
    summary="Sign in",
    dependencies=[public],
)
async def sign_in(
    request: Request, response: Response, database: Streaming, form: Annotated[SignInForm, Form()]
) -> TokensOut:
    """Exchange username, password and a code if enrolled for a pair of tokens (OAuth 2, password grant).

    `must_enrol`: a role of yours demands a second factor. The tokens only reach its enrolment until then.
    """
    known = await passwords.verify(database, form.username, form.password, form.code)
    if known.staff.must_change_password:
        raise PasswordMustChange
    async with database.writing() as session:
        stay = await logins.begin(session, known.staff.id, second_factor=known.second_factor)
        must_enrol = await _must_enrol(session, stay)
    return _pair(request, response, stay, must_enrol=must_enrol)


@router.post(
    "/auth/refresh",
    operation_id="refresh_tokens",
    responses=problems.responses(TokenInvalid, RefreshTokenReused),
    summary="Stay signed in",
    response_model=TokensOut,
    dependencies=[public],
)
async def refresh_tokens(
    session: Writing, request: Request, response: Response, body: RefreshIn
) -> TokensOut | Response:
    """Exchange a refresh token for the next pair. A token spent twice ends the whole sign-in."""
    outcome = await logins.prolong(session, body.refresh_token)
    if isinstance(outcome, Refusal):
        return problems.answer(request, outcome)
    return _pair(request, response, outcome, must_enrol=await _must_enrol(session, outcome))


@router.post("/auth/logout", operation_id="sign_out", summary="Sign out", status_code=204)
async def sign_out(session: Writing, caller: Leaving) -> None:
    """End this sign-in: its access and refresh tokens stop working at once."""
    if caller.kind is CallerKind.visitor and caller.login_id is not None:
        await visits.end(session, caller.login_id)
    elif caller.login_id is not None:
        await logins.end(session, caller.login_id)


@router.post(
    "/auth/password",
    operation_id="choose_password",
    responses=problems.responses(
        LinkSpent, SignInFailed, PasswordTooWeak, SecondFactorMissing, SecondFactorWrong
    ),
    summary="Choose a password",
    status_code=204,
    dependencies=[public],
)
async def choose_password(database: Streaming, body: PasswordIn) -> None:
    """Set a new password by a link that an admin made, or by the old password; every sign-in ends."""
    if body.token is not None:
        async with database.writing() as session:
            await passwords.follow_link(session, body.token, body.new_password)
    else:
        old = body.old_password or ""
        await passwords.change(database, body.username or "", old, body.new_password, body.code)


@router.post(
    "/auth/password-link",
    operation_id="request_password_link",
    summary="Ask for a password link",
    status_code=204,
    dependencies=[public],
)
async def request_password_link(session: Writing, body: LinkIn) -> None:
    """Have a link for choosing a password mailed; the answer is the same whether anybody is written to."""
    await jobs.defer(session, mail_password_link, once=f"password:{body.username}", username=body.username)


@router.get("/me", operation_id="read_me", summary="Who am I")
async def read_me(session: Reading, caller: SignedIn) -> MeOut:
    """Return who is asking, with their roles and permissions at each organization."""
    own = select(Organization).where(Organization.id.in_(caller.own())).order_by(Organization.code)
    return MeOut.of(caller, await session.scalars(own))


async def _must_enrol(session: WriteSession, stay: Stay) -> bool:
    caller = await callers.of_claim(session, tokens.Claim(stay.staff_id, stay.login_id))
    return caller.must_enrol


def _pair(request: Request, response: Response, stay: Stay, *, must_enrol: bool) -> TokensOut:
    response.headers["Cache-Control"] = "no-store"
    signer = issuer(request)
    return TokensOut(
        access_token=signer.issue(stay.staff_id, stay.login_id),
        expires_in=signer.lifetime_seconds,
        refresh_token=stay.refresh_token,
        must_enrol=must_enrol,
    )
