"""Named funds and love supermarkets as JSON."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.legal.registers import NewFund
from app.fundraising.models import LoveSupermarket, NamedFund, NamedFundKind
from app.fundraising.schemas.legal import examples
from app.kit.fields import Body, Code, Day, Line, Words, shown
from app.kit.http.pages import PageQuery
from app.ledger.models import Fund
from app.organizations.schemas.words import RegionCode


class RegisterQuery(PageQuery):
    """Of which organization to list."""

    organization_id: UUID | None = None


class NamedFundIn(Body):
    """A fund that bears a name, or a micro fund."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FUND_IN))

    organization_id: UUID
    code: Code
    title: Line
    kind: NamedFundKind
    purpose: Words
    founded_on: Day
    agreement_id: UUID | None = None

    def as_fund(self) -> NewFund:
        """Return the same in the words of the rules."""
        return NewFund(**dict(self))


class NamedFundOut(BaseModel):
    """A named or micro fund, with its fund in the books."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FUND_OUT))

    id: UUID
    organization_id: UUID
    fund_id: UUID
    code: str
    title: str
    kind: NamedFundKind
    purpose: str
    founded_on: date
    agreement_id: UUID | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, named: NamedFund, fund: Fund) -> Self:
        """Return a named fund as JSON shows it."""
        facts = {name: getattr(named, name) for name in set(cls.model_fields) - {"code", "title"}}
        return cls(code=fund.code, title=fund.title, **facts)


class LoveSupermarketIn(Body):
    """A shop in which households fetch goods for points."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SHOP_IN))

    organization_id: UUID
    name: Line
    region_code: RegionCode
    address: Line
    household_count: Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
    opened_on: Day

    def as_shop(self, actor: str) -> LoveSupermarket:
        """Return the same as a row."""
        return LoveSupermarket(actor=actor, **dict(self))


class SupermarketEndIn(Body):
    """The last day of a shop."""

    model_config = ConfigDict(json_schema_extra=shown({"closed_on": "2026-12-31"}))

    closed_on: Day


class LoveSupermarketOut(BaseModel):
    """A shop in which households fetch goods for points."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SHOP_OUT))

    id: UUID
    organization_id: UUID
    name: str
    region_code: str
    address: str
    household_count: int
    opened_on: date
    closed_on: date | None
    actor: str
    created_at: datetime
