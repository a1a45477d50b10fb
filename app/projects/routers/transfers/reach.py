"""The last mile over HTTP: how much of each transfer has arrived, and what is stuck where since when."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.kit.database import Reading
from app.kit.http import pages
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import Transfer
from app.projects.schemas.transfers.reach import (
    TransferReachDetail,
    TransferReachOut,
    TransferReachQuery,
)
from app.projects.transfers import lists, reach, requests

router = APIRouter(prefix="/v1/projects", tags=["last mile"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]


@router.get("/last-mile", operation_id="list_transfer_reach", summary="List how far transfers have reached")
async def list_transfer_reach(
    session: Reading, caller: Reader, asked: Annotated[TransferReachQuery, Query()]
) -> Page[TransferReachOut]:
    """List, for every transfer that was sent, how much has arrived, and how much is where on the way."""
    query = lists.sent(caller.visible(), asked.model_dump(exclude_none=True))
    found = await pages.page(session, query, [Transfer.id], asked, newest_first=True, amount=Transfer.amount)
    items = [TransferReachOut.of(one) for one in await reach.of_all(session, found.items)]
    return found.told(items)


@router.get(
    "/transfers/{transfer_id}/last-mile",
    operation_id="follow_transfer",
    summary="Follow a transfer to its beneficiaries",
)
async def follow_transfer(session: Reading, caller: Reader, transfer_id: UUID) -> TransferReachDetail:
    """Follow a transfer, station by station: what has arrived, and what is stuck where since when."""
    transfer = await requests.seen(session, transfer_id, caller.visible())
    return TransferReachDetail.whole(await reach.of(session, transfer))
