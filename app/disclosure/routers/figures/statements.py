"""Statements over HTTP, for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.accounting.books import statements as papers
from app.disclosure import statements
from app.disclosure.errors import StatementsOpen
from app.disclosure.schemas.figures.statements import PublicStatementsOut
from app.kit.database import Reading
from app.kit.http import formats, problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.formats import Format, Wanted
from app.kit.sheets import workbooks
from app.ledger.errors import TermUnreadable
from app.organizations.errors import OutOfSight
from app.organizations.signin import public

router = APIRouter(prefix="/organizations", route_class=CacheableRoute, dependencies=[public])

OfTerm = Annotated[str, Path(max_length=7, description="A year (2026) or a month (2026-05).")]


@router.get(
    "/{organization_id}/statements/{period}",
    operation_id="read_public_statements",
    summary="Read the three statements",
    responses={**formats.also(Format.xlsx), **problems.responses(OutOfSight, StatementsOpen, TermUnreadable)},
    response_model=PublicStatementsOut,
)
async def read_statements(
    session: Reading, organization_id: UUID, period: OfTerm, wanted: Wanted
) -> PublicStatementsOut | Response:
    """Read the three statements of a month or a year whose books are closed, with proofs that they tie."""
    organization, drawn = await statements.published(session, organization_id, period)
    if wanted is Format.xlsx:
        content = workbooks.write([papers.sheet(organization, paper) for paper in drawn])
        return formats.file(content, f"{organization.code}-{period}.xlsx", wanted)
    return PublicStatementsOut.of(organization, drawn)
