"""What volunteers do for themselves over HTTP, and leaders for their own team."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.kit.clock import today
from app.kit.database import Reading, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import idempotency, pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.kit.http.versions import IfMatch
from app.organizations.errors import OutOfSight, RegionUnknown
from app.organizations.visitors.errors import PhoneInvalid
from app.volunteers import amendments, erasures, exports, members, teams, volunteers
from app.volunteers.models import Membership
from app.volunteers.registry import consents
from app.volunteers.registry import errors as personal
from app.volunteers.routers.members import roster
from app.volunteers.routers.signin import Myself, label
from app.volunteers.routers.volunteers import whole
from app.volunteers.schemas.me import ExportOut
from app.volunteers.schemas.teams import AnswerIn, AskingIn, MemberOut, MemberQuery, MembershipOut
from app.volunteers.schemas.volunteers import OwnChange, PublicationConsentIn, VolunteerOut

router = APIRouter(
    prefix="/v1/volunteers/me",
    tags=["my service"],
    route_class=IdempotentRoute,
    responses=problems.responses(personal.NotAVolunteer, personal.SeveralVolunteers),
)


@router.get("", operation_id="read_myself", summary="Read my record")
async def read_myself(session: Reading, myself: Myself, response: Response) -> VolunteerOut:
    """Read what is kept about the volunteer who asks; of the document's number a part is shown."""
    return await whole(session, await volunteers.get(session, myself), response)


@router.patch(
    "",
    operation_id="correct_myself",
    summary="Correct my record",
    responses=problems.responses(PhoneInvalid, RegionUnknown, VersionNotStated, VersionStale),
)
async def correct_myself(
    session: Writing, myself: Myself, body: OwnChange, response: Response, if_match: IfMatch = None
) -> VolunteerOut:
    """Change telephone, address, contacts, skills; name and document are for the organization to change."""
    volunteer = await volunteers.get(session, myself, lock=True)
    versions.expect(if_match, volunteer.version)
    await amendments.amend(session, volunteer, body.changes())
    return await whole(session, volunteer, response)


@router.get("/export", operation_id="export_myself", summary="Export my data")
async def export_myself(session: Reading, myself: Myself, request: Request, response: Response) -> ExportOut:
    """Return everything that is kept about the volunteer who asks, in clear."""
    response.headers["Cache-Control"] = "no-store"
    found = await exports.of(session, await volunteers.get(session, myself))
    return ExportOut.of(found, problems.language_of(request))


@router.post("/consents", operation_id="give_consent", summary="Change my consent", status_code=201)
async def give_consent(
    session: Writing, myself: Myself, body: PublicationConsentIn, request: Request, response: Response
) -> VolunteerOut:
    """Say what may be published from now on; an empty list takes it all back."""
    volunteer = await volunteers.get(session, myself, lock=True)
    await consents.publish(session, volunteer, body.scopes, actor=label(myself))
    idempotency.concerns(request, myself)
    return await whole(session, volunteer, response)


@router.post("/erasure", operation_id="erase_myself", summary="Erase my data", status_code=204)
async def erase_myself(session: Writing, myself: Myself) -> None:
    """Be forgotten: it cannot be undone. The hours stay in totals that name nobody."""
    volunteer = await volunteers.get(session, myself, lock=True)
    await erasures.erase(session, volunteer, actor=label(myself))


@router.get(
    "/memberships",
    operation_id="list_my_memberships",
    summary="List my teams",
    response_model=Page[MembershipOut],
)
async def list_my_memberships(
    session: Reading, myself: Myself, asked: Annotated[PageQuery, Query()]
) -> Slice[Membership]:
    """List the teams that the volunteer belongs or belonged to, or has asked to join."""
    query = select(Membership).where(Membership.volunteer_id == myself)
    return await pages.page(session, query, [Membership.id], asked)


@router.post(
    "/memberships",
    operation_id="create_membership",
    summary="Ask to join a team",
    status_code=201,
    response_model=MembershipOut,
    responses=problems.responses(personal.MemberAlready, personal.TeamDissolved, OutOfSight),
)
async def create_membership(session: Writing, myself: Myself, body: AskingIn) -> Membership:
    """Ask to join a team; its organization or one of its leaders answers."""
    team = await teams.get(session, body.team_id)
    volunteer = await volunteers.get(session, myself)
    return await members.ask(session, team, volunteer, actor=label(myself))


@router.post(
    "/memberships/{membership_id}/leaving",
    operation_id="close_my_membership",
    summary="Leave a team",
    response_model=MembershipOut,
    responses=problems.responses(personal.MembershipEnded, OutOfSight),
)
async def close_my_membership(session: Writing, myself: Myself, membership_id: UUID) -> Membership:
    """Leave a team today."""
    membership = await members.get(session, membership_id, lock=True)
    if membership.volunteer_id != myself:
        raise OutOfSight
    await members.leave(session, membership, today(), actor=label(myself))
    return membership


@router.get(
    "/teams/{team_id}/members",
    operation_id="list_my_team",
    summary="List the members of a team that I lead",
    responses=problems.responses(personal.NotTheLeader),
)
async def list_my_team(
    session: Reading, myself: Myself, team_id: UUID, asked: Annotated[MemberQuery, Query()]
) -> Page[MemberOut]:
    """List the members of a team that the volunteer leads; of any other team nothing is told."""
    return await roster(session, await members.led(session, myself, team_id), asked)


@router.post(
    "/teams/{team_id}/members/{membership_id}/answer",
    operation_id="give_leaders_answer",
    summary="Answer who asks to join my team",
    response_model=MembershipOut,
    responses=problems.responses(personal.MembershipNotAsked, personal.NotTheLeader),
)
async def give_leaders_answer(
    session: Writing, myself: Myself, team_id: UUID, membership_id: UUID, body: AnswerIn
) -> Membership:
    """Take in who asks to join a team that the volunteer leads, or decline."""
    team = await members.led(session, myself, team_id)
    membership = await members.get(session, membership_id, lock=True)
    if membership.team_id != team.id:
        raise OutOfSight
    await members.answer(session, membership, team, accepted=body.accepted, actor=label(myself))
    return membership
