"""Charts over HTTP: the move of an organization's books to the next chart of accounts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.accounting.books import charts
from app.accounting.errors import ChartNotChangeable
from app.accounting.schemas.charts import ChartChangeOut, ChartVersion
from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import MoneyRoute
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["accounting"], route_class=MoneyRoute)

Changer = Annotated[Asking, may(Permission.openings_review)]


@router.post(
    "/organizations/{organization_id}/chart-change",
    operation_id="change_chart",
    status_code=201,
    responses=problems.responses(ChartNotChangeable),
)
async def change_chart(session: Writing, caller: Changer, organization_id: UUID) -> ChartChangeOut:
    """Carry the closing balances of 2025 into the chart of 2026; every month before is closed first."""
    caller.must(at=organization_id)
    organization = await organizations.lock(session, organization_id)
    receipts = await charts.change(session, organization, actor=caller.label)
    return ChartChangeOut(
        organization_id=organization_id,
        changed_on=charts.CHANGED_ON,
        from_chart=charts.FROM,
        to_chart=charts.TO,
        entry_ids=[receipt.entry_id for receipt in receipts],
    )


@router.put(
    "/organizations/{organization_id}/chart-version",
    operation_id="choose_chart",
    responses=problems.responses(ChartNotChangeable),
)
async def choose_chart(
    session: Writing, caller: Changer, organization_id: UUID, body: ChartVersion
) -> ChartVersion:
    """Say on which chart the books begin: only while they hold no entry, later books are carried over."""
    caller.must(at=organization_id)
    organization = await organizations.lock(session, organization_id)
    await charts.choose(session, organization, body.chart_version)
    return ChartVersion.model_validate({"chart_version": organization.chart_version})
