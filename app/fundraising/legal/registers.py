"""Registers: plain lists of named funds, of what places lack, and of shops for points."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from app.fundraising.errors import FundCodeTaken
from app.fundraising.legal.errors import NeedNotOpen, StepDateWrong, SupermarketKnown
from app.fundraising.models import (
    CommunityNeed,
    LoveSupermarket,
    NamedFund,
    NamedFundKind,
    NeedState,
)
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations.errors import OutOfSight, RegionUnknown

Row = TypeVar("Row", CommunityNeed, LoveSupermarket)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFund:
    """A fund to be founded; its code appears in published leaves."""

    organization_id: UUID
    code: str
    title: str
    kind: NamedFundKind
    purpose: str
    founded_on: date
    agreement_id: UUID | None = None


async def found(session: WriteSession, new: NewFund, *, by: str) -> NamedFund:
    """Found a named or micro fund: a restricted fund of the books, under the name that it is known by."""
    if new.founded_on > today():
        raise StepDateWrong(day=new.founded_on)
    refusals = {
        "funds_organization_id_code_key": FundCodeTaken(),
        "named_funds_agreement_id_fkey": OutOfSight(),
    }
    async with constraints.told(session, refusals):
        pool = Fund(organization_id=new.organization_id, code=new.code, title=new.title, restricted=True)
        fund = NamedFund(
            organization_id=new.organization_id,
            fund_id=(await funds.open_fund(session, pool)).id,
            kind=new.kind,
            purpose=new.purpose,
            founded_on=new.founded_on,
            agreement_id=new.agreement_id,
            actor=by,
        )
        session.add(fund)
    return fund


async def tell_need(session: WriteSession, need: CommunityNeed) -> CommunityNeed:
    """Tell what a place lacks."""
    async with constraints.told(session, {"community_needs_region_code_fkey": RegionUnknown()}):
        session.add(need)
    return need


async def end_need(session: WriteSession, need: CommunityNeed, *, met_by: str | None) -> None:
    """Record that a need was met, and by what; or that nobody waits for it any more."""
    if need.state is not NeedState.open:
        raise NeedNotOpen(state=need.state)
    need.state, need.met_by = (NeedState.met if met_by else NeedState.withdrawn), met_by
    await session.flush()


async def open_supermarket(session: WriteSession, shop: LoveSupermarket) -> LoveSupermarket:
    """Put a love supermarket on the list."""
    if shop.opened_on > today():
        raise StepDateWrong(day=shop.opened_on)
    refusals = {
        "love_supermarkets_organization_id_name_key": SupermarketKnown(),
        "love_supermarkets_region_code_fkey": RegionUnknown(),
    }
    async with constraints.told(session, refusals):
        session.add(shop)
    return shop


async def close_supermarket(session: WriteSession, shop: LoveSupermarket, *, on: date) -> None:
    """Record the last day of a love supermarket."""
    if shop.closed_on is not None:
        raise SupermarketKnown(closed_on=shop.closed_on)
    if not shop.opened_on <= on <= today():
        raise StepDateWrong(day=on)
    shop.closed_on = on
    await session.flush()


async def lock(session: WriteSession, kind: type[Row], row_id: UUID) -> Row:
    """Return a row of a list as it now is, or refuse; nobody else changes it meanwhile."""
    row = await session.get(kind, row_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise OutOfSight
    return row
