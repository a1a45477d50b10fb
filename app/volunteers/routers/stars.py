"""Star levels over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.volunteers import volunteers
from app.volunteers.models import StarRule
from app.volunteers.recognition import errors as paper_errors
from app.volunteers.recognition import papers, stars
from app.volunteers.schemas.stars import StarRuleIn, StarRuleOut, StarsOut

router = APIRouter(prefix="/v1/volunteers", tags=["certificates"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]


@router.post(
    "/star-rules",
    operation_id="create_star_rule",
    summary="Set a rule for stars",
    status_code=201,
    response_model=StarRuleOut,
    responses=problems.responses(paper_errors.StarRuleTaken, paper_errors.StarHoursUnordered),
)
async def create_star_rule(session: Writing, caller: Changer, body: StarRuleIn) -> StarRule:
    """Set from how many hours on your organization gives stars: its own rule, from a day on."""
    caller.must(at=body.organization_id)
    return await stars.set_rule(session, body.as_rule(caller.label))


@router.get(
    "/star-rules",
    operation_id="list_star_rules",
    summary="List rules for stars",
    response_model=Page[StarRuleOut],
)
async def list_star_rules(
    session: Reading, caller: Reader, asked: Annotated[PageQuery, Query()]
) -> Slice[StarRule]:
    """List the rules of the organizations that you can see; where there is none, the default holds."""
    query = select(StarRule).where(StarRule.organization_id.in_(caller.visible()))
    return await pages.page(session, query, [StarRule.id], asked)


@router.get("/{volunteer_id}/stars", operation_id="read_stars", summary="Read a volunteer's stars")
async def read_stars(session: Reading, caller: Reader, volunteer_id: UUID, organization_id: UUID) -> StarsOut:
    """Read a volunteer's confirmed time, and the stars it is by an organization's rule of today."""
    caller.must(at=organization_id)
    volunteer = await volunteers.seen(session, volunteer_id, caller.visible())
    minutes, level, rule = await stars.of(session, volunteer.id, organization_id)
    return StarsOut(
        volunteer_id=volunteer.id,
        organization_id=organization_id,
        minutes=minutes,
        hours=papers.hours(minutes),
        stars=level,
        star_hours=list(rule),
    )
