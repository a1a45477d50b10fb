"""Named funds and love supermarkets over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.fundraising import errors as fundraising
from app.fundraising.legal import errors, registers
from app.fundraising.models import LoveSupermarket, NamedFund
from app.fundraising.schemas.legal.registers import (
    LoveSupermarketIn,
    LoveSupermarketOut,
    NamedFundIn,
    NamedFundOut,
    RegisterQuery,
    SupermarketEndIn,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.ledger.models import Fund
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["registers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.campaigns_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]
Founder = Annotated[Asking, may(Permission.funds_change)]
Asked = Annotated[RegisterQuery, Query()]


@router.post(
    "/named-funds",
    operation_id="create_named_fund",
    summary="Found a named fund",
    status_code=201,
    responses=problems.responses(fundraising.FundCodeTaken, errors.StepDateWrong),
)
async def create_named_fund(session: Writing, caller: Founder, body: NamedFundIn) -> NamedFundOut:
    """Found a named or micro fund: a restricted fund of the books from the same moment."""
    caller.must(at=body.organization_id)
    named = await registers.found(session, body.as_fund(), by=caller.label)
    return NamedFundOut.of(named, await session.get_one(Fund, named.fund_id))


@router.get("/named-funds", operation_id="list_named_funds", summary="List named funds")
async def list_named_funds(session: Reading, caller: Reader, asked: Asked) -> Page[NamedFundOut]:
    """List the named and micro funds of the organizations that you can see."""
    query = select(NamedFund).where(NamedFund.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [NamedFund.id], asked)
    pools = select(Fund).where(Fund.id.in_({one.fund_id for one in found.items}))
    known = {fund.id: fund for fund in await session.scalars(pools)}
    items = [NamedFundOut.of(one, known[one.fund_id]) for one in found.items]
    return found.told(items)


@router.post(
    "/love-supermarkets",
    operation_id="create_love_supermarket",
    summary="Record a love supermarket",
    status_code=201,
    response_model=LoveSupermarketOut,
    responses=problems.responses(errors.SupermarketKnown, errors.StepDateWrong, RegionUnknown),
)
async def create_love_supermarket(
    session: Writing, caller: Changer, body: LoveSupermarketIn
) -> LoveSupermarket:
    """Put a shop on the list in which households fetch goods for points."""
    caller.must(at=body.organization_id)
    return await registers.open_supermarket(session, body.as_shop(caller.label))


@router.get("/love-supermarkets", operation_id="list_love_supermarkets", summary="List love supermarkets")
async def list_love_supermarkets(session: Reading, caller: Reader, asked: Asked) -> Page[LoveSupermarketOut]:
    """List the love supermarkets of the organizations that you can see."""
    query = select(LoveSupermarket).where(
        LoveSupermarket.organization_id.in_(caller.visible(asked.organization_id))
    )
    found = await pages.page(session, query, [LoveSupermarket.id], asked)
    return Page[LoveSupermarketOut].model_validate(found)


@router.post(
    "/love-supermarkets/{supermarket_id}/closing",
    operation_id="close_love_supermarket",
    summary="Close a love supermarket",
    response_model=LoveSupermarketOut,
    responses=problems.responses(errors.SupermarketKnown, errors.StepDateWrong),
)
async def close_love_supermarket(
    session: Writing, caller: Changer, supermarket_id: UUID, body: SupermarketEndIn
) -> LoveSupermarket:
    """Record the last day of a love supermarket."""
    shop = await registers.supermarket(session, supermarket_id)
    caller.must(at=shop.organization_id)
    await registers.close_supermarket(session, shop, on=body.closed_on)
    return shop
