"""Drawdowns: a village's approved request is paid by a disbursement to its collective."""

from dataclasses import dataclass
from uuid import UUID

from app.kit.database import WriteSession
from app.projects.disbursements import requests
from app.projects.disbursements.requests import NewDisbursement
from app.projects.models import (
    CostKind,
    Disbursement,
    DisbursementKind,
    Project,
    Village,
    VillageDrawdown,
    VillageRequestState,
)
from app.projects.villages import homes
from app.projects.villages.errors import RequestNotInState


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Out of which fund, for which project and by which agreement a request is paid, as which cost."""

    project: Project
    fund_id: UUID
    agreement_id: UUID
    cost: CostKind


async def ask(
    session: WriteSession, village: Village, request: VillageDrawdown, source: Source, *, by: str
) -> Disbursement:
    """Ask for the disbursement of an approved request (locked by the caller), to the village itself.

    The bank's word that it was paid brings the money into the village's public book, in the same transaction.
    Raises RequestNotInState, VillageEnded, BeingPaid, ChecksUnmet, NotACounterparty.
    """
    homes.must_run(village, request.resolved_on)
    if request.state is not VillageRequestState.approved:
        raise RequestNotInState(request=request.id, state=request.state)
    new = NewDisbursement(
        project=source.project,
        counterparty_id=village.id,
        fund_id=source.fund_id,
        kind=DisbursementKind.collective,
        cost=source.cost,
        amount=request.amount_minor,
        purpose=request.purpose,
        agreement_id=source.agreement_id,
        village_request_id=request.id,
    )
    return await requests.ask(session, new, by=by)
