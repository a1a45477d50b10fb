"""Sign-in of the public over HTTP: a front end has codes sent and exchanges proofs for tokens."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.kit.database import Streaming, Writing
from app.kit.errors import TooMany
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.kit.http.rates import RateLimit
from app.organizations.access import Asking, Permission
from app.organizations.errors import TokenInvalid
from app.organizations.models import Visit
from app.organizations.schemas.visits import CodeSentOut, ExchangeIn, PhoneIn, VisitTokenOut
from app.organizations.signin import issuer, may
from app.organizations.visitors import codes, messages, visits
from app.organizations.visitors.errors import MessagesNotSent, NotThePlatform, PhoneInvalid, ProofInvalid

router = APIRouter(tags=["sign-in of the public"], route_class=LateRoute)

FrontEnd = Annotated[Asking, may(Permission.visitors_admit)]
CODES = RateLimit("visitor codes", count=600, seconds=60)
EXCHANGES = RateLimit("visitor exchanges", count=1200, seconds=60)


@router.post(
    "/auth/visitor-codes",
    operation_id="make_visitor_code",
    summary="Have a code sent to a telephone",
    status_code=202,
    responses=problems.responses(PhoneInvalid, MessagesNotSent, TooMany),
    dependencies=[Depends(CODES)],
)
async def make_visitor_code(
    database: Streaming, caller: FrontEnd, request: Request, body: PhoneIn
) -> CodeSentOut:
    """Send a code, good for ten minutes and five tries; nobody learns whether the telephone is known here."""
    caller.visible()
    sender = messages.sender(request)
    async with database.writing() as session:
        code, message = await codes.make(session, caller.id, body.phone)
    await messages.tell(sender, [message])
    return CodeSentOut(code_id=code.id, expires_at=code.expires_at)


@router.post(
    "/auth/token-exchange",
    operation_id="sign_visitor_in",
    summary="Exchange a proof for a token",
    responses=problems.responses(ProofInvalid, TokenInvalid, NotThePlatform, TooMany),
    response_model=VisitTokenOut,
    dependencies=[Depends(EXCHANGES)],
)
async def sign_visitor_in(
    session: Writing, caller: FrontEnd, request: Request, response: Response, body: ExchangeIn
) -> VisitTokenOut | Response:
    """Exchange what proves a person for a short token of theirs (RFC 8693); who is new gets one alike."""
    caller.visible()
    if body.access_token is not None:
        visit = await visits.prolong(session, caller.caller, issuer(request).read(body.access_token))
    else:
        visit = await visits.begin(session, caller.caller, body.proof())
    return problems.answer(request, ProofInvalid()) if visit is None else _token(request, response, visit)


def _token(request: Request, response: Response, visit: Visit) -> VisitTokenOut:
    signer = issuer(request)
    response.headers["Cache-Control"] = "no-store"
    return VisitTokenOut(
        access_token=signer.issue(visit.visitor_id, visit.id, visits.KIND),
        expires_in=signer.lifetime_seconds,
        visit_ends_at=visit.expires_at,
    )
