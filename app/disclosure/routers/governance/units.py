"""Units over HTTP: what staff record of them, and of how they keep their books."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.disclosure.governance import bookkeeping, errors, registers
from app.disclosure.models import OrganizationUnit
from app.disclosure.schemas.governance.units import (
    OrganizationUnitIn,
    OrganizationUnitOut,
    UnitBooksIn,
    UnitClosingIn,
    UnitCorrectionIn,
)
from app.kit.clock import today
from app.kit.database import ReadSession, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/v1/disclosure/governance", tags=["governance"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post(
    "/units",
    operation_id="record_organization_unit",
    summary="Record a unit",
    status_code=201,
    responses=problems.responses(errors.UnitKnown, errors.HappenedAhead),
)
async def record_organization_unit(
    session: Writing, caller: Changer, body: OrganizationUnitIn
) -> OrganizationUnitOut:
    """Put a department, branch or representative office on the public list."""
    caller.must(at=body.organization_id)
    return await _whole(session, await registers.open_unit(session, body.as_unit(caller.label)))


@router.post(
    "/units/{unit_id}/correction",
    operation_id="correct_organization_unit",
    summary="Correct a unit",
    status_code=201,
    responses=problems.responses(
        *(errors.ReplacedAlready, errors.UnitKnown, errors.HappenedAhead, errors.DaysOutOfOrder),
        *(errors.BooksUnfit, OutOfSight),
    ),
)
async def correct_organization_unit(
    session: Writing, caller: Changer, unit_id: UUID, body: UnitCorrectionIn
) -> OrganizationUnitOut:
    """Put a unit in the place of one that was recorded wrongly; that one stays to be read as replaced."""
    wrong = await registers.get(session, unit_id, lock=True)
    caller.must(at=wrong.organization_id)
    right = body.as_unit(wrong, caller.label)
    return await _whole(session, await registers.correct_unit(session, wrong, right, reason=body.reason))


@router.post(
    "/units/{unit_id}/closing",
    operation_id="close_organization_unit",
    summary="Close a unit",
    responses=problems.responses(
        *(errors.UnitKnown, errors.BooksKnown, errors.HappenedAhead, errors.ReplacedAlready, OutOfSight)
    ),
)
async def close_organization_unit(
    session: Writing, caller: Changer, unit_id: UUID, body: UnitClosingIn
) -> OrganizationUnitOut:
    """Record the last day of a unit; it stays on the list."""
    unit = await registers.get(session, unit_id, lock=True)
    caller.must(at=unit.organization_id)
    await registers.close_unit(session, unit, on=body.closed_on)
    return await _whole(session, unit)


@router.post(
    "/units/{unit_id}/bookkeeping",
    operation_id="record_unit_bookkeeping",
    summary="Record how a unit keeps books",
    status_code=201,
    responses=problems.responses(
        *(errors.BooksKnown, errors.BooksUnfit, errors.FundKeptElsewhere, errors.ReplacedAlready, OutOfSight)
    ),
)
async def record_unit_bookkeeping(
    session: Writing, caller: Changer, unit_id: UUID, body: UnitBooksIn
) -> OrganizationUnitOut:
    """Say how a unit keeps its books from a day on: in yours, in a fund of yours, or in a set of its own."""
    unit = await registers.get(session, unit_id, lock=True)
    caller.must(at=unit.organization_id)
    await bookkeeping.say(session, unit, body.as_said(), by=caller.label)
    return await _whole(session, unit)


async def _whole(session: ReadSession, unit: OrganizationUnit) -> OrganizationUnitOut:
    kept = await bookkeeping.of(session, [unit.id])
    return OrganizationUnitOut.of(unit, kept.get(unit.id, ()), today())
