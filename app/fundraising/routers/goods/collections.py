"""Used-clothing collection over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import channels
from app.accounting.errors import ChannelNotFound
from app.fundraising.goods import clothes, collections, errors
from app.fundraising.models.goods import Collection, CollectionDisposal, CollectionPoint, CollectionYear
from app.fundraising.schemas.goods.collection_points import (
    CollectionPointIn,
    CollectionPointOut,
    CollectionPointQuery,
)
from app.fundraising.schemas.goods.collections import (
    CollectionDisposalIn,
    CollectionDisposalOut,
    CollectionIn,
    CollectionOut,
    CollectionQuery,
    CollectionYearOut,
    CollectionYearQuery,
    WeighingVoidIn,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute, KeyRequired
from app.kit.http.pages import FRAME, Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/collections", tags=["collections"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]


@router.post(
    "/points",
    operation_id="open_collection_point",
    status_code=201,
    responses=problems.responses(errors.CollectionPointCodeTaken),
)
async def open_collection_point(
    session: Writing, caller: Recorder, body: CollectionPointIn
) -> CollectionPointOut:
    """Open a point at which used clothing is collected."""
    caller.must(at=body.organization_id)
    return CollectionPointOut.of(await collections.open_point(session, body.as_point()), caller.caller)


@router.get("/points", operation_id="list_collection_points")
async def list_collection_points(
    session: Reading, caller: Reader, asked: Annotated[CollectionPointQuery, Query()]
) -> Page[CollectionPointOut]:
    """List the collection points of the organizations that you can see, by code."""
    query = select(CollectionPoint).where(CollectionPoint.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(CollectionPoint.organization_id == asked.organization_id)
    found = await pages.page(session, query, [CollectionPoint.code, CollectionPoint.id], asked)
    items = [CollectionPointOut.of(one, caller.caller) for one in found.items]
    return found.told(items)


@router.post("/points/{point_id}/closing", operation_id="close_collection_point")
async def close_collection_point(session: Writing, caller: Recorder, point_id: UUID) -> CollectionPointOut:
    """Collect at a point no more; what was collected there stays counted."""
    point = await collections.point(session, point_id)
    caller.must(at=point.organization_id)
    await collections.close_point(session, point)
    return CollectionPointOut.of(point, caller.caller)


@router.post(
    "",
    operation_id="record_collection",
    status_code=201,
    responses=problems.responses(errors.CollectionPointClosed, errors.GoodsReferenceTaken, errors.DayUnfit),
)
async def record_collection(session: Writing, caller: Recorder, body: CollectionIn) -> CollectionOut:
    """Record what was weighed when a point was emptied: counted in grams, and not booked."""
    point = await collections.point(session, body.point_id)
    caller.must(at=point.organization_id)
    made = await collections.record(session, point, body.as_weighing(), actor=caller.label)
    return CollectionOut.of(made, caller.caller)


@router.get("", operation_id="list_collections")
async def list_collections(
    session: Reading, caller: Reader, asked: Annotated[CollectionQuery, Query()]
) -> Page[CollectionOut]:
    """List weighings, those recorded last first."""
    exact = asked.model_dump(exclude=FRAME, exclude_none=True)
    query = select(Collection).where(Collection.organization_id.in_(caller.visible())).filter_by(**exact)
    found = await pages.page(session, query, [Collection.id], asked, newest_first=True)
    items = [CollectionOut.of(one, caller.caller) for one in found.items]
    return found.told(items)


@router.post(
    "/{collection_id}/voiding",
    operation_id="revoke_collection",
    responses=problems.responses(errors.CollectionVoided, errors.WeightShort),
)
async def revoke_collection(
    session: Writing, caller: Recorder, collection_id: UUID, body: WeighingVoidIn
) -> CollectionOut:
    """Take a mistaken weighing back with its reason, unless it is gone already."""
    made = await collections.get(session, collection_id)
    caller.must(at=made.organization_id)
    await collections.void(session, made, reason=body.reason, actor=caller.label)
    return CollectionOut.of(made, caller.caller)


@router.post(
    "/disposals",
    operation_id="record_collection_disposal",
    status_code=201,
    dependencies=[KeyRequired],
    responses=problems.responses(
        errors.WeightShort,
        errors.GoodsReferenceTaken,
        errors.GoodsOfAnotherOrganization,
        errors.DayUnfit,
        ChannelNotFound,
    ),
)
async def record_collection_disposal(
    session: Writing, caller: Recorder, body: CollectionDisposalIn
) -> CollectionDisposalOut:
    """Let a part of what was collected go, never more than is there; proceeds of a sale are booked."""
    caller.must(at=body.organization_id)
    channel = await channels.get(session, body.channel_id) if body.channel_id else None
    made = await clothes.dispose(session, body.as_disposal(channel), actor=caller.label)
    return CollectionDisposalOut.of(made)


@router.get("/disposals", operation_id="list_collection_disposals")
async def list_collection_disposals(
    session: Reading, caller: Reader, asked: Annotated[CollectionPointQuery, Query()]
) -> Page[CollectionDisposalOut]:
    """List what became of what was collected, the latest first."""
    query = select(CollectionDisposal).where(CollectionDisposal.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(CollectionDisposal.organization_id == asked.organization_id)
    found = await pages.page(
        session,
        query,
        [CollectionDisposal.id],
        asked,
        newest_first=True,
        amount=CollectionDisposal.proceeds_minor,
    )
    return found.told([CollectionDisposalOut.of(one) for one in found.items])


@router.get("/years", operation_id="list_collection_years")
async def list_collection_years(
    session: Reading, caller: Reader, asked: Annotated[CollectionYearQuery, Query()]
) -> Page[CollectionYearOut]:
    """List what was collected by year and item, from sums folded in with every weighing."""
    query = collections.years(caller.visible(), organization_id=asked.organization_id, year=asked.year)
    keys = [CollectionYear.year, CollectionYear.organization_id, CollectionYear.item]
    found = await pages.page(session, query, keys, asked, newest_first=True)
    return found.told([CollectionYearOut.of(one) for one in found.items])
