"""An organization's donors as JSON."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising import givers
from app.fundraising.care.cards import Card
from app.fundraising.care.finding import Found
from app.fundraising.models import DonorKind
from app.fundraising.schemas.donors import examples
from app.kit.fields import Body, Line, MoneyOut, shown, wrong
from app.kit.http.pages import PageQuery


class DonorQuery(PageQuery):
    """Whose donors to list: each organization knows its own."""

    organization_id: UUID


class DonorSearchIn(Body):
    """Whom to find: by a whole name or a telephone, never a part of it."""

    model_config = ConfigDict(
        json_schema_extra=shown({"organization_id": examples.ORGANIZATION, "name": "王小明"})
    )

    organization_id: UUID
    name: Line | None = None
    phone: Line | None = Field(default=None, description="As they proved it when they signed in.")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.name is None) == (self.phone is None):
            raise wrong("say a name or a telephone", "姓名与电话二者取一", code="one_of")
        return self


class DonorOut(BaseModel):
    """A donor as lists show them: their name is masked."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DONOR))

    id: UUID
    platform_id: UUID | None
    kind: DonorKind
    name: str | None
    masked: bool
    merged_count: int = Field(description="How many donors were merged into this one.")
    gift_count: int
    amount: MoneyOut
    refunded: MoneyOut
    first_at: datetime | None
    last_at: datetime | None

    @classmethod
    def of(cls, card: Card, *, clear: bool = False, **more: Any) -> Self:  # noqa: ANN401
        """Return a donor as JSON shows them."""
        return cls(
            id=card.donor.id,
            platform_id=card.donor.platform_id,
            kind=card.donor.kind,
            name=card.name if clear or card.name is None else givers.mask(card.name),
            masked=not clear,
            merged_count=len(card.also),
            gift_count=card.gift_count,
            amount=MoneyOut.of(card.amount),
            refunded=MoneyOut.of(card.refunded),
            first_at=card.first_at,
            last_at=card.last_at,
            **more,
        )


class DonorDetail(DonorOut):
    """A donor in clear; who reads it is logged."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DONOR_DETAIL))

    counts_as_id: UUID = Field(description="Another donor, if this one was merged into them.")
    merged_ids: list[UUID]
    allowed_actions: list[str]


class DonorsFoundOut(BaseModel):
    """Who was found; at the counter everybody is new each time, so of strangers there are gifts."""

    model_config = ConfigDict(
        json_schema_extra=shown({"donors": [examples.DONOR], "donation_ids": [examples.DONATION]})
    )

    donors: list[DonorOut]
    donation_ids: list[UUID]

    @classmethod
    def of(cls, found: Found, cards: list[Card]) -> Self:
        """Return what was found as JSON shows it."""
        return cls(donors=[DonorOut.of(card) for card in cards], donation_ids=[*found.donation_ids])
