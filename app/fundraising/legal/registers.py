"""Registers: plain lists of named funds and of shops for points."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.fundraising.errors import FundCodeTaken
from app.fundraising.legal.errors import StepDateWrong, SupermarketKnown
from app.fundraising.models import LoveSupermarket, NamedFund, NamedFundKind
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations.errors import OutOfSight, RegionUnknown


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


async def supermarket(session: WriteSession, supermarket_id: UUID) -> LoveSupermarket:
    """Return a love supermarket as it now is, or refuse; nobody else changes it meanwhile."""
    shop = await session.get(LoveSupermarket, supermarket_id, with_for_update=True, populate_existing=True)
    if shop is None:
        raise OutOfSight
    return shop
