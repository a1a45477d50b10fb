"""Fundraisers, their teams and leagues as JSON."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, model_validator

from app.fundraising.models import Fundraiser, FundraiserKind, FundraisingTarget
from app.fundraising.ways.leagues import Standing
from app.kit.fields import Body, Code, Day, Line, MoneyIn, MoneyOut, shown, wrong
from app.kit.http.pages import PageQuery

_ID = "01997d5d-ac96-774b-bcce-b302099a8051"
_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"


def _fen(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "CNY"}


_SAID = {
    "organization_id": _ORGANIZATION,
    "kind": "team",
    "code": "QY-0017",
    "name": "募捐部一队（演示）",
    "parent_id": None,
}
_SHOWN = _SAID | {"id": _ID, "closed_at": None, "created_at": "2026-03-01T02:00:00Z"}
_TARGET = {"starts_on": "2026-01-01", "ends_on": "2026-12-31", "amount": _fen(50_000_000)}
_PLACE = {
    "rank": 1,
    "fundraiser_id": _ID,
    "parent_id": None,
    "kind": "team",
    "code": "QY-0017",
    "name": "募捐部一队（演示）",
    "amount": _fen(1_230_000),
    "gift_count": 45,
    "target": _fen(50_000_000),
}


class FundraiserIn(Body):
    """Somebody who asks for gifts, under a code that the gifts will name."""

    model_config = ConfigDict(json_schema_extra=shown(_SAID))

    organization_id: UUID
    kind: FundraiserKind
    code: Code
    name: Line
    parent_id: UUID | None = None

    def as_fundraiser(self) -> Fundraiser:
        """Return the same as a row; the name is kept by the rules."""
        return Fundraiser(
            organization_id=self.organization_id, kind=self.kind, code=self.code, parent_id=self.parent_id
        )


class FundraisingTargetIn(Body):
    """What a fundraiser means to raise from one day to another."""

    model_config = ConfigDict(json_schema_extra=shown(_TARGET))

    starts_on: Day
    ends_on: Day
    amount: MoneyIn

    def as_target(self, fundraiser: Fundraiser, actor: str) -> FundraisingTarget:
        """Return the same as a row."""
        return FundraisingTarget(
            fundraiser_id=fundraiser.id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            amount=self.amount.amount,
            actor=actor,
        )


class FundraiserOut(BaseModel):
    """A fundraiser. A person's name is masked for who may not read people's names."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN))

    id: UUID
    organization_id: UUID
    kind: FundraiserKind
    code: str
    name: str | None
    parent_id: UUID | None
    closed_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, one: Fundraiser, name: str | None, **more: object) -> Self:
        """Return a fundraiser as JSON shows it."""
        names = ("id", "organization_id", "kind", "code", "parent_id", "closed_at", "created_at")
        return cls.model_validate({at: getattr(one, at) for at in names} | {"name": name} | more)


class FundraisingTargetOut(BaseModel):
    """What a fundraiser means to raise from one day to another."""

    starts_on: date
    ends_on: date
    amount: MoneyOut

    @classmethod
    def of(cls, target: FundraisingTarget) -> Self:
        """Return a target as JSON shows it."""
        return cls(starts_on=target.starts_on, ends_on=target.ends_on, amount=MoneyOut.of(target.amount))


class FundraiserDetail(FundraiserOut):
    """A fundraiser with the targets."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN | {"targets": [_TARGET]}))

    targets: list[FundraisingTargetOut]


class FundraiserQuery(PageQuery):
    """Which fundraisers to list."""

    organization_id: UUID | None = None
    kind: FundraiserKind | None = None
    parent_id: UUID | None = None
    sort: Literal["created_at", "-created_at", "code", "-code"] = "code"


class FundraiserLeagueQuery(BaseModel):
    """Whose league, from which day to which: a fundraiser, or an organization, with all below."""

    model_config = ConfigDict(extra="forbid")

    fundraiser_id: UUID | None = None
    organization_id: UUID | None = None
    day_from: Day
    day_to: Day

    @model_validator(mode="after")
    def _one_root(self) -> Self:
        if (self.fundraiser_id is None) is (self.organization_id is None):
            raise wrong("either a fundraiser or an organization", "劝募人与机构二者取一")
        return self


class FundraiserPlaceOut(BaseModel):
    """A place in a league, with all below counted in."""

    rank: int
    fundraiser_id: UUID
    parent_id: UUID | None
    kind: FundraiserKind
    code: str
    name: str | None
    amount: MoneyOut
    gift_count: int
    target: MoneyOut

    @classmethod
    def of(cls, place: Standing, name: str | None) -> Self:
        """Return a place as JSON shows it."""
        return cls(
            rank=place.rank,
            fundraiser_id=place.fundraiser.id,
            parent_id=place.fundraiser.parent_id,
            kind=place.fundraiser.kind,
            code=place.fundraiser.code,
            name=name,
            amount=MoneyOut.of(place.amount),
            gift_count=place.gift_count,
            target=MoneyOut.of(place.target),
        )


class FundraiserLeagueOut(BaseModel):
    """A league: what came through each, the highest first."""

    model_config = ConfigDict(
        json_schema_extra=shown({"day_from": "2026-01-01", "day_to": "2026-12-31", "places": [_PLACE]})
    )

    day_from: date
    day_to: date
    places: list[FundraiserPlaceOut]


class FundraisingTeamOut(BaseModel):
    """A team as the public sees it; no person is named."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "code": "QY-0017",
                "name": "募捐部一队（演示）",
                "member_count": 6,
                "raised": _fen(1_230_000),
                "gift_count": 45,
                "target": _fen(50_000_000),
            }
        )
    )

    code: str
    name: str | None
    member_count: int
    raised: MoneyOut
    gift_count: int
    target: MoneyOut
