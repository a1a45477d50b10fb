"""Corrections as JSON."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Discriminator, Field

from app.fundraising.corrections import CorrectionKind
from app.fundraising.models import Correction
from app.fundraising.schemas import examples
from app.fundraising.schemas.purposes import PurposeIn
from app.kit.fields import Body, MoneyIn, MoneyOut, Words

_REASON = Field(examples=["重复录入"])


class VoidIn(Body):
    """That a gift was never given."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "void", "reason": "重复录入"}]})

    kind: Literal[CorrectionKind.void]
    reason: Words = _REASON


class AmountIn(Body):
    """That a gift was of another amount."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "kind": "amount",
                "reason": "金额录入错误",
                "amount": {"amount": 5000, "currency": "CNY"},
            }
        )
    )

    kind: Literal[CorrectionKind.amount]
    reason: Words = _REASON
    amount: MoneyIn


class PlacementIn(PurposeIn):
    """That a gift was for another campaign, or for other designations of the same one."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "kind": "placement",
                "reason": "捐赠人指定另一项目",
                "campaign_id": "01997d5d-ac96-774b-bcce-b302099a8002",
            }
        )
    )

    kind: Literal[CorrectionKind.placement]
    reason: Words = _REASON
    campaign_id: UUID


CorrectionIn = Annotated[VoidIn | AmountIn | PlacementIn, Discriminator("kind")]


class CorrectionOut(BaseModel):
    """What was changed about a gift, from what to what, by whom and why."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.CORRECTION))

    number: int
    kind: CorrectionKind
    reason: str | None = Field(
        description="Null without the right to read donors, and once the giver has been erased."
    )
    actor: str
    old_amount: MoneyOut
    new_amount: MoneyOut
    old_entry_id: UUID
    new_entry_id: UUID | None
    old_campaign_id: UUID | None
    new_campaign_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, correction: Correction, reason: str | None) -> Self:
        """Return a correction as JSON shows it, with why to whoever may read it."""
        return cls(
            number=correction.number,
            kind=CorrectionKind(correction.kind),
            reason=reason,
            actor=correction.actor,
            old_amount=MoneyOut.of(correction.old_amount),
            new_amount=MoneyOut.of(correction.new_amount),
            old_entry_id=correction.old_entry_id,
            new_entry_id=correction.new_entry_id,
            old_campaign_id=correction.old_campaign_id,
            new_campaign_id=correction.new_campaign_id,
            created_at=correction.created_at,
        )
