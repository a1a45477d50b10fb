"""Sign-in: from the Authorization header to a caller, and the one permission that each route declares."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.kit.clock import today
from app.kit.database import ReadSession, transactions
from app.kit.errors import Unauthenticated
from app.organizations import callers, keys, tokens
from app.organizations.access import Asking, Caller, CallerKind, NeverAsked, Permission
from app.organizations.errors import OutsideMandate, SecondFactorDemanded, TokenInvalid
from app.organizations.visitors import visits
from app.organizations.visitors.errors import NotAVisitor

_bearer = HTTPBearer(
    scheme_name="Bearer",
    bearerFormat="a person's access token (JWT) or an API key (zxl_...)",
    auto_error=False,
)
DOORS_OF_YEARS = ("/v1/audit/", "/v1/organizations")
"""Where an auditor whose mandate covers certain years may be: all that tells of books there asks for it."""

Recogniser = Callable[[ReadSession, tokens.Claim], Awaitable[Caller]]
"""From what a token claims to the person, as the database knows them at this moment."""

Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def authenticate(request: Request, shown: HTTPAuthorizationCredentials | None) -> Caller:
    """Return who is asking, from the database of this moment; refuse whoever cannot be told.

    Who must enrol a second factor first reaches nothing else (SecondFactorDemanded).
    """
    caller = await _known(request, shown)
    if caller.must_enrol:
        raise SecondFactorDemanded
    return caller


async def _known(request: Request, shown: HTTPAuthorizationCredentials | None) -> Caller:
    if shown is None:
        raise Unauthenticated
    caller = await _recognise(request, shown)
    request.state.principal_id = caller.id
    return caller


async def _recognise(request: Request, shown: HTTPAuthorizationCredentials) -> Caller:
    database = transactions(request)
    if not shown.credentials.startswith(tokens.KEY_MARK):
        claim = issuer(request).read(shown.credentials)
        recognise = _recognisers(request).get(claim.kind)
        if recognise is None:
            raise TokenInvalid
        async with database.reading() as session:
            return await recognise(session, claim)
    async with database.reading() as session:
        caller, key = await callers.of_key(session, shown.credentials)
    if key.last_used_on != today():
        # Once a day and in a transaction of its own: whether the request succeeds does not matter.
        async with database.writing() as session:
            await keys.note_use(session, key)
    return caller


def _recognisers(request: Request) -> Mapping[str, Recogniser]:
    # Features above bring people of their own (volunteers): app/wiring.py hands their way to be known down.
    more = getattr(request.app.state, "recognisers", {})
    return {tokens.STAFF: callers.of_claim, visits.KIND: visits.of_claim} | more


def issuer(request: Request) -> tokens.Issuer:
    """Return what signs this application's access tokens."""
    return cast("tokens.Issuer", request.app.state.issuer)


@dataclass(frozen=True, slots=True)
class Door:
    """The dependency by which a route declares its permission and learns who is asking."""

    permission: Permission

    async def __call__(self, request: Request, shown: Shown) -> AsyncGenerator[Asking]:
        """Let a caller in, and make sure that the route asked before it answers."""
        asking = Asking(await authenticate(request, shown), self.permission)
        if asking.caller.years and not request.scope["path"].startswith(DOORS_OF_YEARS):
            raise OutsideMandate(door=DOORS_OF_YEARS[0])
        # By it the route tells whose Idempotency-Key this is (kit/idempotency.py).
        request.state.principal_id = asking.id
        yield asking
        # A stored answer was asked for when it was made.
        if not asking.places and not getattr(request.state, "replayed", False):
            raise NeverAsked(f"{request.method} {request.url.path} never asked for {self.permission}")


async def _public(request: Request) -> None:
    """Let everybody in."""
    # By it the route tells that caches may keep the answer (kit/http/doors.py).
    request.state.for_everybody = True


async def _signed_in(request: Request, shown: Shown) -> Caller:
    caller = await authenticate(request, shown)
    request.state.principal_id = caller.id
    return caller


async def _enrolling(request: Request, shown: Shown) -> Caller:
    return await _known(request, shown)


def may(permission: Permission) -> Any:  # noqa: ANN401 - FastAPI's marker has no type of its own
    """Declare the one permission of a route, on the parameter that takes the answer.

    `caller: Annotated[Asking, may(Permission.gifts_record)]`, after the session: then it is left before the
    session commits, and a route that never asked changes nothing.
    """
    return Depends(Door(permission), scope="function")


public: Any = Depends(_public)
"""Declares that a route is for everybody: `dependencies=[public]`."""

signed_in: Any = Depends(_signed_in)
"""Declares that a route needs to know who asks, and nothing else: `caller: Annotated[Caller, signed_in]`."""

enrolling: Any = Depends(_enrolling)
"""Like `signed_in`, for the few routes that also serve who must enrol a second factor first."""


def _visitor(caller: Annotated[Caller, signed_in]) -> UUID:
    if caller.kind is not CallerKind.visitor:
        raise NotAVisitor
    return caller.id


Visiting = Annotated[UUID, Depends(_visitor)]
"""The person of the public who asks, by their visitor's id; everybody else is refused."""

DECLARING = (_public, _signed_in, _enrolling)
