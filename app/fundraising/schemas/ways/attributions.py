"""Attributions as JSON: through whom a gift came."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.models import GiftAttribution
from app.fundraising.models.ways.fundraisers import WHOLE
from app.kit.fields import Body, MoneyOut, shown, wrong

_ID = "01997d5d-ac96-774b-bcce-b302099a8051"


class AttributionShareIn(Body):
    """A fundraiser's share of a gift."""

    fundraiser_id: UUID
    basis_points: Annotated[int, Field(strict=True, ge=1, le=WHOLE, description="Of 10,000.")]


class AttributionIn(Body):
    """Through whom a gift came; shares add up to at most all of it. None at all: through nobody."""

    model_config = ConfigDict(
        json_schema_extra=shown({"shares": [{"fundraiser_id": _ID, "basis_points": 6000}]})
    )

    shares: list[AttributionShareIn] = Field(max_length=50)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.fundraiser_id for one in self.shares}) != len(self.shares):
            raise wrong("each fundraiser once", "同一劝募人只能出现一次")
        return self


class AttributionShareOut(BaseModel):
    """A fundraiser's share of a gift, and the fen that are counted for it."""

    fundraiser_id: UUID
    basis_points: int
    amount: MoneyOut
    actor: str


class AttributionOut(BaseModel):
    """Through whom a gift came. Whose the money is, it does not touch."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "donation_id": _ID,
                "shares": [
                    {
                        "fundraiser_id": _ID,
                        "basis_points": 6000,
                        "amount": {"amount": 3_000, "currency": "CNY"},
                        "actor": "code",
                    }
                ],
            }
        )
    )

    donation_id: UUID
    shares: list[AttributionShareOut]

    @classmethod
    def of(cls, donation_id: UUID, standing: list[GiftAttribution]) -> Self:
        """Return a gift's attribution as JSON shows it."""
        shares = [
            AttributionShareOut(
                fundraiser_id=one.fundraiser_id,
                basis_points=one.share_basis_points,
                amount=MoneyOut.of(one.amount),
                actor=one.actor,
            )
            for one in standing
        ]
        return cls(donation_id=donation_id, shares=shares)
