"""Meetings over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.governance import errors, papers
from app.disclosure.governance.sittings import meetings
from app.disclosure.models import CouncilMeeting
from app.disclosure.schemas.governance.councils import OfOrganization
from app.disclosure.schemas.governance.meetings import CouncilMeetingIn, CouncilMeetingOut
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/disclosure/governance/meetings", tags=["governance"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post(
    "",
    operation_id="record_council_meeting",
    summary="Record a meeting",
    status_code=201,
    responses=problems.responses(
        *(errors.MeetingKnown, errors.MeetingInvalid, errors.PostOutsideTerm),
        *(errors.HappenedAhead, AttachmentNotFree, OutOfSight),
    ),
)
async def record_council_meeting(
    session: Writing, caller: Changer, body: CouncilMeetingIn
) -> CouncilMeetingOut:
    """Record that the council or the supervisors met, with how many, and what they resolved."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    meeting = body.as_meeting(caller.label)
    await meetings.record(session, organization, meeting, documents=body.documents)
    return CouncilMeetingOut.of(meeting, body.documents)


@router.get("", operation_id="list_council_meetings", summary="List meetings")
async def list_council_meetings(
    session: Reading, caller: Reader, asked: Annotated[OfOrganization, Query()]
) -> Page[CouncilMeetingOut]:
    """List the meetings of your organizations' bodies, with their minutes."""
    places = set(caller.visible())
    if asked.organization_id is not None:
        places &= {asked.organization_id}
    row = CouncilMeeting
    query = select(row).where(row.organization_id.in_(places))
    found = await pages.page(session, query, [row.held_on, row.id], asked)
    files = await papers.of(session, meetings.KIND, [one.id for one in found.items], public=False)
    items = [CouncilMeetingOut.of(one, files.get(one.id, ())) for one in found.items]
    return found.told(items)
