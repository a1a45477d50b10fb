"""Bank lines over HTTP, as the transfers and returned payments that they turn out to be."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.accounting.bank import errors as bank_errors
from app.accounting.bank import lines
from app.accounting.parties.errors import MandateEnded
from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import MoneyRoute
from app.ledger.errors import AccountShort, FundShort, TransferNotWaiting
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.schemas.transfers.reach import LineTakenOut, LineTransferIn
from app.projects.transfers import bank_lines, errors, requests, returns
from app.projects.transfers.bank_lines import Named

router = APIRouter(prefix="/v1/projects/bank-lines", tags=["transfers"], route_class=MoneyRoute)

Recorder = Annotated[Asking, may(Permission.bank_record)]
_TAKING = problems.responses(
    bank_errors.LineDecided, bank_errors.LineMatched, errors.LineIsNotThisTransfer, errors.TransferDayUnfit
)


@router.post(
    "/{line_id}/transfer",
    operation_id="record_bank_transfer",
    summary="Record a bank line as a transfer",
    responses=_TAKING
    | problems.responses(errors.TransferNotInState, errors.TransferPartsApart, FundShort, TransferNotWaiting)
    | problems.responses(AccountShort, MandateEnded),
)
async def record_bank_transfer(
    session: Writing, caller: Recorder, line_id: UUID, body: LineTransferIn
) -> LineTakenOut:
    """Record a line of a bank's statement as a transfer's payment or arrival, or as money that came back."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    transfer = await requests.get(session, body.transfer_id, lock=True)
    back = await returns.get(session, transfer, body.return_id) if body.return_id else None
    named = Named(
        transfer=transfer,
        fund=await requests.fund(session, body.fund_id),
        mandate=await requests.mandate(session, body.mandate_id),
        back=back,
    )
    return LineTakenOut.of(await bank_lines.take(session, line_id, named, actor=caller.label))
