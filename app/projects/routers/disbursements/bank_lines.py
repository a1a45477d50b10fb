"""Bank lines over HTTP, as money that payees gave back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.accounting.bank import errors as bank_errors
from app.accounting.bank import lines
from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import MoneyRoute
from app.ledger.errors import ArrivalUnfit, NothingToReturn
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.projects.disbursements import bank_returns, errors, requests
from app.projects.schemas.disbursements.reaching import LineReturnIn, LineReturnOut

router = APIRouter(prefix="/v1/projects/bank-lines", tags=["disbursements"], route_class=MoneyRoute)


@router.post(
    "/{line_id}/return",
    operation_id="record_bank_return",
    summary="Record a bank line as returned money",
    responses=problems.responses(
        bank_errors.LineDecided,
        bank_errors.LineMatched,
        bank_errors.LineGoesTheOtherWay,
        errors.DisbursementNotInState,
        errors.DayToCome,
        NothingToReturn,
        ArrivalUnfit,
    ),
)
async def record_bank_return(
    session: Writing,
    caller: Annotated[Asking, may(Permission.bank_record)],
    line_id: UUID,
    body: LineReturnIn,
) -> LineReturnOut:
    """Record a line of a bank's statement as money that a payee gave back: its fund has it again."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    disbursement = await requests.get(session, body.disbursement_id, lock=True)
    if disbursement.organization_id != line.organization_id:
        raise OutOfSight
    return LineReturnOut.of(
        await bank_returns.take(session, line.id, disbursement, reason=body.reason, actor=caller.label)
    )
