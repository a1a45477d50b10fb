"""Fixed assets over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting.models import FixedAsset
from app.accounting.schemas.vouchers.schedules import AssetDetail, AssetIn, AssetOut, AssetQuery, DisposalIn
from app.accounting.vouchers import assets, errors
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/fixed-assets", tags=["vouchers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]


@router.post(
    "",
    operation_id="create_fixed_asset",
    status_code=201,
    responses=problems.responses(errors.AssetCodeTaken, errors.AssetUnfit),
)
async def create_fixed_asset(session: Writing, caller: Recorder, body: AssetIn) -> AssetOut:
    """Put an asset on the list; a draft for its wear is written after each month's end."""
    caller.must(at=body.organization_id)
    return AssetOut.of(await assets.create(session, body.as_asset(caller.label)))


@router.get("", operation_id="list_fixed_assets")
async def list_fixed_assets(
    session: Reading, caller: Reader, asked: Annotated[AssetQuery, Query()]
) -> Page[AssetOut]:
    """List the fixed assets of the organizations that you can see, by code."""
    query = select(FixedAsset).where(FixedAsset.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(FixedAsset.organization_id == asked.organization_id)
    found = await pages.page(session, query, [FixedAsset.code, FixedAsset.id], asked, amount=FixedAsset.cost)
    return found.told([AssetOut.of(one) for one in found.items])


@router.get("/{asset_id}", operation_id="read_fixed_asset")
async def read_fixed_asset(session: Reading, caller: Reader, asset_id: UUID) -> AssetDetail:
    """Read an asset with its wear so far."""
    asset = await assets.get(session, asset_id)
    caller.must(at=asset.organization_id)
    return AssetDetail.worn(asset, await assets.worn(session, asset.id))


@router.post(
    "/{asset_id}/disposal",
    operation_id="close_fixed_asset",
    responses=problems.responses(errors.AssetUnfit),
)
async def close_fixed_asset(session: Writing, caller: Recorder, asset_id: UUID, body: DisposalIn) -> AssetOut:
    """Tell that an asset was given up: it wears out to the end of that month, and no further."""
    asset = await assets.get(session, asset_id)
    caller.must(at=asset.organization_id)
    return AssetOut.of(await assets.dispose(session, asset, body.disposed_on))
