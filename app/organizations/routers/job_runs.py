"""Long work over HTTP: how far it is, and what came of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.kit import runs
from app.kit.database import Reading
from app.kit.errors import NotFound
from app.kit.http import pages, problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page
from app.kit.models import JobRun
from app.organizations.access import Caller
from app.organizations.schemas.job_runs import JobOut, JobQuery
from app.organizations.signin import signed_in

router = APIRouter(prefix="/jobs", tags=["jobs"], route_class=LateRoute)
Known = Annotated[Caller, signed_in]


@router.get("", operation_id="list_jobs", summary="List your jobs")
async def list_jobs(
    session: Reading, caller: Known, request: Request, asked: Annotated[JobQuery, Query()]
) -> Page[JobOut]:
    """List the long work that you asked for, the latest first."""
    query = select(JobRun).where(JobRun.caller == caller.label)
    if asked.state:
        query = query.where(JobRun.state == asked.state)
    found = await pages.page(session, query, [JobRun.id], asked, newest_first=True)
    language = problems.language_of(request)
    return found.told([JobOut.of(run, language) for run in found.items])


@router.get(
    "/{job_id}", operation_id="read_job", summary="Read a job", responses=problems.responses(NotFound)
)
async def read_job(
    session: Reading, caller: Known, request: Request, response: Response, job_id: UUID
) -> JobOut:
    """Read how far long work is that you asked for; ask again after `Retry-After` seconds."""
    run = await runs.get(session, job_id, caller=caller.label)
    if run.ended_at is None:
        response.headers["Retry-After"] = "2"
    return JobOut.of(run, problems.language_of(request))
